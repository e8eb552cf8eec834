package io.gatehouse.appliance.catalog;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which relation leads to which. May have cycles. */
public final class Edges {
  private final Map<Long, Set<Long>> onward = new HashMap<>();
  private final Map<Long, Set<Long>> back = new HashMap<>();

  public void add(long from, long to) {
    onward.computeIfAbsent(from, _ -> new HashSet<>()).add(to);
    back.computeIfAbsent(to, _ -> new HashSet<>()).add(from);
  }

  public void addAll(Edges other) {
    other.onward.forEach((from, targets) -> targets.forEach(to -> add(from, to)));
  }

  public Set<Long> from(long start) {
    return onward.getOrDefault(start, Set.of());
  }

  /** All that can be reached, without the start. */
  public Set<Long> reachable(long start) {
    if (!onward.containsKey(start)) {
      return Set.of();
    }
    Set<Long> seen = walk(onward, List.of(start));
    seen.remove(start);
    return seen;
  }

  /** All that lead to one of these, these included. */
  public Set<Long> leadingTo(Collection<Long> ends) {
    return walk(back, ends);
  }

  private static Set<Long> walk(Map<Long, Set<Long>> edges, Collection<Long> starts) {
    Set<Long> seen = new HashSet<>(starts);
    Deque<Long> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (Long next : edges.getOrDefault(open.remove(), Set.of())) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen;
  }
}
