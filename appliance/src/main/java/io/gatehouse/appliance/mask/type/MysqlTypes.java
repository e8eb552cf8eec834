package io.gatehouse.appliance.mask.type;

import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.ValueType;

/** The types of MySQL and MariaDB as their results name them. */
public final class MysqlTypes {
  private static final String UNSIGNED = " unsigned";

  private MysqlTypes() {}

  /**
   * A column of a result.
   *
   * @param name the type's name, as docs/wire-mysql.md lists them
   * @param modifier most characters of a text, digits of a decimal; -1 if nothing bounds it
   */
  public static ValueType of(String name, int modifier) {
    String plain =
        name.endsWith(UNSIGNED) ? name.substring(0, name.length() - UNSIGNED.length()) : name;
    return switch (plain) {
      case "tinyint", "smallint", "year" -> ValueType.of(TypeFamily.INT2);
      case "mediumint", "int" -> ValueType.of(TypeFamily.INT4);
      case "bigint" -> ValueType.of(TypeFamily.INT8);
      case "float" -> ValueType.of(TypeFamily.FLOAT4);
      case "double" -> ValueType.of(TypeFamily.FLOAT8);
      case "decimal" -> decimal(modifier);
      case "date" -> ValueType.of(TypeFamily.DATE);
      case "datetime", "timestamp" -> ValueType.of(TypeFamily.TIMESTAMP);
      case "time" -> ValueType.of(TypeFamily.TIME);
      // The server does not send the blanks that a char is filled with.
      case "char", "varchar" -> ValueType.of(TypeFamily.VARCHAR, Math.max(0, modifier));
      case "text" -> ValueType.of(TypeFamily.TEXT);
      case "binary", "varbinary", "blob" -> ValueType.of(TypeFamily.BYTEA);
      case "bit" -> ValueType.of(TypeFamily.BIT, Math.max(0, modifier));
      case "json" -> ValueType.of(TypeFamily.JSON);
      // Results do not say what labels there are.
      case "enum", "set" -> ValueType.of(TypeFamily.ENUM);
      default -> ValueType.of(TypeFamily.OTHER);
    };
  }

  /** Digits in all, times 256, and those behind the point. */
  private static ValueType decimal(int modifier) {
    return modifier < 0
        ? ValueType.of(TypeFamily.NUMERIC)
        : ValueType.decimal(modifier >> 8, modifier & 0xFF);
  }
}
