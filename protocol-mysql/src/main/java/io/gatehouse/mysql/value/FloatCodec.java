package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** float: decimal, of which the servers write fewer digits than it has; little-endian. */
final class FloatCodec extends TypeCodec {
  private final int decimals;

  FloatCodec(ColumnKind kind) {
    super(kind.name());
    decimals = kind.decimals();
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, FloatText.LONGEST);
    return text == null || !FloatText.isNumber(text) ? null : value(Float.parseFloat(text));
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return field.readableBytes() == Float.BYTES ? value(field.readFloatLE()) : null;
  }

  private static @Nullable Value value(float number) {
    return Float.isFinite(number) ? new Value.Real(number) : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    Float number = number(value);
    return number != null && writeAscii(out, FloatText.format(Float.toString(number), decimals));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    Float number = number(value);
    if (number == null) {
      return false;
    }
    out.writeFloatLE(number);
    return true;
  }

  private static @Nullable Float number(Value value) {
    Double number = FloatText.number(value);
    return number == null || !Float.isFinite(number.floatValue())
        ? null
        : (Float) number.floatValue();
  }
}
