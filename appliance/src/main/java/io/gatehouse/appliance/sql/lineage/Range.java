package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that columns are taken from by name.
 *
 * @param alias what it is called; empty if it has no name to be called by
 * @param relation the relation it is where that is not hidden by an alias
 * @param columns in order
 * @param open whether its columns are found without its name
 * @param rest what further columns, whose names are not known, depend on
 * @param row what the hidden columns that tell a row's place depend on
 */
record Range(
    String alias,
    Optional<QualifiedName> relation,
    List<Column> columns,
    boolean open,
    Optional<Flow> rest,
    Optional<Flow> row) {
  Range {
    columns = List.copyOf(columns);
  }

  static Range of(String alias, List<Column> columns) {
    return new Range(alias, Optional.empty(), columns, true, Optional.empty(), Optional.empty());
  }

  Range closed() {
    return new Range(alias, relation, columns, false, rest, row);
  }

  @Nullable Column column(String name) {
    for (Column column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    return null;
  }

  /** The columns that every relation has without saying so. */
  @Nullable Column hidden(String name) {
    if (row.isEmpty()) {
      return null;
    }
    return switch (name) {
      case "ctid" -> Column.derived(name, row.get());
      case "tableoid", "xmin", "xmax", "cmin", "cmax" -> Column.derived(name, Flow.nothing());
      default -> null;
    };
  }

  /** A whole row as one value. */
  Flow wholeRow() {
    List<Flow> flows = new ArrayList<>(columns.stream().map(Column::flow).toList());
    rest.ifPresent(flows::add);
    return Flow.of(flows);
  }
}
