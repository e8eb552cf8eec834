package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.read.Entry;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The openings of sessions, some of them kept. Not thread-safe. */
final class Openings {
  private static final int MOST_KEPT = 4_096;
  private static final int CODE = Kind.SESSION_OPENED.code();
  private static final long TAIL = -1;

  private final Indexes indexes;
  private final Map<UUID, Opening> kept = new LinkedHashMap<>(16, 0.75f, true);
  private Optional<Map<UUID, Opening>> ofTail = Optional.empty();

  Openings(Indexes indexes) {
    this.indexes = indexes;
  }

  static boolean is(Entry entry) {
    return entry.row().kind() == CODE;
  }

  Opening read(Entry entry, long segment) throws IOException {
    return new Opening(
        entry.row().session(),
        segment,
        entry.row().sequence(),
        entry.row().wallClock(),
        indexes.reader().content(entry));
  }

  /** Those of sessions that may be meant: of some the index is wrong, or says nothing. */
  Set<UUID> candidates(Map<Facet, String> wanted) throws IOException {
    Set<UUID> sessions = new HashSet<>();
    for (long first : indexes.reader().segments()) {
      Indexed indexed = indexes.of(first);
      indexed.find(
          row -> {
            Entry entry = indexed.entry(row);
            if (is(entry)) {
              sessions.add(entry.row().session());
            }
            return true;
          },
          terms(wanted));
    }
    sessions.addAll(tail().keySet());
    return sessions;
  }

  long[] terms(Map<Facet, String> wanted) {
    long[] terms = new long[wanted.size() + 1];
    int at = 0;
    for (Map.Entry<Facet, String> one : wanted.entrySet()) {
      terms[at++] = indexes.terms().of(one.getKey(), one.getValue());
    }
    terms[at] = indexes.terms().kind(CODE);
    return terms;
  }

  Map<UUID, Opening> tail() throws IOException {
    if (ofTail.isEmpty()) {
      Map<UUID, Opening> found = new HashMap<>();
      indexes
          .reader()
          .tail(
              entry -> {
                if (is(entry)) {
                  found.put(entry.row().session(), read(entry, TAIL));
                }
                return true;
              });
      ofTail = Optional.of(found);
    }
    return ofTail.get();
  }

  /**
   * @param before a segment with a record of the session, or -1 for the tail
   */
  Optional<Opening> of(UUID session, long before) throws IOException {
    Opening known = kept.get(session);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Opening> found = Optional.ofNullable(before < 0 ? tail().get(session) : null);
    List<Long> segments = indexes.reader().segments();
    for (int i = segments.size() - 1; i >= 0 && found.isEmpty(); i--) {
      if (before < 0 || segments.get(i) <= before) {
        found = in(segments.get(i), session);
      }
    }
    found.ifPresent(this::keep);
    return found;
  }

  private Optional<Opening> in(long first, UUID session) throws IOException {
    Indexed indexed = indexes.of(first);
    Opening[] found = new Opening[1];
    indexed.find(
        row -> {
          Entry entry = indexed.entry(row);
          if (is(entry) && entry.row().session().equals(session)) {
            found[0] = read(entry, first);
          }
          return found[0] == null;
        },
        indexes.terms().session(session),
        indexes.terms().kind(CODE));
    return Optional.ofNullable(found[0]);
  }

  private void keep(Opening opening) {
    if (kept.size() >= MOST_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(opening.session(), opening);
  }
}
