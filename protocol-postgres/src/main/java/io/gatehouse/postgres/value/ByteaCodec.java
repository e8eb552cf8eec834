package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** bytea: text in hex, or in escape where bytea_output says so; as it is in binary. */
final class ByteaCodec extends TypeCodec {

  ByteaCodec() {
    super(TypeOid.BYTEA, "bytea");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    int length = field.readableBytes();
    int start = field.readerIndex();
    boolean hex = length >= 2 && field.getByte(start) == '\\' && field.getByte(start + 1) == 'x';
    byte[] bytes = hex ? decodeHex(field.skipBytes(2)) : decodeEscape(field);
    return bytes == null ? null : new Value.Bytes(bytes);
  }

  private static byte @Nullable [] decodeHex(ByteBuf field) {
    int length = field.readableBytes();
    if (length % 2 != 0) {
      return null;
    }
    byte[] bytes = new byte[length / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(field.readUnsignedByte(), 16);
      int low = Character.digit(field.readUnsignedByte(), 16);
      if (high < 0 || low < 0) {
        return null;
      }
      bytes[i] = (byte) (16 * high + low);
    }
    return bytes;
  }

  private static byte @Nullable [] decodeEscape(ByteBuf field) {
    byte[] bytes = new byte[field.readableBytes()];
    int length = 0;
    while (field.isReadable()) {
      int b = field.readUnsignedByte();
      if (b == '\\') {
        b = decodeEscaped(field);
        if (b < 0) {
          return null;
        }
      }
      bytes[length++] = (byte) b;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** What a backslash stands for with what follows it; negative if for nothing. */
  private static int decodeEscaped(ByteBuf field) {
    if (field.isReadable() && field.getByte(field.readerIndex()) == '\\') {
      return field.readByte();
    }
    if (field.readableBytes() < 3) {
      return -1;
    }
    int b = 0;
    for (int i = 0; i < 3; i++) {
      int digit = field.readUnsignedByte() - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      b = 8 * b + digit;
    }
    return b <= 0xFF ? b : -1;
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    byte[] bytes = new byte[field.readableBytes()];
    field.readBytes(bytes);
    return new Value.Bytes(bytes);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Bytes bytes
        && writeAscii(out, "\\x" + HexFormat.of().formatHex(bytes.value()));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (value instanceof Value.Bytes bytes) {
      out.writeBytes(bytes.value());
      return true;
    }
    return false;
  }
}
