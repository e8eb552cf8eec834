package io.gatehouse.appliance.journal.keep;

import io.gatehouse.appliance.journal.seal.SealedRows;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Finds payload files of which every key was given up. */
final class Dead {
  private final Map<Integer, Set<UUID>> pruned;
  private final Set<Long> finished;
  private final Set<Payloads> seen = new LinkedHashSet<>();
  private final Set<Payloads> living = new LinkedHashSet<>();

  /** The payloads of one class in a segment. */
  record Payloads(long segment, int retention) {}

  /**
   * @param pruned by the number of the class
   * @param finished segments that are
   */
  Dead(Map<Integer, Set<UUID>> pruned, Set<Long> finished) {
    this.pruned = pruned;
    this.finished = finished;
  }

  void take(SealedRows.Row row) {
    if (row.retention() == 0 || !finished.contains(row.segment())) {
      return;
    }
    Payloads file = new Payloads(row.segment(), row.retention());
    if (!living.contains(file)) {
      boolean gone = pruned.getOrDefault(row.retention(), Set.of()).contains(row.dataKey());
      (gone ? seen : living).add(file);
    }
  }

  Set<Payloads> payloads() {
    seen.removeAll(living);
    return seen;
  }
}
