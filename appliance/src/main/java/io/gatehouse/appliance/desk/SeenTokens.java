package io.gatehouse.appliance.desk;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Tokens that came, until they expire. Thread-safe. Where there are too many the one that expires
 * first is forgotten: refusing new ones would keep in whoever is to be logged out, and one that
 * comes again changes nothing.
 */
final class SeenTokens {
  static final int MOST = 10_000;

  // Guarded by this.
  private final Map<String, Instant> expiries = new HashMap<>();
  private final PriorityQueue<Seen> order = new PriorityQueue<>(Comparator.comparing(Seen::expiry));

  private record Seen(String id, Instant expiry) {}

  /** Whether it did not come before. */
  synchronized boolean first(String id, Instant expiry, Instant now) {
    while (!order.isEmpty() && (order.size() >= MOST || !order.peek().expiry().isAfter(now))) {
      Seen oldest = order.remove();
      expiries.remove(oldest.id(), oldest.expiry());
    }
    if (expiries.putIfAbsent(id, expiry) != null) {
      return false;
    }
    order.add(new Seen(id, expiry));
    return true;
  }

  synchronized void forget(String id) {
    expiries.remove(id);
  }
}
