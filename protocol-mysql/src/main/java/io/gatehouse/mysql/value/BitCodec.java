package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * bit: a number of up to 64 bits, highest byte first, in both forms; as a text of zeros and ones.
 */
final class BitCodec extends TypeCodec {
  private static final int MOST_BITS = 64;

  private final int bits;

  BitCodec(ColumnKind kind) {
    super(kind.name());
    bits = (int) Math.min(kind.length(), MOST_BITS);
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    if (field.readableBytes() != (bits + 7) / 8) {
      return null;
    }
    StringBuilder text = new StringBuilder(MOST_BITS);
    while (field.isReadable()) {
      text.append(Integer.toBinaryString(0x100 | field.readUnsignedByte()), 1, 9);
    }
    int unused = text.length() - bits;
    return text.lastIndexOf("1", unused - 1) >= 0 ? null : new Value.Text(text.substring(unused));
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return decodeText(field);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    if (!(value instanceof Value.Text(String text))
        || text.length() != bits
        || bits == 0
        || !text.chars().allMatch(c -> c == '0' || c == '1')) {
      return false;
    }
    long number = Long.parseUnsignedLong(text, 2);
    for (int left = (bits + 7) / 8; left > 0; left--) {
      out.writeByte((int) (number >>> (8 * (left - 1))));
    }
    return true;
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    return encodeText(value, out);
  }
}
