package io.gatehouse.appliance.credential;

import java.time.Duration;

/**
 * How long a place that had nothing new is left alone, although servers go on refusing what it has.
 * Owned by whoever guards it.
 */
final class Pause {
  static final Duration SHORTEST = Duration.ofSeconds(2);
  static final Duration LONGEST = Duration.ofSeconds(60);

  private Duration length = Duration.ZERO;
  private long since;

  /** Whether it may be asked now; a yes is the beginning of the next pause. */
  boolean over(long nanos) {
    Duration passed = Duration.ofNanos(nanos - since);
    if (!length.isZero() && passed.compareTo(length) < 0) {
      return false;
    }
    boolean again = !length.isZero() && passed.compareTo(length.multipliedBy(2)) < 0;
    Duration doubled = length.multipliedBy(2);
    length = !again ? SHORTEST : doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    since = nanos;
    return true;
  }
}
