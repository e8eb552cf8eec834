package io.gatehouse.postgres.value;

import io.gatehouse.plugin.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as the server writes them with DateStyle ISO. Other styles never have the form of
 * this one; what does not have it is not understood.
 */
final class CalendarText {
  static final int LONGEST = 64;
  static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

  // datetime.h and timestamp.h: Julian day 0 to DATE_END_JULIAN
  private static final long FIRST_DAY = EPOCH.toEpochDay() - 2451545L;
  private static final long END_DAY = FIRST_DAY + 2147483494L;

  private static final String DATE = "(\\d{4,7})-(\\d\\d)-(\\d\\d)";
  private static final String TIME = "[ T](\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?";
  private static final String OFFSET = "(Z|[-+]\\d\\d(?::\\d\\d(?::\\d\\d)?)?)";
  private static final String ERA = "( BC)?";
  private static final Pattern DATE_FORM = Pattern.compile(DATE + ERA);
  private static final Pattern TIMESTAMP_FORM = Pattern.compile(DATE + TIME + ERA);
  private static final Pattern INSTANT_FORM = Pattern.compile(DATE + TIME + OFFSET + ERA);

  private CalendarText() {}

  static boolean fits(LocalDate date) {
    return date.toEpochDay() >= FIRST_DAY && date.toEpochDay() < END_DAY;
  }

  /** The year 0 of Java's calendar is 1 BC. */
  static boolean beforeChrist(LocalDate date) {
    return date.getYear() <= 0;
  }

  static Value.Special infinity(boolean positive) {
    return new Value.Special(positive ? "infinity" : "-infinity");
  }

  static @Nullable Value infinity(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "infinity" -> infinity(true);
      case "-infinity" -> infinity(false);
      default -> null;
    };
  }

  /** Whether it is the positive one; null if it is finite. */
  static @Nullable Boolean infinity(Value value) {
    if (!(value instanceof Value.Special special)) {
      return null;
    }
    return switch (special.text()) {
      case "infinity" -> true;
      case "-infinity" -> false;
      default -> null;
    };
  }

  static @Nullable LocalDate date(String text) {
    Matcher form = DATE_FORM.matcher(text);
    try {
      return form.matches() ? date(form, form.group(4) != null) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  static @Nullable LocalDateTime timestamp(String text) {
    Matcher form = TIMESTAMP_FORM.matcher(text);
    try {
      return form.matches() ? date(form, form.group(8) != null).atTime(time(form)) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  static @Nullable OffsetDateTime instant(String text) {
    Matcher form = INSTANT_FORM.matcher(text);
    try {
      return form.matches()
          ? date(form, form.group(9) != null)
              .atTime(time(form))
              .atOffset(ZoneOffset.of(form.group(8)))
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static LocalDate date(Matcher form, boolean beforeChrist) {
    int year = Integer.parseInt(form.group(1));
    return LocalDate.of(
        beforeChrist ? 1 - year : year,
        Integer.parseInt(form.group(2)),
        Integer.parseInt(form.group(3)));
  }

  private static LocalTime time(Matcher form) {
    String fraction = form.group(7);
    int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    return LocalTime.of(
        Integer.parseInt(form.group(4)),
        Integer.parseInt(form.group(5)),
        Integer.parseInt(form.group(6)),
        nanos);
  }

  static String format(LocalDate date) {
    return day(date) + era(date);
  }

  static String format(LocalDateTime time) {
    return day(time.toLocalDate()) + " " + clock(time.toLocalTime()) + era(time.toLocalDate());
  }

  static String format(OffsetDateTime time) {
    return day(time.toLocalDate())
        + " "
        + clock(time.toLocalTime())
        + offset(time.getOffset())
        + era(time.toLocalDate());
  }

  private static String day(LocalDate date) {
    int year = beforeChrist(date) ? 1 - date.getYear() : date.getYear();
    String digits = Integer.toString(year);
    return "0".repeat(Math.max(0, 4 - digits.length()))
        + digits
        + "-"
        + two(date.getMonthValue())
        + "-"
        + two(date.getDayOfMonth());
  }

  private static String clock(LocalTime time) {
    return two(time.getHour())
        + ":"
        + two(time.getMinute())
        + ":"
        + two(time.getSecond())
        + fraction(time.getNano() / 1000);
  }

  /** With its point; empty if there is none. */
  static String fraction(int micros) {
    if (micros == 0) {
      return "";
    }
    String fraction = Integer.toString(1_000_000 + micros).substring(1);
    int length = fraction.length();
    while (fraction.charAt(length - 1) == '0') {
      length--;
    }
    return "." + fraction.substring(0, length);
  }

  /** As EncodeTimezone does: minutes and seconds only where there are any. */
  static String offset(ZoneOffset offset) {
    int seconds = Math.abs(offset.getTotalSeconds());
    String text = (offset.getTotalSeconds() < 0 ? "-" : "+") + two(seconds / 3600);
    if (seconds % 3600 != 0) {
      text += ":" + two(seconds / 60 % 60);
    }
    return seconds % 60 == 0 ? text : text + ":" + two(seconds % 60);
  }

  private static String era(LocalDate date) {
    return beforeChrist(date) ? " BC" : "";
  }

  static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
