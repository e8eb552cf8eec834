package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.Bodies;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * Where the values of a row lie, text or binary: positions are parsed, nothing is copied.
 * Flyweight, wrapped again for each row of a result; owned by the session's event loop. Holds on to
 * the row until cleared, and never moves its indices.
 */
public final class RowFields {
  private static final int NULL_OFFSET = 2;

  private final int[] types;
  private final boolean binary;
  private final int[] starts;
  private final int[] contents;
  private final int[] ends;
  private ByteBuf row = Unpooled.EMPTY_BUFFER;

  /**
   * @param types of {@link ColumnType}
   * @param binary whether rows are those of a prepared statement
   */
  public RowFields(List<Integer> types, boolean binary) {
    this.types = types.stream().mapToInt(Integer::intValue).toArray();
    this.binary = binary;
    starts = new int[this.types.length];
    contents = new int[this.types.length];
    ends = new int[this.types.length];
  }

  /**
   * @param newRow exactly the payload of a row
   * @throws ProtocolException if it is no row of these columns
   */
  public void wrap(ByteBuf newRow) {
    row = newRow;
    ByteBuf body = newRow.duplicate();
    if (binary) {
      Fields.expect(body, BinaryRow.HEADER, "a row");
      NullBits.read(body, types.length, NULL_OFFSET);
    }
    for (int i = 0; i < types.length; i++) {
      starts[i] = body.readerIndex();
      if (binary ? nullBit(i) : skipNull(body)) {
        contents[i] = -1;
      } else {
        long length = binary ? BinaryValue.length(body, types[i]) : Fields.lenenc(body);
        if (length < 0 || length > body.readableBytes()) {
          throw new ProtocolException("message ends inside a field");
        }
        contents[i] = body.readerIndex();
        body.skipBytes((int) length);
      }
      ends[i] = body.readerIndex();
    }
    Bodies.end(body);
  }

  private boolean nullBit(int i) {
    return (row.getByte(row.readerIndex() + bitByte(i)) >> bit(i) & 1) != 0;
  }

  private static int bitByte(int i) {
    return 1 + (i + NULL_OFFSET) / 8;
  }

  private static int bit(int i) {
    return (i + NULL_OFFSET) % 8;
  }

  private static boolean skipNull(ByteBuf body) {
    Bodies.need(body, 1);
    boolean isNull = body.getUnsignedByte(body.readerIndex()) == Fields.NULL_BYTE;
    if (isNull) {
      body.skipBytes(1);
    }
    return isNull;
  }

  /** Lets go of the row. */
  public void clear() {
    row = Unpooled.EMPTY_BUFFER;
  }

  public boolean isNull(int column) {
    return contents[column] < 0;
  }

  /** Where the value begins, with its length if it says it. */
  public int start(int column) {
    return starts[column];
  }

  /** Where the value itself begins; not for NULL. */
  public int content(int column) {
    return contents[column];
  }

  /** Behind the value. */
  public int end(int column) {
    return ends[column];
  }

  /**
   * Writes NULL in a column's place.
   *
   * @param start of the row that is written, up to this column
   */
  public void writeNull(int column, ByteBuf out, int start) {
    if (binary) {
      setBit(column, true, out, start);
    } else {
      out.writeByte(Fields.NULL_BYTE);
    }
  }

  /**
   * Writes a value in a column's place.
   *
   * @param content of the value, without its length; its indices are not moved
   * @param start of the row that is written, up to this column
   */
  public void writeValue(int column, ByteBuf content, ByteBuf out, int start) {
    int length = content.readableBytes();
    int fixed = binary ? BinaryValue.fixed(types[column]) : -1;
    if (fixed >= 0 && fixed != length) {
      throw new ProtocolException("a value is not as long as its type");
    }
    if (fixed < 0) {
      Fields.writeLenenc(out, length);
    }
    out.writeBytes(content, content.readerIndex(), length);
    if (binary) {
      setBit(column, false, out, start);
    }
  }

  private static void setBit(int column, boolean isNull, ByteBuf out, int start) {
    int at = start + bitByte(column);
    int mask = 1 << bit(column);
    int bits = out.getByte(at);
    out.setByte(at, isNull ? bits | mask : bits & ~mask);
  }
}
