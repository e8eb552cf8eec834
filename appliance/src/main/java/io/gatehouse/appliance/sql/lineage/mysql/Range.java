package io.gatehouse.appliance.sql.lineage.mysql;

import java.util.List;
import java.util.Optional;

/**
 * Something that columns are taken from by name.
 *
 * @param alias what it is called, as names of tables are compared; empty if it has no name
 * @param database that of a table or view, which may stand before its alias, too
 * @param columns in order
 * @param open whether its columns are found without its name
 */
record Range(String alias, Optional<String> database, List<Column> columns, boolean open) {
  Range {
    columns = List.copyOf(columns);
  }

  static Range of(String alias, List<Column> columns) {
    return new Range(alias, Optional.empty(), columns, true);
  }

  Range closed() {
    return new Range(alias, database, columns, false);
  }

  Range opened() {
    return new Range(alias, database, columns, true);
  }

  Range called(String other) {
    return new Range(other, database, columns, open);
  }

  Range holding(List<Column> others) {
    return new Range(alias, database, others, open);
  }
}
