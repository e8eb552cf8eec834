package io.gatehouse.postgres.value;

import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The microseconds that time stamps are in binary; limits as in timestamp.h. */
final class Micros {
  private static final LocalDateTime EPOCH = CalendarText.EPOCH.atStartOfDay();
  private static final long MIN = -211813488000000000L;
  private static final long END = 9223371331200000000L;

  private Micros() {}

  static boolean infinite(long micros) {
    return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
  }

  static long infinity(boolean positive) {
    return positive ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  static boolean fits(long micros) {
    return micros >= MIN && micros < END;
  }

  static LocalDateTime time(long micros) {
    return EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Null if the server has no such time, or only a rounded one. */
  static @Nullable Long of(LocalDateTime time) {
    if (Math.abs((long) time.getYear()) > 300_000
        || time.get(ChronoField.NANO_OF_SECOND) % 1000 != 0) {
      return null;
    }
    long micros;
    try {
      micros = ChronoUnit.MICROS.between(EPOCH, time);
    } catch (ArithmeticException e) {
      return null;
    }
    return fits(micros) ? micros : null;
  }
}
