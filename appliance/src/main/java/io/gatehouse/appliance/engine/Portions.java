package io.gatehouse.appliance.engine;

import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.SessionView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of a limited result was handed out already, where it is taken in portions: a limit is
 * about all of them. Owned by the session's event loop.
 */
final class Portions {
  /** Past this many portals of one transaction, each counts as used up. */
  private static final int MOST = 10_000;

  private final Map<String, Taken> portals = new HashMap<>();
  private final Map<Long, List<Taken>> running = new HashMap<>();

  /** What was taken of one result. */
  static final class Taken {
    private final long boundAfter;
    private long rows;
    private long bytes;
    private boolean underWay;

    Taken(long boundAfter) {
      this.boundAfter = boundAfter;
    }
  }

  /** Of the result that a command hands out by itself, not through a cursor of SQL's. */
  Taken of(CommandForm form) {
    return switch (form) {
      case CommandForm.Sql sql when sql.boundAfter() > 0 ->
          portal(sql.portalName(), sql.boundAfter());
      // The portal's own name is not told, so all portals of the statement count as one.
      case CommandForm.Named named -> portal("\0" + named.name(), named.boundAfter());
      case CommandForm.Sql _, CommandForm.FunctionCall _, CommandForm.Call _ -> new Taken(0);
    };
  }

  private Taken portal(String name, long boundAfter) {
    Taken known = portals.get(name);
    if (known != null && known.boundAfter == boundAfter) {
      return known;
    }
    Taken taken = new Taken(boundAfter);
    if (known == null && portals.size() >= MOST) {
      taken.rows = Long.MAX_VALUE;
      return taken;
    }
    portals.put(name, taken);
    return taken;
  }

  /** Whether it is not known yet how much is left. */
  boolean underWay(List<Taken> all) {
    return all.stream().anyMatch(taken -> taken.underWay);
  }

  ResultLimits runs(long sequence, List<Taken> all, Verdict.Bounds bounds) {
    long rows = bounds.rows();
    long bytes = bounds.bytes();
    for (Taken taken : all) {
      taken.underWay = true;
      rows = Math.min(rows, left(bounds.rows(), taken.rows));
      bytes = Math.min(bytes, left(bounds.bytes(), taken.bytes));
    }
    running.put(sequence, all);
    return new ResultLimits(rows, bytes);
  }

  private static long left(long bound, long taken) {
    return bound == Long.MAX_VALUE ? bound : Math.max(0, bound - taken);
  }

  void outcome(long sequence, long rows, long bytes) {
    List<Taken> all = running.remove(sequence);
    if (all != null) {
      for (Taken taken : all) {
        taken.underWay = false;
        taken.rows += rows;
        taken.bytes += bytes;
      }
    }
  }

  void settled(SessionView session) {
    if (session.transaction() == SessionView.Transaction.NONE) {
      portals.clear();
    }
  }
}
