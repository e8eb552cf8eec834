package io.gatehouse.appliance.sql.lineage.mysql;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is known of a value's type: enough to say whether something can fail or warn for it.
 *
 * @param bytes how long its text can be, in any character set
 */
record Type(Family family, long bytes) {

  /** Within one of these, comparing converts nothing. */
  enum Family {
    /** The constant NULL, which goes with all of them. */
    NULL,
    TEXT,
    BYTES,
    INTEGER,
    DECIMAL,
    DOUBLE,
    /** Dates with or without a time of day. */
    TIME,
    /** All others, and what is not known. */
    OTHER
  }

  /**
   * Less than the least {@code max_allowed_packet} that servers begin with. What is longer than
   * that setting becomes NULL with a warning.
   */
  static final long LONGEST = 4L << 20;

  private static final long ENDLESS = 1L << 40;
  private static final long NUMBER_TEXT = 512;

  /** A row has no more, and a character takes at most four. */
  private static final long COLUMN = 65_535 * 4L;

  static final Type NULL = new Type(Family.NULL, 0);
  static final Type INTEGER = new Type(Family.INTEGER, NUMBER_TEXT);
  static final Type DECIMAL = new Type(Family.DECIMAL, NUMBER_TEXT);
  static final Type DOUBLE = new Type(Family.DOUBLE, NUMBER_TEXT);
  static final Type UNKNOWN = new Type(Family.OTHER, ENDLESS);

  static Type text(long bytes) {
    return new Type(Family.TEXT, Math.min(bytes, ENDLESS));
  }

  /** Of a column, by its type as the server writes it, with or without what is in parentheses. */
  static Type ofColumn(String written) {
    String name = written.strip().toLowerCase(Locale.ROOT).split("[ (]", 2)[0];
    return switch (name) {
      case "char", "varchar", "tinytext", "text", "enum", "set" -> text(COLUMN);
      case "mediumtext", "longtext" -> text(ENDLESS);
      case "binary", "varbinary", "tinyblob", "blob" -> new Type(Family.BYTES, COLUMN);
      case "mediumblob", "longblob" -> new Type(Family.BYTES, ENDLESS);
      case "tinyint", "smallint", "mediumint", "int", "integer", "bigint" -> INTEGER;
      case "decimal", "numeric" -> DECIMAL;
      case "float", "double" -> DOUBLE;
      case "date", "datetime", "timestamp" -> new Type(Family.TIME, NUMBER_TEXT);
      default -> UNKNOWN;
    };
  }

  Type endless() {
    return new Type(family, ENDLESS);
  }

  boolean text() {
    return family == Family.TEXT || family == Family.NULL;
  }

  boolean number() {
    return switch (family) {
      case INTEGER, DECIMAL, DOUBLE, NULL -> true;
      case TEXT, BYTES, TIME, OTHER -> false;
    };
  }

  boolean integer() {
    return family == Family.INTEGER || family == Family.NULL;
  }

  /** What turns into text without a word. */
  boolean textual() {
    return text() || number();
  }

  /** What is one of these, by row. */
  static Type either(Collection<Type> types) {
    List<Type> known = types.stream().filter(type -> type.family != Family.NULL).toList();
    if (known.isEmpty()) {
      return NULL;
    }
    long bytes = known.stream().mapToLong(Type::bytes).max().orElse(ENDLESS);
    Family first = known.getFirst().family;
    if (known.stream().allMatch(type -> type.family == first)) {
      return new Type(first, bytes);
    }
    if (known.stream().allMatch(Type::number)) {
      return known.stream().anyMatch(type -> type.family == Family.DOUBLE) ? DOUBLE : DECIMAL;
    }
    return known.stream().allMatch(Type::textual) ? text(bytes) : UNKNOWN;
  }

  /** Whether these are compared as they are. */
  static boolean alike(Collection<Type> types) {
    return types.stream().allMatch(Type::number)
        || Stream.of(Family.TEXT, Family.BYTES, Family.TIME)
            .anyMatch(
                family ->
                    types.stream()
                        .allMatch(type -> type.family == family || type.family == Family.NULL));
  }
}
