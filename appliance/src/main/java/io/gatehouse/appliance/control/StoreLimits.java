package io.gatehouse.appliance.control;

import java.time.Duration;

/**
 * What bounds the store.
 *
 * @param threads as many connections at most
 * @param waiting what may wait for a thread; more fails at once
 * @param timeout after which a stage fails, whatever the database does
 */
public record StoreLimits(int threads, int waiting, Duration timeout) {
  public static final StoreLimits DEFAULT = new StoreLimits(4, 1_024, Duration.ofSeconds(5));

  public StoreLimits {
    if (threads < 1 || waiting < 1 || timeout.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException(
          "the control store needs a thread, room for one who waits, and at least 100 ms");
    }
  }

  /** A statement gives up before the stage does, so that the reason is known. */
  Duration ofStatement() {
    return timeout.multipliedBy(3).dividedBy(5);
  }
}
