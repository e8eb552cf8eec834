package io.gatehouse.appliance.scan;

import java.util.List;

/**
 * A table of the target.
 *
 * @param rows as the server estimates
 */
record Table(String schema, String name, long rows, List<Column> columns) {
  Table {
    columns = List.copyOf(columns);
  }

  /**
   * @param textual whether it can hold texts
   */
  record Column(String name, boolean textual) {}

  List<String> textual() {
    return columns.stream().filter(Column::textual).map(Column::name).toList();
  }

  /** For messages: as the policy would write it. */
  String path() {
    return PolicyName.of(schema, name);
  }
}
