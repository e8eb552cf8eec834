package io.gatehouse.appliance.masking.twin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What can stand in FROM.
 *
 * @param sql a name, or a query in brackets
 * @param key a column of whole numbers that no two rows share
 */
record Relation(String sql, String key, List<Column> columns, boolean view) {
  /**
   * @param secret whether it is protected, or made of a column that is
   */
  record Column(String name, Kind kind, boolean secret) {}

  Relation {
    columns = List.copyOf(columns);
  }

  /**
   * Columns as {@code name:kind}, with an exclamation mark where protected; the first is the key.
   */
  static Relation of(String name, String columns) {
    List<Column> all = Arrays.stream(columns.split(" ", -1)).map(Relation::column).toList();
    return new Relation(name, all.getFirst().name(), all, name.contains(".v_"));
  }

  private static Column column(String text) {
    String[] parts = text.replace("!", "").split(":", -1);
    Kind kind = Kind.valueOf(parts[1].toUpperCase(Locale.ROOT));
    return new Column(parts[0], kind, text.endsWith("!"));
  }

  Column column(int position) {
    return columns.get(position);
  }

  Column named(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow();
  }

  boolean secret() {
    return columns.stream().anyMatch(Column::secret);
  }
}
