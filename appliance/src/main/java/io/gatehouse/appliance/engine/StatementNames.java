package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.sql.Consequence;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the texts that the protocol prepared under names still stand behind them: SQL shares the
 * names, and so does code that nobody read. Owned by the session's event loop.
 *
 * <p>Each statement is as old as the submission that prepared it, which its memo keeps. Code can
 * put only statements of SQL behind a name, and the server tells which these are.
 */
final class StatementNames {
  private static final int MOST_GONE = 1_000;

  /** Names that SQL took away or gave, and the last submission that did. */
  private final Map<String, Long> gone = new HashMap<>();

  /** What was prepared up to here may have been replaced by code. */
  private long doubtful;

  /** What is known of a name. */
  enum Trust {
    TRUSTED,
    /** The server can tell. */
    DOUBTFUL,
    /** SQL took it. */
    GONE
  }

  /**
   * Whether a text stands behind a name.
   *
   * @param memo what was left at its preparation
   */
  Trust trust(String statement, @Nullable Object memo) {
    if (!(memo instanceof Prepared made)) {
      return Trust.GONE;
    }
    long prepared = made.submission();
    Long taken = gone.get(statement);
    if (taken != null && taken >= prepared) {
      return Trust.GONE;
    }
    return prepared > doubtful ? Trust.TRUSTED : Trust.DOUBTFUL;
  }

  /** Code that nobody read may have run, up to this submission. */
  void codeRan(long sequence) {
    doubtful = Math.max(doubtful, sequence);
  }

  /** A command may run from now on. */
  void leaves(long sequence, Consequence consequence) {
    switch (consequence) {
      case Consequence.Deallocates(String name) -> taken(sequence, name);
      case Consequence.Prepares(String name, _, _) -> taken(sequence, name);
      case Consequence.MovesNames _,
          Consequence.MovesObjects _,
          Consequence.MakesTemporary _,
          Consequence.BeginsAnew _,
          Consequence.RunsCode _,
          Consequence.EndsTransaction _,
          Consequence.Defines _,
          Consequence.Declares _,
          Consequence.Closes _,
          Consequence.RunsPrepared _,
          Consequence.Fetches _ -> {}
    }
  }

  private void taken(long sequence, String name) {
    if (name.isEmpty() || gone.size() >= MOST_GONE) {
      codeRan(sequence);
      gone.clear();
    } else {
      gone.put(name, sequence);
    }
  }

  /**
   * The server was asked, after everything that was forwarded.
   *
   * @param sequence the submission before which it was asked
   * @param ofSql the names that stand for statements of SQL
   */
  void told(long sequence, Set<String> ofSql) {
    doubtful = 0;
    gone.clear();
    ofSql.forEach(name -> gone.put(name, sequence));
  }
}
