package io.gatehouse.appliance.masking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table with a column of each type that a column may have, and one that is protected in their
 * midst: extremes first, then random values with NULL among them. For one seed always the same.
 */
final class EveryType {
  static final int ROWS = 60;
  static final String TABLE = "every.types";

  private static final String BEFORE =
      """
      CREATE SCHEMA every;
      CREATE TYPE every.mood AS ENUM ('sad', 'happy', 'glad ''é');
      CREATE DOMAIN every.small AS int CHECK (VALUE BETWEEN 0 AND 99);
      CREATE DOMAIN every.code AS varchar(20);
      CREATE TYPE every.pair AS (a int, b text);
      CREATE TYPE every.nested AS (a every.pair, b int[], c every.mood);
      CREATE DOMAIN every.pair_or_not AS every.pair CHECK ((VALUE).a > 0);
      CREATE TYPE every.floats AS RANGE (subtype = float8, multirange_type_name = every.several);
      """;
  private static final Pattern PLACE = Pattern.compile("[#@%]");

  /**
   * A type, with texts that the server reads as its values.
   *
   * @param random a template
   */
  private record Typed(String type, String random, List<String> extremes) {}

  private final SplittableRandom random;
  private final List<Typed> types;

  EveryType(long seed) {
    random = new SplittableRandom(seed);
    types =
        BankData.text("every-type.txt")
            .lines()
            .filter(line -> line.contains(" ~ ") && !line.startsWith("# "))
            .map(line -> Arrays.stream(line.split(" ~ ")).map(EveryType::text).toList())
            .map(parts -> new Typed(parts.get(0), parts.get(1), parts.subList(2, parts.size())))
            .toList();
  }

  private static String text(String part) {
    return part.equals("\\e") ? "" : part;
  }

  int columns() {
    return types.size();
  }

  String type(int column) {
    return types.get(column).type();
  }

  /** Where the protected column is. */
  int secret() {
    return types.size() / 2;
  }

  /** All but the protected one, for a SELECT. */
  String others() {
    return columns(0, types.size());
  }

  private static String columns(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
  }

  /** All, the protected one where it is. */
  String all() {
    return columns(0, secret()) + ", pan, " + columns(secret(), types.size());
  }

  /** Run by a superuser. */
  String script() {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      columns.add("c" + i + " " + type(i));
    }
    columns.add(secret(), "pan text");
    StringBuilder script =
        new StringBuilder(BEFORE)
            .append("CREATE TABLE " + TABLE + " (id serial, ")
            .append(String.join(", ", columns))
            .append(");\n");
    for (int row = 0; row < ROWS; row++) {
      script
          .append("INSERT INTO " + TABLE + " (pan, ")
          .append(others())
          .append(") VALUES (")
          .append(secret(row))
          .append(row(row))
          .append(");\n");
    }
    return script
        .append("GRANT USAGE ON SCHEMA every TO analyst; GRANT SELECT ON every.types TO analyst")
        .toString();
  }

  private static String secret(int row) {
    return row % 9 == 4 ? "NULL" : "'SECRET-%06d-%04d'".formatted(row * 7919, row);
  }

  private String row(int row) {
    StringBuilder values = new StringBuilder();
    for (Typed typed : types) {
      values.append(", ").append(value(typed, row));
    }
    return values.toString();
  }

  private String value(Typed typed, int row) {
    if (row >= typed.extremes().size() && random.nextInt(8) == 0) {
      return "NULL";
    }
    String text =
        row < typed.extremes().size()
            ? typed.extremes().get(row)
            : PLACE.matcher(typed.random()).replaceAll(place -> filled(place.group()));
    return "'" + text.replace("'", "''") + "'";
  }

  private String filled(String place) {
    return switch (place) {
      case "#" -> String.valueOf(random.nextInt(100, 30_000));
      case "@" -> List.of("cafe", "deadbeef", "ab", "beaded").get(random.nextInt(4));
      default -> String.valueOf(random.nextInt(10));
    };
  }
}
