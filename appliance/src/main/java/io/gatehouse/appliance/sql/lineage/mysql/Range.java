package io.gatehouse.appliance.sql.lineage.mysql;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something that columns are taken from by name.
 *
 * @param alias what it is called, as names of tables are compared; empty if it has no name
 * @param database that of a table or view, which may stand before its alias, too
 * @param columns in order
 * @param open whether its columns are found without its name
 * @param hidden the names of those that a star does not stand for
 */
record Range(
    String alias,
    Optional<String> database,
    List<Column> columns,
    boolean open,
    Set<String> hidden) {
  Range {
    columns = List.copyOf(columns);
    hidden = Set.copyOf(hidden);
  }

  /** What a star stands for. */
  List<Column> shown() {
    return columns.stream().filter(column -> !hidden.contains(column.name())).toList();
  }

  static Range of(String alias, List<Column> columns) {
    return new Range(alias, Optional.empty(), columns, true, Set.of());
  }

  Range closed() {
    return new Range(alias, database, columns, false, hidden);
  }

  Range opened() {
    return new Range(alias, database, columns, true, hidden);
  }

  Range called(String other) {
    return new Range(other, database, columns, open, hidden);
  }

  Range holding(List<Column> others) {
    return new Range(alias, database, others, open, hidden);
  }
}
