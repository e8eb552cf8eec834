package io.gatehouse.appliance.sql.lineage.mysql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where names are looked up: what one query reads from, then what the queries around it read from.
 *
 * @param outer the query around
 * @param ranges what this one reads from, in order
 * @param labels the columns of its result by their labels, where they can be named
 * @param further whether the same name further out may be meant although it is found here: HAVING
 *     passes over columns that are neither selected nor grouped by
 */
record Scope(@Nullable Scope outer, List<Range> ranges, List<Column> labels, boolean further) {
  static final Scope NONE = of(null, List.of());

  Scope {
    ranges = List.copyOf(ranges);
    labels = List.copyOf(labels);
  }

  static Scope of(@Nullable Scope outer, List<Range> ranges) {
    return new Scope(outer, ranges, List.of(), false);
  }

  /** What else can be named for a part of the query. */
  Scope with(List<Range> more) {
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(more);
    return new Scope(outer, all, labels, further);
  }

  /** Inside of which the result can be named. */
  Scope labelled(List<Column> columns) {
    return new Scope(outer, ranges, columns, further);
  }

  /** For keys and HAVING. */
  Scope behindResult(List<Column> columns) {
    return new Scope(outer, ranges, columns, true);
  }
}
