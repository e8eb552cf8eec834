package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.BackendType;
import io.gatehouse.postgres.message.ProtocolException;
import io.gatehouse.spi.FieldMask;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts masks on the rows of one result. Untouched fields are copied byte for byte, and so is a
 * field whose mask answers with the very value it was given. Owned by the session's event loop;
 * owns no buffer.
 */
public final class RowRewriter {
  private static final int NULL = -1;

  private final boolean[] binary;
  private final ValueCodec[] codecs;
  private final List<@Nullable FieldMask> masks;

  /**
   * A row could not be masked. Says the column and why, never a value; what a mask threw is named
   * by its class only, because its message may quote the value. Without a stack trace.
   */
  public static final class Unmaskable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unmaskable(String message) {
      super(message, null, false, false);
    }
  }

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
    this.masks = Collections.unmodifiableList(new ArrayList<>(masks));
    this.binary = new boolean[formats.length];
    this.codecs = new ValueCodec[types.length];
    for (int i = 0; i < types.length; i++) {
      if (formats[i] != 0 && formats[i] != 1) {
        throw new Unmaskable("column " + (i + 1) + " comes in the unknown format " + formats[i]);
      }
      binary[i] = formats[i] == 1;
      codecs[i] = ValueCodecs.of(types[i]);
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
    if (count != masks.size()) {
      throw new Unmaskable(
          "a row has " + count + " columns where " + masks.size() + " were described");
    }
    // fields in a row that no mask touches are copied at once
    int copyFrom = position;
    position += 2;
    for (int i = 0; i < count; i++) {
      int field = position;
      position = fieldEnd(row, field, end);
      FieldMask mask = masks.get(i);
      if (mask != null) {
        out.writeBytes(row, copyFrom, field - copyFrom);
        rewriteField(row, field, position, i, mask, out);
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

  private void rewriteField(
      ByteBuf row, int field, int end, int column, FieldMask mask, ByteBuf out) {
    Value original = Value.NULL;
    if (row.getInt(field) != NULL) {
      original = codecs[column].decode(row.setIndex(field + 4, end), binary[column]);
    }
    Value masked = masked(original, column, mask);
    if (same(masked, original)) {
      out.writeBytes(row, field, end - field);
    } else if (masked.equals(Value.NULL)) {
      out.writeInt(NULL);
    } else {
      encode(masked, column, out);
    }
  }

  /**
   * The very value, not an equal one: two forms on the wire can mean equal values, and which of the
   * two a row had would tell whether it had what the mask puts there.
   */
  @SuppressWarnings("ReferenceEquality") // see above
  private static boolean same(Value masked, Value original) {
    return masked == original;
  }

  private static Value masked(Value original, int column, FieldMask mask) {
    @Nullable Value masked;
    try {
      masked = mask.mask(original);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      throw unmaskable(column, "its mask failed with " + e.getClass().getName());
    }
    if (masked == null) {
      throw unmaskable(column, "its mask gave no answer");
    }
    return masked;
  }

  private void encode(Value masked, int column, ByteBuf out) {
    int start = out.writerIndex();
    out.writeInt(0);
    try {
      codecs[column].encode(masked, binary[column], out);
    } catch (ValueCodec.Unencodable e) {
      throw unmaskable(column, e.getMessage());
    }
    out.setInt(start, out.writerIndex() - start - 4);
  }

  private static Unmaskable unmaskable(int column, @Nullable String why) {
    return new Unmaskable("column " + (column + 1) + " could not be masked: " + why);
  }
}
