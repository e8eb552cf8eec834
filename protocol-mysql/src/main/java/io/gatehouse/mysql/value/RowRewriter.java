package io.gatehouse.mysql.value;

import io.gatehouse.mysql.message.RowFields;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.value.FieldMasking;
import io.gatehouse.spi.value.Unmaskable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts masks on the rows of one result, text or binary. Untouched values are copied byte for byte,
 * and so is one whose mask answers with the very value it was given. Owned by the session's event
 * loop; owns no buffer that is to be released.
 */
public final class RowRewriter {
  /** What a value may take before it is given up after use. */
  private static final int KEPT_BYTES = 8_192;

  private final RowFields fields;

  /** One per column, null where it passes. */
  private final @Nullable FieldMasking[] columns;

  /** A value's content, before which its length is to be written. */
  private ByteBuf scratch = Unpooled.buffer();

  /**
   * @param binary whether rows are those of a prepared statement
   * @param masks one per column, null where it passes
   */
  public RowRewriter(List<ColumnKind> kinds, boolean binary, List<@Nullable FieldMask> masks) {
    if (kinds.size() != masks.size()) {
      throw new IllegalArgumentException(kinds.size() + " columns, " + masks.size() + " masks");
    }
    fields = new RowFields(kinds.stream().map(ColumnKind::wireType).toList(), binary);
    columns = new @Nullable FieldMasking[kinds.size()];
    for (int i = 0; i < columns.length; i++) {
      FieldMask mask = masks.get(i);
      columns[i] =
          mask == null ? null : new FieldMasking(i, ValueCodecs.of(kinds.get(i)), binary, mask);
    }
  }

  /**
   * Appends the masked row, as a payload. If it throws, nothing was appended, and the command must
   * end in an error.
   *
   * @param row exactly the payload of a row; its indices are not moved
   * @throws Unmaskable if a mask throws or answers with what its column cannot carry
   * @throws ProtocolException if it is no row of these columns
   */
  public void rewrite(ByteBuf row, ByteBuf out) {
    int start = out.writerIndex();
    boolean done = false;
    try {
      fields.wrap(row);
      rewriteFields(row, out);
      done = true;
    } finally {
      fields.clear();
      clearScratch();
      if (!done) {
        out.writerIndex(start);
      }
    }
  }

  private void rewriteFields(ByteBuf row, ByteBuf out) {
    int start = out.writerIndex();
    // values in a row that no mask touches are copied at once
    int copyFrom = row.readerIndex();
    for (int i = 0; i < columns.length; i++) {
      FieldMasking masking = columns[i];
      if (masking != null) {
        out.writeBytes(row, copyFrom, fields.start(i) - copyFrom);
        rewriteField(row, i, masking, out, start);
        copyFrom = fields.end(i);
      }
    }
    out.writeBytes(row, copyFrom, row.writerIndex() - copyFrom);
  }

  /**
   * @param start of the row as it is written
   */
  private void rewriteField(ByteBuf row, int i, FieldMasking masking, ByteBuf out, int start) {
    Value original = Value.NULL;
    if (!fields.isNull(i)) {
      int content = fields.content(i);
      original = masking.value(row.slice(content, fields.end(i) - content));
    }
    Value masked = masking.masked(original);
    if (FieldMasking.same(masked, original)) {
      out.writeBytes(row, fields.start(i), fields.end(i) - fields.start(i));
    } else if (masked.equals(Value.NULL)) {
      fields.writeNull(i, out, start);
    } else {
      scratch.clear();
      masking.encode(masked, scratch);
      fields.writeValue(i, scratch, out, start);
    }
  }

  /** Not even of use to whom may read the gate's memory later. */
  private void clearScratch() {
    if (scratch.capacity() > KEPT_BYTES) {
      scratch = Unpooled.buffer();
    } else {
      scratch.setZero(0, scratch.capacity());
    }
  }
}
