package io.gatehouse.mysql.value;

import io.netty.buffer.ByteBuf;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Hours, minutes, seconds and their fraction, as microseconds. */
final class Clock {
  static final long SECOND = 1_000_000;

  private Clock() {}

  /**
   * @param first the group of the minutes; behind it seconds, and a fraction that may be missing
   */
  static long micros(int hours, Matcher form, int first) {
    @Nullable String fraction = form.group(first + 2);
    int seconds =
        hours * 3600
            + Integer.parseInt(form.group(first)) * 60
            + Integer.parseInt(form.group(first + 1));
    String digits = fraction == null ? "" : fraction;
    return seconds * SECOND + Integer.parseInt((digits + "000000").substring(0, 6));
  }

  /** Three bytes, and four for a fraction if there are more; negative if it is no time. */
  static long read(ByteBuf field, int hoursBelow) {
    int hours = field.readUnsignedByte();
    int minutes = field.readUnsignedByte();
    int seconds = field.readUnsignedByte();
    long fraction = field.isReadable() ? field.readUnsignedIntLE() : 0;
    if (hours >= hoursBelow || minutes > 59 || seconds > 59 || fraction >= SECOND) {
      return -1;
    }
    return (hours * 3600L + minutes * 60L + seconds) * SECOND + fraction;
  }

  /** Of less than a day, or with the days before it. */
  static void write(ByteBuf out, long micros) {
    long seconds = micros / SECOND;
    out.writeByte((int) (seconds / 3600 % 24));
    out.writeByte((int) (seconds / 60 % 60));
    out.writeByte((int) (seconds % 60));
    if (micros % SECOND != 0) {
      out.writeIntLE((int) (micros % SECOND));
    }
  }

  /**
   * @param fraction digits of a second's; -1 for all six, or none if there is none
   */
  static String text(long micros, int fraction) {
    long seconds = micros / SECOND;
    String clock =
        padded((int) (seconds / 3600), 2)
            + ":"
            + padded((int) (seconds / 60 % 60), 2)
            + ":"
            + padded((int) (seconds % 60), 2);
    int rest = (int) (micros % SECOND);
    int digits = fraction >= 0 ? fraction : rest == 0 ? 0 : 6;
    return digits == 0 ? clock : clock + "." + padded(rest, 6).substring(0, digits);
  }

  /** Whether so many digits of a fraction say it all. */
  static boolean exact(long micros, int fraction) {
    return fraction < 0 || padded((int) (micros % SECOND), 6).substring(fraction).matches("0*");
  }

  static String padded(int number, int digits) {
    String text = Integer.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
