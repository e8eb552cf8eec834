package io.gatehouse.verifier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one record says of another: numbers, boots, clocks, answers. It remembers the commands that
 * were not answered yet in this boot, and the holes that no record named yet.
 */
final class Continuity {
  private static final long TOLERANCE_NANOS = 1_000_000_000L;
  private static final int MOST_REMEMBERED = 200_000;

  private final Report report;
  private final Map<Long, Finding> unanswered = new LinkedHashMap<>();
  private final TreeMap<Long, Finding> holes = new TreeMap<>();
  private long sequence = -1;
  private boolean skipped;
  // more was open than is remembered: what is answered cannot be told any more
  private boolean forgotten;
  private @Nullable UUID boot;
  private long node;
  private long wall = Long.MIN_VALUE;
  private long monotonic = Long.MIN_VALUE;

  Continuity(Report report) {
    this.report = report;
  }

  /** The number of the last record. */
  long sequence() {
    return sequence;
  }

  /** Rows before the next one are not there or not to be believed; that has been said. */
  void skip() {
    skipped = true;
  }

  /** Takes the next record; where it is, with nothing found yet. */
  void accept(Row row, Finding where, byte @Nullable [] clear) {
    number(row, where);
    boot(row, where);
    clocks(row, where);
    answers(row, where);
    if (namesHoles(row)) {
      Map<?, ?> said = clear == null ? null : Cbor.map(clear);
      long lost = named(said, where);
      if (lost > 0 && row.kind() == Row.GAP) {
        say(
            Kind.LOST,
            where,
            lost + " records before it were given up while nothing could be written");
      } else if (lost > 0 && said != null) {
        recovered(said, lost, where);
      }
    }
  }

  /** Whether the record may say which numbers are left out. */
  static boolean namesHoles(Row row) {
    return row.kind() == Row.RECOVERED || row.kind() == Row.GAP;
  }

  private void number(Row row, Finding where) {
    long expected = sequence + 1;
    if (row.sequence() < expected) {
      say(
          Kind.REORDERED,
          where,
          "its number is not greater than " + sequence + ", that of the one before");
    } else if (row.sequence() > expected && !skipped) {
      remember(
          holes,
          expected,
          at(
              Kind.MISSING,
              where,
              numbers(expected, row.sequence() - 1) + " left out, and no record says why"));
    }
    sequence = Math.max(sequence, row.sequence());
    skipped = false;
  }

  private void boot(Row row, Finding where) {
    if (boot == null) {
      node = row.node();
    }
    if (row.node() != node) {
      say(Kind.ALTERED, where, "it is of node " + row.node() + ", not " + node);
    }
    if (!row.boot().equals(boot)) {
      if (row.kind() != Row.STARTED && row.kind() != Row.RECOVERED) {
        say(
            Kind.MISSING,
            where,
            "another start of the process begins with neither 'started' nor 'recovered'");
      }
      unanswered.values().forEach(report::add);
      unanswered.clear();
      boot = row.boot();
      monotonic = Long.MIN_VALUE;
    }
  }

  private void clocks(Row row, Finding where) {
    if (wall > Long.MIN_VALUE + TOLERANCE_NANOS && row.wall() < wall - TOLERANCE_NANOS) {
      say(
          Kind.CLOCK_REGRESSION,
          where,
          "the wall clock went back by " + (wall - row.wall()) + " ns");
      wall = row.wall();
    }
    if (monotonic > Long.MIN_VALUE + TOLERANCE_NANOS
        && row.monotonic() < monotonic - TOLERANCE_NANOS) {
      say(
          Kind.CLOCK_REGRESSION,
          where,
          "the monotonic clock went back by " + (monotonic - row.monotonic()) + " ns");
      monotonic = row.monotonic();
    }
    wall = Math.max(wall, row.wall());
    monotonic = Math.max(monotonic, row.monotonic());
  }

  private void answers(Row row, Finding where) {
    if (row.answers() >= row.sequence() && row.answers() != -1) {
      say(Kind.ALTERED, where, "it answers " + row.answers() + ", which comes later");
    }
    if (row.kind() == Row.INTENT) {
      remember(
          unanswered,
          row.sequence(),
          at(Kind.INTENT_WITHOUT_OUTCOME, where, "no outcome is on record"));
    }
    if (row.kind() == Row.RESULT && !unanswered.containsKey(row.answers()) && !forgotten) {
      say(
          Kind.MISSING,
          where,
          "it is of the result of " + row.answers() + ", which is no open intent of this boot");
    }
    if (row.kind() == Row.OUTCOME && unanswered.remove(row.answers()) == null && !forgotten) {
      say(
          Kind.MISSING,
          where,
          "it answers " + row.answers() + ", which is no open intent of this boot");
    }
  }

  /** How many records were lost in the holes that this one names. */
  private long named(@Nullable Map<?, ?> said, Finding where) {
    if (said == null || !(said.get(0L) instanceof List<?> named)) {
      say(Kind.ALTERED, where, "it should say which numbers are left out, and cannot be read");
      return 0;
    }
    long lost = 0;
    for (Object hole : named) {
      if (hole instanceof List<?> ends
          && ends.size() == 2
          && ends.get(0) instanceof Long from
          && ends.get(1) instanceof Long to) {
        Finding known = holes.get(from);
        if (known != null && known.text().startsWith(numbers(from, to))) {
          holes.remove(from);
          lost += to - from + 1;
        }
      }
    }
    return lost;
  }

  /** What is known of the crash, and whether it explains so many. */
  private void recovered(Map<?, ?> said, long lost, Finding where) {
    boolean restarted = Boolean.TRUE.equals(said.get(4L));
    boolean few = said.get(5L) instanceof Long queues && lost <= queues;
    Kind kind = restarted || few ? Kind.LOST : Kind.MISSING;
    say(
        kind,
        where,
        lost + " records before it were lost in a crash; " + explain(restarted, few, said.get(3L)));
  }

  private static String explain(boolean restarted, boolean few, @Nullable Object mode) {
    if (few) {
      return "not more than were being written at that moment";
    }
    return restarted
        ? "the machine itself was restarted, with sync mode '" + mode + "'"
        : "the machine kept running, which does not lose so many";
  }

  /** Says what nothing explained. */
  void finish() {
    holes.values().forEach(report::add);
    unanswered.values().forEach(report::add);
  }

  private void remember(Map<Long, Finding> known, long key, Finding finding) {
    if (known.size() < MOST_REMEMBERED) {
      known.put(key, finding);
    } else {
      report.add(finding);
      forgotten = true;
    }
  }

  static String numbers(long from, long to) {
    return from == to ? "number " + from + " is" : "numbers " + from + " to " + to + " are";
  }

  private void say(Kind kind, Finding where, String text) {
    report.add(at(kind, where, text));
  }

  /** What is behind the newest checkpoint is not proved, whatever it is. */
  private static Finding at(Kind kind, Finding where, String text) {
    boolean proved = where.kind() != Kind.UNSEALED;
    return new Finding(
        proved ? kind : Kind.UNSEALED,
        where.index(),
        where.sequence(),
        where.file(),
        where.offset(),
        text);
  }
}
