package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * "char": one byte. As text a zero is the empty string, and a byte beyond ASCII is a backslash and
 * three octal digits (charout in char.c).
 */
final class CharCodec extends TypeCodec {

  CharCodec() {
    super(TypeOid.CHAR, "char");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = text(field, StandardCharsets.US_ASCII);
    return byteOf(text) < 0 ? null : new Value.Text(text);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() != 1) {
      return null;
    }
    int b = field.readUnsignedByte();
    if (b == 0) {
      return new Value.Text("");
    }
    return new Value.Text(b < 0x80 ? String.valueOf((char) b) : "\\" + Integer.toOctalString(b));
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Text text
        && byteOf(text.value()) >= 0
        && writeAscii(out, text.value());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    int b = value instanceof Value.Text text ? byteOf(text.value()) : -1;
    if (b >= 0) {
      out.writeByte(b);
    }
    return b >= 0;
  }

  /** Negative if the text does not stand for one byte. */
  private static int byteOf(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (text.length() == 1) {
      char c = text.charAt(0);
      return c > 0 && c < 0x80 ? c : -1;
    }
    if (text.length() != 4 || text.charAt(0) != '\\') {
      return -1;
    }
    int b = 0;
    for (int i = 1; i < 4; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      b = 8 * b + digit;
    }
    return b >= 0x80 && b <= 0xFF ? b : -1;
  }
}
