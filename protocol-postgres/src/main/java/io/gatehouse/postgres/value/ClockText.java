package io.gatehouse.postgres.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time of day as the server writes it; midnight at the day's end is 24:00:00 (date.c). */
final class ClockText {
  /** With six digits of a second, an offset with seconds, and blanks around. */
  static final int LONGEST = 64;

  static final long DAY = 24L * 60 * 60 * 1_000_000;

  private static final Pattern FORM =
      Pattern.compile("(\\d\\d):([0-5]\\d):([0-5]\\d)(?:\\.(\\d{1,6}))?");

  private ClockText() {}

  /** Microseconds since midnight; negative if it is no time. */
  static long micros(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return -1;
    }
    String fraction = form.group(4) == null ? "" : form.group(4);
    long micros =
        (Integer.parseInt(form.group(1)) * 3600L
                    + Integer.parseInt(form.group(2)) * 60L
                    + Integer.parseInt(form.group(3)))
                * 1_000_000
            + Integer.parseInt((fraction + "000000").substring(0, 6));
    return micros <= DAY ? micros : -1;
  }

  static String format(long micros) {
    long seconds = micros / 1_000_000;
    String clock =
        CalendarText.two((int) (seconds / 3600))
            + ":"
            + CalendarText.two((int) (seconds / 60 % 60))
            + ":"
            + CalendarText.two((int) (seconds % 60));
    return clock + CalendarText.fraction((int) (micros % 1_000_000));
  }
}
