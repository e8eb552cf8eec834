package io.gatehouse.appliance.journal.tail;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers the entries of all loops, and times them: of two numbers the greater one never has the
 * earlier time. Thread-safe.
 */
final class Sequence {
  private static final long NANOS = 1_000_000_000L;

  private final InstantSource clock;
  private final long started = System.nanoTime();
  private final AtomicLong next;

  Sequence(long first, InstantSource clock) {
    next = new AtomicLong(first);
    this.clock = clock;
  }

  /**
   * A number that is given out.
   *
   * @param wall nanoseconds since 1970
   * @param monotonic nanoseconds since this process began to count
   */
  record Given(long number, long wall, long monotonic) {}

  Given claim() {
    while (true) {
      long number = next.get();
      // Between the two looks at the number, so that a thread that waits for a processor here
      // takes a later number rather than a late time.
      Instant now = clock.instant();
      long monotonic = System.nanoTime() - started;
      if (next.compareAndSet(number, number + 1)) {
        return new Given(number, now.getEpochSecond() * NANOS + now.getNano(), monotonic);
      }
    }
  }
}
