package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** float4: the shortest decimal that reads back; IEEE 754. Writing rounds, as the type does. */
final class Float4Codec extends TypeCodec {

  Float4Codec() {
    super(TypeOid.FLOAT4, "float4");
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
    float number = Float.parseFloat(text);
    return Float.isInfinite(number) ? null : new Value.Real(number);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return field.readableBytes() == Float.BYTES ? FloatText.value(field.readFloat()) : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    Float number = rounded(value);
    return number != null && writeAscii(out, FloatText.format(number));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    Float number = rounded(value);
    if (number == null) {
      return false;
    }
    out.writeFloat(number);
    return true;
  }

  private static @Nullable Float rounded(Value value) {
    Double number = FloatText.number(value);
    if (number == null) {
      return null;
    }
    float rounded = number.floatValue();
    boolean overflow = Float.isInfinite(rounded) && !Double.isInfinite(number);
    boolean underflow = rounded == 0 && number != 0;
    return overflow || underflow ? null : rounded;
  }
}
