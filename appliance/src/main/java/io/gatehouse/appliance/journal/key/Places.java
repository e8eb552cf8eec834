package io.gatehouse.appliance.journal.key;

import java.util.UUID;

/** Where the slot of each id is; ids are random, so they are their own hash. */
final class Places {
  private static final int WORDS = 3;

  /** Most and least significant bits of the id, the place plus 1; zeros are free. */
  private long[] table = new long[WORDS << 10];

  private int used;

  void put(long most, long least, long place) {
    if ((used + 1) * 2L * WORDS > table.length) {
      grow();
    }
    int at = slot(most, least);
    used += table[at + 2] == 0 ? 1 : 0;
    table[at] = most;
    table[at + 1] = least;
    table[at + 2] = place + 1;
  }

  /** -1 if there is none. */
  long of(UUID id) {
    return table[slot(id.getMostSignificantBits(), id.getLeastSignificantBits()) + 2] - 1;
  }

  private int slot(long most, long least) {
    int mask = table.length / WORDS - 1;
    int at = (int) (most ^ least) & mask;
    while (table[at * WORDS + 2] != 0
        && (table[at * WORDS] != most || table[at * WORDS + 1] != least)) {
      at = at + 1 & mask;
    }
    return at * WORDS;
  }

  private void grow() {
    long[] old = table;
    table = new long[old.length * 2];
    used = 0;
    for (int at = 0; at < old.length; at += WORDS) {
      if (old[at + 2] != 0) {
        put(old[at], old[at + 1], old[at + 2] - 1);
      }
    }
  }
}
