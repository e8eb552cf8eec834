package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** int2, int4, int8: decimal; big-endian. */
final class IntegerCodec extends TypeCodec {
  private final int width;

  IntegerCodec(int oid, String name, int width) {
    super(oid, name);
    this.width = width;
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, 64);
    if (text == null) {
      return null;
    }
    try {
      long number = Long.parseLong(text);
      return fits(number) ? new Value.Int(number) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() != width) {
      return null;
    }
    return new Value.Int(
        switch (width) {
          case Short.BYTES -> field.readShort();
          case Integer.BYTES -> field.readInt();
          default -> field.readLong();
        });
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Int number
        && fits(number.value())
        && writeAscii(out, Long.toString(number.value()));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (!(value instanceof Value.Int number) || !fits(number.value())) {
      return false;
    }
    switch (width) {
      case Short.BYTES -> out.writeShort((int) number.value());
      case Integer.BYTES -> out.writeInt((int) number.value());
      default -> out.writeLong(number.value());
    }
    return true;
  }

  private boolean fits(long number) {
    return switch (width) {
      case Short.BYTES -> number == (short) number;
      case Integer.BYTES -> number == (int) number;
      default -> true;
    };
  }
}
