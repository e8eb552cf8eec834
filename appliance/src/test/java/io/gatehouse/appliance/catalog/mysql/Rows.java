package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.plugin.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a reading, made by hand. */
final class Rows {
  private static final String HASH = "0".repeat(64);

  private final List<List<Value>> rows = new ArrayList<>();

  Rows row(String section, @Nullable String... fields) {
    List<Value> row = new ArrayList<>();
    row.add(new Value.Text(section));
    for (int i = 0; i < Statements.FIELDS; i++) {
      String field = i < fields.length ? fields[i] : null;
      row.add(field == null ? Value.NULL : new Value.Text(field));
    }
    row.add(new Value.Text(HASH));
    rows.add(row);
    return this;
  }

  /** A table of plain columns. */
  Rows table(String schema, String name, String... columns) {
    return relation(schema, name, "BASE TABLE", "InnoDB", columns);
  }

  Rows relation(
      String schema, String name, String type, @Nullable String engine, String... columns) {
    row("relation", schema, name, type, engine);
    for (int i = 0; i < columns.length; i++) {
      row("column", schema, name, columns[i], String.valueOf(i + 1), "int", "", "");
    }
    return this;
  }

  Rows view(String schema, String name, String definition, String... columns) {
    return relation(schema, name, "VIEW", null, columns).row("view", schema, name, definition);
  }

  /** Everything is shown. */
  Rows everyRight() {
    return row("server-right", "'gate'@'%'", "TRIGGER").row("server-right", "'gate'@'%'", "SELECT");
  }

  Catalog catalog() {
    return catalog("8.0.36", "0");
  }

  Catalog catalog(String version, String lowerCaseTableNames) {
    return new Catalog(
        1,
        new MysqlAssembly(Picture.of(rows), Server.of(version, "gate@%", lowerCaseTableNames))
            .content());
  }
}
