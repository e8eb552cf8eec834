package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** year: four digits, 1901 to 2155 or 0000; little-endian in two bytes. */
final class YearCodec extends TypeCodec {
  private static final int FIRST = 1901;
  private static final int LAST = 2155;

  YearCodec() {
    super("year");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, 4);
    return text == null || !text.matches("\\d{4}") ? null : value(Integer.parseInt(text));
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return field.readableBytes() == Short.BYTES ? value(field.readUnsignedShortLE()) : null;
  }

  private static @Nullable Value value(int year) {
    return fits(year) ? new Value.Int(year) : null;
  }

  private static boolean fits(long year) {
    return year == 0 || (year >= FIRST && year <= LAST);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    return value instanceof Value.Int year
        && fits(year.value())
        && writeAscii(out, year.value() == 0 ? "0000" : Long.toString(year.value()));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    if (!(value instanceof Value.Int year) || !fits(year.value())) {
      return false;
    }
    out.writeShortLE((int) year.value());
    return true;
  }
}
