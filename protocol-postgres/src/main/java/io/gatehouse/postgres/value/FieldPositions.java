package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;

/**
 * Where formats and values lie in a body that was written as "formats, then values", as Bind and
 * FunctionCall have them. Flyweight: one a view, wrapped again for each message; owned by the
 * session's event loop. Holds on to the body until cleared or wrapped again, and never moves its
 * indices.
 */
final class FieldPositions {
  private static final int NULL = -1;

  /** Arrays beyond this are given up after use. */
  private static final int KEPT = 256;

  private static final int[] NONE = new int[0];

  private ByteBuf body = Unpooled.EMPTY_BUFFER;
  private int formatCount;
  private int formats;
  private int count;
  private int[] starts = NONE;
  private int[] lengths = NONE;

  /** Parses from the position on; returns the position behind the last value. */
  int wrap(ByteBuf newBody, int position) {
    clear();
    body = newBody;
    int end = newBody.writerIndex();
    formatCount = count(newBody, position, end, 2);
    formats = position + 2;
    int values = formats + 2 * formatCount;
    int announced = count(newBody, values, end, 4);
    if (formatCount > 1 && formatCount != announced) {
      throw new ProtocolException(
          formatCount + " formats for " + announced + " values: send none, one, or one each");
    }
    return wrapValues(values + 2, end, announced);
  }

  private int wrapValues(int first, int end, int announced) {
    if (starts.length < announced) {
      starts = new int[Math.max(announced, 8)];
      lengths = new int[Math.max(announced, 8)];
    }
    int position = first;
    for (int i = 0; i < announced; i++) {
      need(position, end, 4);
      int length = body.getInt(position);
      position += 4;
      starts[i] = position;
      lengths[i] = length;
      if (length != NULL) {
        need(position, end, length);
        position += length;
      }
    }
    count = announced;
    return position;
  }

  void clear() {
    body = Unpooled.EMPTY_BUFFER;
    count = 0;
    formatCount = 0;
    if (starts.length > KEPT) {
      starts = NONE;
      lengths = NONE;
    }
  }

  int count() {
    return count;
  }

  boolean binary(int index) {
    Objects.checkIndex(index, count);
    if (formatCount == 0) {
      return false;
    }
    return body.getShort(formats + (formatCount == 1 ? 0 : 2 * index)) == 1;
  }

  Value value(int index, int typeOid) {
    Objects.checkIndex(index, count);
    if (lengths[index] == NULL) {
      return Value.NULL;
    }
    ByteBuf field = body.slice(starts[index], lengths[index]);
    return ValueCodecs.of(typeOid).decode(field, binary(index));
  }

  void raw(int index, Binds.Raw to) {
    Objects.checkIndex(index, count);
    to.value(body, starts[index], lengths[index]);
  }

  /** An unsigned count of items that take at least {@code each} bytes. */
  static int count(ByteBuf body, int position, int end, int each) {
    need(position, end, 2);
    int count = body.getUnsignedShort(position);
    need(position + 2, end, each * count);
    return count;
  }

  static void need(int position, int end, int length) {
    if (length < 0 || length > end - position) {
      throw new ProtocolException("message ends inside a field");
    }
  }
}
