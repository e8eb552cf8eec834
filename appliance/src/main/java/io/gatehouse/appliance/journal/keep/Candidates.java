package io.gatehouse.appliance.journal.keep;

import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.seal.RefusedException;
import io.gatehouse.appliance.journal.seal.SealedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The data keys of a class that may go, and why the others that are as old may not. */
final class Candidates {
  /** So that memory is bounded; what is over is looked for again. */
  static final int MOST = 1 << 18;

  private static final UUID NONE = new UUID(0, 0);

  private final int retention;
  private final long limit;
  private final UUID boot;
  private final Set<UUID> pruned;
  private final Map<UUID, Key> keys = new LinkedHashMap<>();

  /** Keys of this process's sessions, which are in use until the session is closed. */
  private final Map<UUID, Key> open = new HashMap<>();

  private static final class Key {
    private final UUID session;
    private long first;
    private long last;
    private boolean live;

    Key(SealedRows.Row row, boolean live) {
      this.session = row.session();
      this.first = row.wall();
      this.last = row.wall();
      this.live = live;
    }
  }

  /**
   * What is found.
   *
   * @param free may go
   * @param held how many a hold covers
   * @param live how many may still be in use
   */
  record Selection(List<UUID> free, int held, int live) {}

  /**
   * @param retention the number of the class
   * @param limit every record must be older, nanoseconds since 1970
   * @param boot of this process
   * @param pruned what is given up already
   */
  Candidates(int retention, long limit, UUID boot, Set<UUID> pruned) {
    this.retention = retention;
    this.limit = limit;
    this.boot = boot;
    this.pruned = pruned;
  }

  Selection select(SealedRows rows, Collection<Covered> holds)
      throws IOException, RefusedException {
    rows.read((row, _) -> take(row));
    Set<UUID> free = new HashSet<>();
    int held = 0;
    int live = 0;
    for (Map.Entry<UUID, Key> entry : keys.entrySet()) {
      Key key = entry.getValue();
      if (key.last >= limit) {
        continue;
      }
      if (key.live) {
        live++;
      } else if (holds.stream().anyMatch(one -> one.covers(key.session, key.first, key.last))) {
        held++;
      } else {
        free.add(entry.getKey());
      }
    }
    return new Selection(new ArrayList<>(free), held, live);
  }

  private void take(SealedRows.Row row) {
    if (row.kind() == Kind.SESSION_CLOSED.code()) {
      Key closed = open.remove(row.session());
      if (closed != null) {
        closed.live = false;
      }
    }
    if (row.retention() != retention || row.dataKey().equals(NONE)) {
      return;
    }
    Key known = keys.get(row.dataKey());
    if (known != null) {
      // clocks go back now and then: no record is taken for older than another one of its key
      known.first = Math.min(known.first, row.wall());
      known.last = Math.max(known.last, row.wall());
    } else if (keys.size() < MOST && !pruned.contains(row.dataKey())) {
      boolean live = row.boot().equals(boot) && row.kind() != Kind.SESSION_CLOSED.code();
      Key key = new Key(row, live);
      keys.put(row.dataKey(), key);
      if (live) {
        open.put(row.session(), key);
      }
    }
  }
}
