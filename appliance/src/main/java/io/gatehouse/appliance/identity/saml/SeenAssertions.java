package io.gatehouse.appliance.identity.saml;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Ids of assertions that were accepted, as long as they would be accepted again. Thread-safe. */
final class SeenAssertions {
  private final int most;

  // Guarded by this.
  private final Map<String, Instant> untilById = new HashMap<>();

  SeenAssertions(int most) {
    this.most = most;
  }

  /** Refuses what was there already, and what cannot be remembered. */
  synchronized void remember(String id, Instant until, Instant now)
      throws RefusedResponseException {
    if (untilById.size() >= most) {
      untilById.values().removeIf(end -> !end.isAfter(now));
    }
    RefusedResponseException.unless(untilById.size() < most, SamlRefusal.REPLAY_MEMORY_FULL);
    Instant before = untilById.putIfAbsent(id, until);
    RefusedResponseException.unless(before == null, SamlRefusal.REPLAYED);
  }
}
