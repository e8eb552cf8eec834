package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.SearchPath;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.spi.SessionView;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What unqualified names mean in one session, as far as the server has said. Owned by the session's
 * event loop.
 *
 * <p>A command that may move names makes them unknown from the moment it may run. They are known
 * again when the server has reported its search path after all was answered (PostgreSQL 18 does),
 * or, where more than the path may have moved, when it was asked.
 */
final class SessionNames {
  private static final int MOST_GONE = 1_000;

  /** Set by the server's own report; null where it does not report it. */
  private @Nullable String reportedPath;

  private NameState.@Nullable Known known;
  private Doubt doubt = Doubt.ALL;
  private boolean movedInTransaction;
  private long lastMover;

  /**
   * Prepared statements whose names SQL took away: what is behind them next, nobody may have read.
   */
  private final Set<String> gone = new HashSet<>();

  /** Another object for every other state, so that a comparison costs nothing. */
  private Object generation = new Object();

  /** What is not known. */
  private enum Doubt {
    NOTHING,
    /** The search path; the session's own objects and its role are as before. */
    PATH,
    ALL
  }

  /**
   * What names mean for the next command.
   *
   * @param made relations that the open transaction made
   */
  NameState now(Set<QualifiedName> made) {
    NameState.Known current = known;
    if (current == null || doubt != Doubt.NOTHING) {
      return NameState.UNKNOWN;
    }
    if (!current.made().equals(made)) {
      current = new NameState.Known(current.path(), current.user(), current.temporary(), made);
      known = current;
    }
    return current;
  }

  /** Changes whenever code ran that may have taken over what a name stands for. */
  Object generation() {
    return generation;
  }

  /** The last command that may have moved names. */
  long lastMover() {
    return lastMover;
  }

  /** A command may run from now on. */
  void runs(long sequence, Known command) {
    for (Known.Part part : command.parts()) {
      part.analysed().consequences().forEach(one -> takesName(sequence, one));
    }
    if (command.leaves(Consequence.RunsCode.class)) {
      generation = new Object();
      moved(sequence, Doubt.ALL);
    } else if (command.leaves(Consequence.MovesObjects.class)) {
      moved(sequence, Doubt.ALL);
    } else if (command.leaves(Consequence.MovesNames.class)) {
      moved(sequence, Doubt.PATH);
    }
    if (movedInTransaction && command.leaves(Consequence.EndsTransaction.class)) {
      moved(sequence, Doubt.ALL);
    }
  }

  private void takesName(long sequence, Consequence consequence) {
    switch (consequence) {
      case Consequence.Deallocates(String name) -> {
        if (name.isEmpty() || gone.size() >= MOST_GONE) {
          generation = new Object();
          gone.clear();
        } else {
          gone.add(name);
        }
      }
      case Consequence.Closes _ -> lastMover = sequence;
      case Consequence.MovesNames _,
          Consequence.MovesObjects _,
          Consequence.RunsCode _,
          Consequence.EndsTransaction _,
          Consequence.Defines _,
          Consequence.Prepares _,
          Consequence.Declares _,
          Consequence.RunsPrepared _,
          Consequence.Fetches _ -> {}
    }
  }

  /** Whether the text that was read under a name, at a generation, still stands behind it. */
  @SuppressWarnings("ReferenceEquality") // a generation is one object and nothing else
  boolean trusted(String statement, @Nullable Object asOf) {
    return asOf == generation && !gone.contains(statement);
  }

  /** The protocol gives the name to a text that was read. */
  void prepared(String statement) {
    gone.remove(statement);
  }

  private void moved(long sequence, Doubt what) {
    lastMover = sequence;
    movedInTransaction = true;
    doubt = doubt.compareTo(what) >= 0 ? doubt : what;
  }

  /** All is answered, and the server has reported what it reports. */
  void settled(SessionView session) {
    String reported = session.setting("search_path");
    boolean same = Objects.equals(reported, reportedPath);
    reportedPath = reported;
    if (session.transaction() == SessionView.Transaction.NONE) {
      movedInTransaction = false;
    }
    // A path that moved without a command that was known to move it is believed all the same.
    boolean path = doubt == Doubt.PATH || (doubt == Doubt.NOTHING && !same);
    if (path && known != null && reportedPath != null) {
      known = new NameState.Known(SearchPath.parse(reportedPath), known.user(), known.temporary());
      doubt = Doubt.NOTHING;
    }
  }

  /**
   * The session is fresh and has nothing of its own yet; where the server reports the path, all is
   * known.
   *
   * @param user who the session is at the server
   */
  void begins(SessionView session, String user) {
    reportedPath = session.setting("search_path");
    if (reportedPath != null) {
      told(SearchPath.parse(reportedPath), user, Set.of());
    }
  }

  /** The server was asked after all had settled. */
  void told(List<String> path, String user, Set<String> temporary) {
    known = new NameState.Known(path, user, temporary);
    doubt = Doubt.NOTHING;
  }
}
