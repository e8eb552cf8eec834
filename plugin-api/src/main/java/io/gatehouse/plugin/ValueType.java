package io.gatehouse.plugin;

import java.util.List;

/**
 * What a column can carry, as far as a mask must know it.
 *
 * @param family the kind of values
 * @param length most characters of a text, digits of a decimal, or bits; 0 if nothing bounds them
 * @param scale a decimal's digits behind the point; says nothing if the length is 0
 * @param labels what an enumeration may be; empty for all others
 */
public record ValueType(TypeFamily family, int length, int scale, List<String> labels) {

  public ValueType {
    labels = List.copyOf(labels);
    if (length < 0) {
      throw new IllegalArgumentException("a length is not negative");
    }
  }

  /** Without bounds. */
  public static ValueType of(TypeFamily family) {
    return new ValueType(family, 0, 0, List.of());
  }

  /** With a length, and for a decimal no digits behind the point. */
  public static ValueType of(TypeFamily family, int length) {
    return new ValueType(family, length, 0, List.of());
  }

  public static ValueType decimal(int precision, int scale) {
    return new ValueType(TypeFamily.NUMERIC, precision, scale, List.of());
  }

  public static ValueType enumeration(List<String> labels) {
    return new ValueType(TypeFamily.ENUM, 0, 0, labels);
  }

  /** Whether its values are texts that people write. */
  public boolean textual() {
    return switch (family) {
      case TEXT, VARCHAR, BPCHAR, NAME -> true;
      case BOOL, INT2, INT4, INT8, OID, NUMERIC, FLOAT4, FLOAT8, CHAR, UUID -> false;
      case DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> false;
      case BYTEA, BIT, VARBIT, JSON, JSONB, XML, INET, CIDR, MACADDR -> false;
      case ARRAY, ENUM, OTHER -> false;
    };
  }

  /** As a policy's author would write it: {@code varchar(20)}. */
  @Override
  public String toString() {
    String name = family.name().toLowerCase(java.util.Locale.ROOT);
    if (length == 0) {
      return name;
    }
    return scale == 0 ? name + "(" + length + ")" : name + "(" + length + "," + scale + ")";
  }
}
