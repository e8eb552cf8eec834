package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * datetime and timestamp, which both come without a zone: ISO with as many digits of a second's
 * fraction as the column has; in binary field by field. Zero dates and the year 0 are special.
 */
final class DateTimeCodec extends TypeCodec {
  private final int fraction;

  DateTimeCodec(ColumnKind kind) {
    super(kind.name());
    fraction = kind.fraction();
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, CalendarFields.LONGEST);
    return text == null ? null : value(CalendarFields.timestamp(text));
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    return value(CalendarFields.read(field));
  }

  private @Nullable Value value(@Nullable CalendarFields fields) {
    return fields == null ? null : fields.timestampValue(fraction);
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    CalendarFields fields = fields(value);
    return fields != null && writeAscii(out, fields.text(fraction));
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

  private @Nullable CalendarFields fields(Value value) {
    CalendarFields fields =
        switch (value) {
          case Value.Timestamp time -> CalendarFields.of(time.value());
          case Value.Special special -> CalendarFields.timestamp(special.text());
          default -> null;
        };
    return fields != null
            && fields.year() >= 0
            && fields.year() <= 9999
            && Clock.exact(fields.micros(), fraction)
        ? fields
        : null;
  }
}
