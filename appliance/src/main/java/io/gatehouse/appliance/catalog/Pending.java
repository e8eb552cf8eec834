package io.gatehouse.appliance.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Definitions that run, or whose outcome no reading has seen yet. Not thread-safe: under the lock
 * of its {@link LiveCatalog}.
 */
final class Pending {
  private final Map<Long, Set<QualifiedName>> running = new HashMap<>();
  private final List<Ended> ended = new ArrayList<>();

  /**
   * @param reading the last reading that had begun when the definition ended
   */
  private record Ended(Set<QualifiedName> touched, long reading) {}

  /**
   * What may be out of date.
   *
   * @param everything whether no name is certain
   */
  record Names(boolean everything, Set<QualifiedName> touched) {
    static final Names NONE = new Names(false, Set.of());

    boolean none() {
      return !everything && touched.isEmpty();
    }
  }

  void began(Set<QualifiedName> touched, long token) {
    running.merge(token, Set.copyOf(touched), Pending::both);
  }

  private static Set<QualifiedName> both(Set<QualifiedName> one, Set<QualifiedName> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Set.of();
    }
    Set<QualifiedName> all = new HashSet<>(one);
    all.addAll(other);
    return Set.copyOf(all);
  }

  /** Whether a reading is wanted now. */
  boolean ended(long token, boolean succeeded, long reading) {
    Set<QualifiedName> touched = running.remove(token);
    if (touched == null || !succeeded) {
      return false;
    }
    ended.add(new Ended(touched, reading));
    return true;
  }

  /** A reading has come back that began after everything up to it. */
  void read(long reading) {
    ended.removeIf(definition -> definition.reading() < reading);
  }

  Names names() {
    Set<QualifiedName> touched = new HashSet<>();
    boolean everything = false;
    for (Set<QualifiedName> names : running.values()) {
      everything |= names.isEmpty();
      touched.addAll(names);
    }
    for (Ended definition : ended) {
      everything |= definition.touched().isEmpty();
      touched.addAll(definition.touched());
    }
    return everything || !touched.isEmpty()
        ? new Names(everything, Set.copyOf(touched))
        : Names.NONE;
  }
}
