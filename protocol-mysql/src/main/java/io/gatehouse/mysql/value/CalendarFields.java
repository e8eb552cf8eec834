package io.gatehouse.mysql.value;

import io.gatehouse.plugin.Value;
import io.netty.buffer.ByteBuf;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date with a time of day as the servers have it: months and days may be 0, and a day may be
 * beyond its month's last.
 */
record CalendarFields(int year, int month, int day, long micros) {
  static final int LONGEST = 26;

  private static final int DATE_BYTES = 4;
  private static final int CLOCK_BYTES = 7;
  private static final int FRACTION_BYTES = 11;

  private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d) ([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d)(?:\\.(\\d{1,6}))?");

  static CalendarFields of(LocalDate date) {
    return new CalendarFields(date.getYear(), date.getMonthValue(), date.getDayOfMonth(), 0);
  }

  /** Null if it is finer than a microsecond. */
  static @Nullable CalendarFields of(LocalDateTime time) {
    CalendarFields date = of(time.toLocalDate());
    long nanos = time.toLocalTime().toNanoOfDay();
    return nanos % 1000 != 0
        ? null
        : new CalendarFields(date.year, date.month, date.day, nanos / 1000);
  }

  static @Nullable CalendarFields date(String text) {
    Matcher form = DATE.matcher(text);
    return form.matches() ? checked(day(form, 0)) : null;
  }

  static @Nullable CalendarFields timestamp(String text) {
    Matcher form = TIMESTAMP.matcher(text);
    if (!form.matches()) {
      return null;
    }
    long micros = Clock.micros(number(form, 4), form, 5);
    return checked(day(form, micros));
  }

  private static CalendarFields day(Matcher form, long micros) {
    return new CalendarFields(number(form, 1), number(form, 2), number(form, 3), micros);
  }

  private static int number(Matcher form, int group) {
    return Integer.parseInt(form.group(group));
  }

  /** Four, seven or eleven bytes, or none for all zeros. */
  static @Nullable CalendarFields read(ByteBuf field) {
    int length = field.readableBytes();
    if (length == 0) {
      return new CalendarFields(0, 0, 0, 0);
    }
    if (length != DATE_BYTES && length != CLOCK_BYTES && length != FRACTION_BYTES) {
      return null;
    }
    int year = field.readUnsignedShortLE();
    int month = field.readUnsignedByte();
    int day = field.readUnsignedByte();
    long micros = length == DATE_BYTES ? 0 : Clock.read(field, 24);
    return micros < 0 ? null : checked(new CalendarFields(year, month, day, micros));
  }

  private static @Nullable CalendarFields checked(CalendarFields fields) {
    return fields.year <= 9999 && fields.month <= 12 && fields.day <= 31 ? fields : null;
  }

  /** As short as the servers write it. */
  void write(ByteBuf out) {
    if (year == 0 && month == 0 && day == 0 && micros == 0) {
      return;
    }
    out.writeShortLE(year).writeByte(month).writeByte(day);
    if (micros != 0) {
      Clock.write(out, micros);
    }
  }

  /** Null if Java's calendar has no such day, or nobody's the year. */
  @Nullable LocalDate local() {
    try {
      return year == 0 ? null : LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      return null;
    }
  }

  Value dateValue() {
    LocalDate date = local();
    return date == null ? new Value.Special(dayText()) : new Value.Date(date);
  }

  Value timestampValue(int fraction) {
    LocalDate date = local();
    return date == null
        ? new Value.Special(text(fraction))
        : new Value.Timestamp(date.atTime(LocalTime.ofNanoOfDay(micros * 1000)));
  }

  String dayText() {
    return Clock.padded(year, 4) + "-" + Clock.padded(month, 2) + "-" + Clock.padded(day, 2);
  }

  /**
   * @param fraction digits of a second's; -1 for as many as it takes
   */
  String text(int fraction) {
    return dayText() + " " + Clock.text(micros, fraction);
  }
}
