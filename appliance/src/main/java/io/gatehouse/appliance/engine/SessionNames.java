package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.SearchPath;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.NamesQuestion;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Operation;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.SessionView.Transaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What unqualified names mean in one session, as far as the server has said. Owned by the session's
 * event loop.
 *
 * <p>A command that may move names makes them unknown from the moment it may run. They are known
 * again when the server has reported its search path after all was answered (PostgreSQL 18 does),
 * or, where more than the path may have moved, when it was asked. The end of a transaction moves
 * them again: settings are undone, and what was deferred runs.
 */
final class SessionNames {
  /** More temporary tables than this are not told apart. */
  private static final int MOST_OWN_TABLES = 1_000;

  private final StatementNames statements;

  /** Temporary tables that statements made, for servers that do not list them. */
  private final Set<String> ownTables = new HashSet<>();

  /** Whether the session may have more of them. */
  private boolean hiddenTables;

  /** The command with which the session begins anew, 0 if none is under way. */
  private long anew;

  /** Set by the server's own report; null where it does not report it. */
  private @Nullable String reportedPath;

  private NameState.@Nullable Known known;
  private Doubt doubt = Doubt.ALL;

  /** Whether names moved in a transaction whose end was not seen. */
  private boolean movedInTransaction;

  /** The same of code that ran. */
  private boolean codeInTransaction;

  /** Whether such code was more than a setting, so that the transaction has begun in earnest. */
  private boolean queriedInTransaction;

  private Transaction settledAs = Transaction.NONE;
  private boolean ranSinceSettled;
  private long settledBatches;
  private long last;
  private long lastMover;
  private long moves;

  /** What is not known. */
  private enum Doubt {
    NOTHING,
    /** The search path; the session's own objects and its role are as before. */
    PATH,
    ALL
  }

  SessionNames(StatementNames statements) {
    this.statements = statements;
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
      current =
          new NameState.Known(
              current.path(), current.user(), current.temporary(), made, current.settings());
      known = current;
    }
    return current;
  }

  /** The last command that may have moved names. */
  long lastMover() {
    return lastMover;
  }

  /** The last submission. */
  long last() {
    return last;
  }

  /** Changes whenever what the server says of names may be out of date. */
  long moves() {
    return moves;
  }

  /**
   * A command is submitted. If a batch has ended whose end nobody saw, so may a transaction have.
   *
   * @return whether code may have run there that was deferred
   */
  boolean submitted(long sequence, SessionView session) {
    boolean unseenEnd = session.batches() != settledBatches && movedInTransaction;
    settledBatches = session.batches();
    if (unseenEnd) {
      transactionEnds();
    }
    last = sequence;
    return unseenEnd && codeInTransaction;
  }

  private void transactionEnds() {
    if (codeInTransaction) {
      statements.codeRan(last);
    }
    moved(last, Doubt.ALL);
  }

  /** A command may run from now on. */
  void runs(long sequence, Known command) {
    ranSinceSettled = true;
    for (Known.Part part : command.parts()) {
      part.analysed().consequences().forEach(one -> statements.leaves(sequence, one));
      part.analysed().consequences().forEach(one -> madeTemporary(sequence, one));
      if (part.analysed().consequences().contains(Consequence.RUNS_CODE)) {
        codeInTransaction = true;
        queriedInTransaction |= part.analysed().command().operation() != Operation.SESSION;
      }
    }
    if (command.leaves(Consequence.Closes.class)) {
      lastMover = sequence;
    }
    if (command.leaves(Consequence.BeginsAnew.class)) {
      anew = sequence;
    }
    if (command.leaves(Consequence.RunsCode.class)) {
      hiddenTables = true;
      statements.codeRan(sequence);
      moved(sequence, Doubt.ALL);
    } else if (command.leaves(Consequence.MovesObjects.class)
        || command.leaves(Consequence.BeginsAnew.class)) {
      moved(sequence, Doubt.ALL);
    } else if (command.leaves(Consequence.MovesNames.class)) {
      moved(sequence, Doubt.PATH);
    }
    if (movedInTransaction && command.leaves(Consequence.EndsTransaction.class)) {
      last = sequence;
      transactionEnds();
      queriedInTransaction = false;
    }
  }

  /** From now on, whether or not it succeeds, the name is in doubt. */
  private void madeTemporary(long sequence, Consequence consequence) {
    if (consequence instanceof Consequence.MakesTemporary(Set<QualifiedName> tables)) {
      tables.forEach(table -> ownTables.add(table.toString()));
      if (ownTables.size() > MOST_OWN_TABLES) {
        ownTables.clear();
        hiddenTables = true;
      }
      moved(sequence, Doubt.PATH);
    }
  }

  /** A command is over. */
  void outcome(long sequence, OutcomeKind kind) {
    if (sequence == anew && kind == OutcomeKind.SUCCEEDED) {
      ownTables.clear();
      hiddenTables = false;
    }
    anew = sequence == anew ? 0 : anew;
  }

  private void moved(long sequence, Doubt what) {
    lastMover = sequence;
    moves++;
    movedInTransaction = true;
    doubt = doubt.compareTo(what) >= 0 ? doubt : what;
  }

  /** All is answered, and the server has reported what it reports. */
  void settled(SessionView session) {
    String reported = session.setting("search_path");
    boolean same = Objects.equals(reported, reportedPath);
    reportedPath = reported;
    settledAs = session.transaction();
    settledBatches = session.batches();
    ranSinceSettled = false;
    // A path that moved without a command that was known to move it is believed all the same.
    boolean path = doubt == Doubt.PATH || (doubt == Doubt.NOTHING && !same);
    boolean ended = settledAs == Transaction.NONE;
    if (ended && (codeInTransaction || (movedInTransaction && doubt == Doubt.NOTHING))) {
      // What was told inside of the transaction was true there.
      transactionEnds();
    } else if (path && known != null && reportedPath != null) {
      known = new NameState.Known(SearchPath.parse(reportedPath), known.user(), known.temporary());
      doubt = Doubt.NOTHING;
    }
    if (ended) {
      movedInTransaction = false;
      codeInTransaction = false;
      queriedInTransaction = false;
    }
  }

  /**
   * Whether the server is to be asked as soon as all has settled: not in a transaction that may
   * still be told of its isolation level, which is impossible after a query.
   */
  boolean toBeAsked() {
    boolean harmless =
        settledAs == Transaction.NONE || (settledAs == Transaction.OPEN && queriedInTransaction);
    return harmless && (known == null || doubt != Doubt.NOTHING);
  }

  /**
   * Whether the transaction has failed: the server runs nothing in it but its end, whatever stands
   * behind a name.
   */
  boolean failed() {
    return settledAs == Transaction.FAILED && !ranSinceSettled;
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

  /** The server was asked, after everything that was forwarded. */
  void told(NamesQuestion.Told told) {
    if (told.temporary().isPresent()) {
      told(told.path(), told.user(), told.temporary().get());
      return;
    }
    Map<String, String> settings = new HashMap<>(told.settings());
    if (hiddenTables) {
      settings.put(NameState.HIDDEN_TABLES, "yes");
    }
    known = new NameState.Known(told.path(), told.user(), ownTables, Set.of(), settings);
    doubt = Doubt.NOTHING;
  }

  private void told(List<String> path, String user, Set<String> temporary) {
    known = new NameState.Known(path, user, temporary);
    doubt = Doubt.NOTHING;
  }
}
