package io.gatehouse.appliance.identity.guard;

import java.time.Duration;

/**
 * So many in a minute, as a bucket that empties steadily. Of a bucket only the moment is kept at
 * which it will be empty (the generic cell rate algorithm of ATM, ITU-T I.371).
 */
final class Rate {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Tallies buckets;
  private final long each;
  private final long full;

  /**
   * @param most at once, and in a minute
   */
  Rate(int places, long most) {
    buckets = new Tallies(places);
    each = Math.max(1, MINUTE / most);
    full = Math.multiplyExact(each, most);
  }

  /** Whether there is no room for one more. */
  boolean reached(long key, long now) {
    long empty = buckets.get(key);
    // A time that overflows would be centuries ahead.
    return empty > now && empty - now > full - each;
  }

  void count(long key, long now) {
    buckets.update(key, empty -> Math.min(Math.max(empty, now) + each, now + full));
  }
}
