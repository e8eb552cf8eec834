package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** oid: an unsigned number of four bytes. */
final class OidCodec extends TypeCodec {
  private static final long MAX = 0xFFFF_FFFFL;

  OidCodec() {
    super(TypeOid.OID, "oid");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, 64);
    if (text == null) {
      return null;
    }
    try {
      long number = Long.parseLong(text);
      return number >= 0 && number <= MAX ? new Value.Int(number) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return field.readableBytes() == Integer.BYTES ? new Value.Int(field.readUnsignedInt()) : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Int number
        && fits(number)
        && writeAscii(out, Long.toString(number.value()));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (value instanceof Value.Int number && fits(number)) {
      out.writeInt((int) number.value());
      return true;
    }
    return false;
  }

  private static boolean fits(Value.Int number) {
    return number.value() >= 0 && number.value() <= MAX;
  }
}
