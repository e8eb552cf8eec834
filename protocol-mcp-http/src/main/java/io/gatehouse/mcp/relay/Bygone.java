package io.gatehouse.mcp.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The plans of what has ended, for what a server says again when a client comes back: it was
 * decided by them when it was said first. On the conversation's event loop.
 */
final class Bygone {
  /** What is older is not said again. */
  private static final int MOST = 16;

  private final Deque<Passing> plans = new ArrayDeque<>();
  private long count;

  void add(Passing plan) {
    if (plan.looks()) {
      count++;
      plans.addLast(plan);
      if (plans.size() > MOST) {
        plans.removeFirst();
      }
    }
  }

  /** How many have ended so far. */
  long count() {
    return count;
  }

  /** Those that have ended since there were so many; empty if they are not all known any more. */
  Optional<List<Passing>> since(long then) {
    long more = count - then;
    return more > plans.size()
        ? Optional.empty()
        : Optional.of(plans.stream().skip(plans.size() - more).toList());
  }
}
