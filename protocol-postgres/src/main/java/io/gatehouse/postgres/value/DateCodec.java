package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** date: ISO text; in binary days since 2000-01-01. */
final class DateCodec extends TypeCodec {
  private static final int INFINITY = Integer.MAX_VALUE;
  private static final int MINUS_INFINITY = Integer.MIN_VALUE;

  DateCodec() {
    super(TypeOid.DATE, "date");
  }

  @Override
  @Nullable Value decodeText(ByteBuf field) {
    String text = ascii(field, CalendarText.LONGEST);
    if (text == null) {
      return null;
    }
    Value infinity = CalendarText.infinity(text);
    if (infinity != null) {
      return infinity;
    }
    LocalDate date = CalendarText.date(text);
    return date == null || !CalendarText.fits(date) ? null : value(date);
  }

  @Override
  @Nullable Value decodeBinary(ByteBuf field) {
    if (field.readableBytes() != Integer.BYTES) {
      return null;
    }
    int days = field.readInt();
    if (days == INFINITY || days == MINUS_INFINITY) {
      return CalendarText.infinity(days > 0);
    }
    LocalDate date = CalendarText.EPOCH.plusDays(days);
    return CalendarText.fits(date) ? value(date) : null;
  }

  @Override
  boolean encodeText(Value value, ByteBuf out) {
    Boolean infinity = CalendarText.infinity(value);
    if (infinity != null) {
      return writeAscii(out, CalendarText.infinity(infinity).text());
    }
    LocalDate date = date(value);
    return date != null && writeAscii(out, CalendarText.format(date));
  }

  @Override
  boolean encodeBinary(Value value, ByteBuf out) {
    Boolean infinity = CalendarText.infinity(value);
    if (infinity != null) {
      out.writeInt(infinity ? INFINITY : MINUS_INFINITY);
      return true;
    }
    LocalDate date = date(value);
    if (date == null) {
      return false;
    }
    out.writeInt((int) (date.toEpochDay() - CalendarText.EPOCH.toEpochDay()));
    return true;
  }

  private static Value value(LocalDate date) {
    return CalendarText.beforeChrist(date)
        ? new Value.Special(CalendarText.format(date))
        : new Value.Date(date);
  }

  private static @Nullable LocalDate date(Value value) {
    LocalDate date =
        switch (value) {
          case Value.Date known -> known.value();
          case Value.Special special -> CalendarText.date(special.text());
          default -> null;
        };
    return date != null && CalendarText.fits(date) ? date : null;
  }
}
