package io.gatehouse.appliance.identity.guard;

/**
 * Moments in time by key, in as many places as there were at the beginning: what is earliest in its
 * row makes room. Keys are random to who sends them, so nobody can aim at a row. Thread-safe; a row
 * is held for a few comparisons.
 */
final class Tallies {
  private static final int WAYS = 8;
  private static final int BITS_OF_LOCK = 6;

  private final int rows;
  private final long[] keys;
  private final long[] moments;
  private final Object[] locks = new Object[1 << BITS_OF_LOCK];

  /** What becomes of a moment. */
  @FunctionalInterface
  interface Step {
    /**
     * @param moment that is kept; the smallest where there is none
     */
    long next(long moment);
  }

  /**
   * @param places a power of two, no less than 512
   */
  Tallies(int places) {
    rows = places / WAYS;
    keys = new long[places];
    moments = new long[places];
    for (int at = 0; at < places; at++) {
      moments[at] = Long.MIN_VALUE;
    }
    for (int at = 0; at < locks.length; at++) {
      locks[at] = new Object();
    }
  }

  long get(long key) {
    int row = row(key);
    synchronized (lock(row)) {
      int place = find(row, key);
      return place < 0 ? Long.MIN_VALUE : moments[place];
    }
  }

  void update(long key, Step step) {
    int row = row(key);
    synchronized (lock(row)) {
      int found = find(row, key);
      long next = step.next(found < 0 ? Long.MIN_VALUE : moments[found]);
      int place = found < 0 ? earliest(row) : found;
      keys[place] = key;
      moments[place] = next;
    }
  }

  private int row(long key) {
    return (int) ((key >>> 1) % rows);
  }

  private Object lock(int row) {
    return locks[row & (locks.length - 1)];
  }

  private int find(int row, long key) {
    for (int place = row * WAYS; place < (row + 1) * WAYS; place++) {
      if (keys[place] == key && moments[place] != Long.MIN_VALUE) {
        return place;
      }
    }
    return -1;
  }

  private int earliest(int row) {
    int earliest = row * WAYS;
    for (int place = earliest + 1; place < (row + 1) * WAYS; place++) {
      if (moments[place] < moments[earliest]) {
        earliest = place;
      }
    }
    return earliest;
  }
}
