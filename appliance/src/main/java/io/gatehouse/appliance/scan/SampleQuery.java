package io.gatehouse.appliance.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The statements of a scan, with every name quoted and every function by its schema. */
final class SampleQuery {
  /** As much of a value as is looked at. */
  private static final int CHARACTERS = 1_000;

  /** So many columns at once, so that an answer stays within some tens of megabytes. */
  private static final int COLUMNS = 20;

  /** A table this much larger than its sample is sampled by pages instead of from its beginning. */
  private static final int LARGE = 20;

  /** Pages hold rows that are alike, and may be empty: more are asked for than are wanted. */
  private static final int SPREAD = 4;

  private static final String ALL_COLUMNS = read("columns.sql");

  private SampleQuery() {}

  static String columns() {
    return ALL_COLUMNS;
  }

  static List<List<String>> portions(List<String> columns) {
    List<List<String>> portions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i += COLUMNS) {
      portions.add(columns.subList(i, Math.min(columns.size(), i + COLUMNS)));
    }
    return portions;
  }

  static String of(Table table, List<String> columns, int rows) {
    String values =
        columns.stream()
            .map(
                column ->
                    "pg_catalog.left(t."
                        + quoted(column)
                        + "::pg_catalog.text, "
                        + CHARACTERS
                        + ")")
            .collect(Collectors.joining(", "));
    return "SELECT "
        + values
        + " FROM "
        + quoted(table.schema())
        + "."
        + quoted(table.name())
        + " AS t"
        + sampled(table.rows(), rows)
        + " LIMIT "
        + rows;
  }

  private static String sampled(long there, int wanted) {
    return there <= (long) wanted * LARGE
        ? ""
        : String.format(
            Locale.ROOT, " TABLESAMPLE pg_catalog.system (%.6f)", 100.0 * SPREAD * wanted / there);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String read(String resource) {
    try (InputStream content = SampleQuery.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IllegalStateException(resource + " is not in the jar");
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("--"))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
