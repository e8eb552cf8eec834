package io.gatehouse.appliance.journal.keep;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which records a hold covers.
 *
 * @param from null for all from the beginning on
 * @param until that moment not included; null for all to come
 * @param sessions none for all
 */
public record Covered(@Nullable Instant from, @Nullable Instant until, List<UUID> sessions) {
  public Covered {
    sessions = List.copyOf(sessions);
  }

  static Covered of(@Nullable Long from, @Nullable Long until, List<UUID> sessions) {
    return new Covered(
        from == null ? null : Nanos.instant(from),
        until == null ? null : Nanos.instant(until),
        sessions);
  }

  /** Whether it may cover one of the records of a key, of which the first and last are known. */
  boolean covers(UUID session, long first, long last) {
    return (sessions.isEmpty() || sessions.contains(session))
        && (from == null || last >= Nanos.of(from))
        && (until == null || first < Nanos.of(until));
  }
}
