package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** date: ISO; in binary year, month and day. Zero dates and the year 0 are special. */
final class DateCodec extends TypeCodec {

  DateCodec() {
    super("date");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, CalendarFields.LONGEST);
    return text == null ? null : value(CalendarFields.date(text));
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return value(CalendarFields.read(field));
  }

  private static @Nullable Value value(@Nullable CalendarFields fields) {
    return fields == null || fields.micros() != 0 ? null : fields.dateValue();
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    CalendarFields fields = fields(value);
    return fields != null && writeAscii(out, fields.dayText());
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    CalendarFields fields = fields(value);
    if (fields == null) {
      return false;
    }
    fields.write(out);
    return true;
  }

  private static @Nullable CalendarFields fields(Value value) {
    CalendarFields fields =
        switch (value) {
          case Value.Date date -> CalendarFields.of(date.value());
          case Value.Special special -> CalendarFields.date(special.text());
          default -> null;
        };
    return fields != null && fields.year() >= 0 && fields.year() <= 9999 ? fields : null;
  }
}
