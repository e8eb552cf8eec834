package io.gatehouse.appliance.journal.keep;

import java.time.Instant;

/** Times as rows have them: nanoseconds since 1970. */
final class Nanos {
  private static final long SECOND = 1_000_000_000L;

  private Nanos() {}

  /** What is out of reach of 64 bits is as far as they go. */
  static long of(Instant instant) {
    try {
      return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    } catch (ArithmeticException e) {
      return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}
