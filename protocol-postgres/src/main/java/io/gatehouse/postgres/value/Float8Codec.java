package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** float8: the shortest decimal that reads back; IEEE 754. */
final class Float8Codec extends TypeCodec {

  Float8Codec() {
    super(TypeOid.FLOAT8, "float8");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, FloatText.LONGEST);
    if (text == null) {
      return null;
    }
    Value special = FloatText.special(text);
    if (special != null || !FloatText.isNumber(text)) {
      return special;
    }
    double number = Double.parseDouble(text);
    return Double.isInfinite(number) ? null : new Value.Real(number);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return field.readableBytes() == Double.BYTES ? FloatText.value(field.readDouble()) : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    Double number = FloatText.number(value);
    return number != null && writeAscii(out, FloatText.format(number));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    Double number = FloatText.number(value);
    if (number == null) {
      return false;
    }
    out.writeDouble(number);
    return true;
  }
}
