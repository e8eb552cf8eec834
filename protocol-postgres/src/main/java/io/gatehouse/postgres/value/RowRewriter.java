package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.BackendType;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.value.FieldMasking;
import io.gatehouse.spi.value.Unmaskable;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts masks on the rows of one result. Untouched fields are copied byte for byte, and so is a
 * field whose mask answers with the very value it was given. Owned by the session's event loop;
 * owns no buffer.
 */
public final class RowRewriter {
  private static final int NULL = -1;

  /** One per column, null where it passes. */
  private final @Nullable FieldMasking[] columns;

  /**
   * @param types the columns' OIDs
   * @param formats the columns' formats as the rows have them: 0 text, 1 binary
   * @param masks one per column, null where it passes
   */
  public RowRewriter(int[] types, int[] formats, List<@Nullable FieldMask> masks) {
    if (types.length != masks.size() || formats.length != masks.size()) {
      throw new IllegalArgumentException(
          types.length + " types, " + formats.length + " formats, " + masks.size() + " masks");
    }
    columns = new @Nullable FieldMasking[types.length];
    for (int i = 0; i < types.length; i++) {
      if (formats[i] != 0 && formats[i] != 1) {
        throw new Unmaskable("column " + (i + 1) + " comes in the unknown format " + formats[i]);
      }
      FieldMask mask = masks.get(i);
      columns[i] =
          mask == null
              ? null
              : new FieldMasking(i, ValueCodecs.of(types[i]), formats[i] == 1, mask);
    }
  }

  /**
   * Appends the masked row as a whole DataRow frame. If it throws, nothing was appended, and the
   * command must end in an error.
   *
   * @param row exactly the body of a DataRow; its indices are not moved
   * @throws Unmaskable if a mask throws or answers with what its column cannot carry, or the row
   *     has other columns than were described
   * @throws ProtocolException if it is no row
   */
  public void rewrite(ByteBuf row, ByteBuf out) {
    int start = out.writerIndex();
    boolean done = false;
    try {
      out.writeByte(BackendType.DATA_ROW);
      out.writeInt(0);
      rewriteFields(row.duplicate(), out);
      out.setInt(start + 1, out.writerIndex() - start - 1);
      done = true;
    } finally {
      if (!done) {
        out.writerIndex(start);
      }
    }
  }

  private void rewriteFields(ByteBuf row, ByteBuf out) {
    int end = row.writerIndex();
    int position = row.readerIndex();
    int count = FieldPositions.count(row, position, end, 4);
    if (count != columns.length) {
      throw new Unmaskable(
          "a row has " + count + " columns where " + columns.length + " were described");
    }
    // fields in a row that no mask touches are copied at once
    int copyFrom = position;
    position += 2;
    for (int i = 0; i < count; i++) {
      int field = position;
      position = fieldEnd(row, field, end);
      FieldMasking masking = columns[i];
      if (masking != null) {
        out.writeBytes(row, copyFrom, field - copyFrom);
        rewriteField(row, field, position, masking, out);
        copyFrom = position;
      }
    }
    if (position != end) {
      throw new ProtocolException("message goes on after its last field");
    }
    out.writeBytes(row, copyFrom, end - copyFrom);
  }

  private static int fieldEnd(ByteBuf row, int field, int end) {
    FieldPositions.need(field, end, 4);
    int length = row.getInt(field);
    if (length == NULL) {
      return field + 4;
    }
    FieldPositions.need(field + 4, end, length);
    return field + 4 + length;
  }

  private static void rewriteField(
      ByteBuf row, int field, int end, FieldMasking masking, ByteBuf out) {
    Value original = Value.NULL;
    if (row.getInt(field) != NULL) {
      original = masking.value(row.setIndex(field + 4, end));
    }
    Value masked = masking.masked(original);
    if (FieldMasking.same(masked, original)) {
      out.writeBytes(row, field, end - field);
    } else {
      encodeCounted(masking, masked, out);
    }
  }

  /** Appends a field with its length before it, as rows and the binary form of COPY have it. */
  static void encodeCounted(FieldMasking masking, Value masked, ByteBuf out) {
    if (masked.equals(Value.NULL)) {
      out.writeInt(NULL);
      return;
    }
    int start = out.writerIndex();
    out.writeInt(0);
    masking.encode(masked, out);
    out.setInt(start, out.writerIndex() - start - Integer.BYTES);
  }
}
