package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** bit, varbit: zeros and ones; in binary their number, then eight a byte from the highest. */
final class BitCodec extends TypeCodec {
  // as many as nobody has; two bytes for each character of a text
  private static final int MOST_BITS = 1 << 20;

  BitCodec(int oid, String name) {
    super(oid, name);
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, MOST_BITS);
    return text == null || !bits(text) ? null : new Value.Text(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() < Integer.BYTES) {
      return null;
    }
    int count = field.readInt();
    if (count < 0 || count > MOST_BITS || field.readableBytes() != (count + 7) / 8) {
      return null;
    }
    int start = field.readerIndex();
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append((char) ('0' + (field.getByte(start + i / 8) >> (7 - i % 8) & 1)));
    }
    return new Value.Text(text.toString());
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Text text && bits(text.value()) && writeAscii(out, text.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (!(value instanceof Value.Text bits) || !bits(bits.value())) {
      return false;
    }
    String text = bits.value();
    out.writeInt(text.length());
    for (int first = 0; first < text.length(); first += 8) {
      int b = 0;
      for (int i = first; i < first + 8; i++) {
        b = 2 * b + (i < text.length() && text.charAt(i) == '1' ? 1 : 0);
      }
      out.writeByte(b);
    }
    return true;
  }

  private static boolean bits(String text) {
    return text.length() <= MOST_BITS && text.chars().allMatch(c -> c == '0' || c == '1');
  }
}
