package io.gatehouse.appliance.catalog.mysql;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The gate's own statements about a catalog. They mean the same in every sql_mode: no bars, no
 * double quotes, no backslashes.
 */
final class Statements {
  /** The last field of a row: a hash of all others. */
  static final int FIELDS = 7;

  static final String SESSION =
      "SELECT CAST(VERSION() AS BINARY), CAST(CURRENT_USER() AS BINARY),"
          + " CAST(@@lower_case_table_names AS BINARY)";

  /** Of a hash of 64 hexadecimal digits, each as long as a number of the server can be. */
  private static final int PARTS = 4;

  private static final int DIGITS = 15;

  private Statements() {}

  /** All rows, each with its section before it and its hash behind it. */
  static String catalog(List<Section> sections) {
    return sections.stream()
        .map(
            section ->
                "SELECT '"
                    + section.name()
                    + "' AS s, "
                    + String.join(", ", fields(section))
                    + ", "
                    + hash(section)
                    + " AS h FROM "
                    + section.source())
        .collect(joining(" UNION ALL "));
  }

  /** The fingerprint of the same rows, as {@link Fingerprint} has it. */
  static String fingerprint(List<Section> sections) {
    String sums =
        IntStream.range(0, PARTS)
            .mapToObj(
                part ->
                    "COALESCE(SUM(CAST(CONV(SUBSTRING(q.h, %d, %d), 16, 10) AS DECIMAL(40))), 0)"
                        .formatted(part * DIGITS + 1, DIGITS))
            .collect(joining(", ':', "));
    String rows =
        sections.stream()
            .map(section -> "SELECT " + hash(section) + " AS h FROM " + section.source())
            .collect(joining(" UNION ALL "));
    return "SELECT CAST(CONCAT(COUNT(*), ':', " + sums + ") AS BINARY) FROM (" + rows + ") AS q";
  }

  private static List<String> fields(Section section) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < FIELDS; i++) {
      // As bytes: names of different collations cannot stand in one column.
      fields.add(i < section.fields().size() ? binary(section.fields().get(i)) : "NULL");
    }
    return fields;
  }

  private static String binary(String field) {
    return "CAST(" + field + " AS BINARY)";
  }

  private static String hash(Section section) {
    return section.fields().stream()
        .map(Statements::delimited)
        .collect(joining(", ", "SHA2(CONCAT('" + section.name() + "', ", "), 256)"));
  }

  /** So that no two rows have the same text. */
  private static String delimited(String field) {
    String bytes = binary(field);
    return "COALESCE(CONCAT(LENGTH(" + bytes + "), ':', " + bytes + "), '-')";
  }
}
