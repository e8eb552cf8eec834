package io.gatehouse.appliance.journal.index;

import java.util.EnumMap;
import java.util.Map;

/**
 * What is looked for; all of it has to fit.
 *
 * @param session facets of the session's opening, with normal values
 * @param command facets of the command
 * @param from nanoseconds since 1970
 * @param until the last one
 */
public record Query(Map<Facet, String> session, Map<Facet, String> command, long from, long until) {
  public static final Query ALL = new Query(Map.of(), Map.of(), Long.MIN_VALUE, Long.MAX_VALUE);

  public Query {
    session = Map.copyOf(session);
    command = Map.copyOf(command);
  }

  public Query with(Facet facet, String value) {
    boolean ofSession = facet == Facet.CALLER || facet == Facet.TARGET;
    Map<Facet, String> more = new EnumMap<>(Facet.class);
    more.putAll(ofSession ? session : command);
    more.put(facet, Facts.normal(value));
    return ofSession
        ? new Query(more, command, from, until)
        : new Query(session, more, from, until);
  }

  public Query between(long first, long last) {
    return new Query(session, command, first, last);
  }

  boolean at(long wallClock) {
    return wallClock >= from && wallClock <= until;
  }

  /** Whether it leaves anything out. */
  public boolean choosy() {
    return !equals(ALL);
  }
}
