package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** double: decimal; little-endian. There are no infinities and no NaN. */
final class DoubleCodec extends TypeCodec {
  private final int decimals;

  DoubleCodec(ColumnKind kind) {
    super(kind.name());
    decimals = kind.decimals();
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, FloatText.LONGEST);
    return text == null || !FloatText.isNumber(text) ? null : value(Double.parseDouble(text));
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return field.readableBytes() == Double.BYTES ? value(field.readDoubleLE()) : null;
  }

  private static @Nullable Value value(double number) {
    return Double.isFinite(number) ? new Value.Real(number) : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    Double number = FloatText.number(value);
    return number != null && writeAscii(out, FloatText.format(Double.toString(number), decimals));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    Double number = FloatText.number(value);
    if (number == null) {
      return false;
    }
    out.writeDoubleLE(number);
    return true;
  }
}
