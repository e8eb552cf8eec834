package io.gatehouse.mysql.value;

import io.gatehouse.mysql.message.ColumnDefinition41;
import io.gatehouse.mysql.message.ColumnType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a column or a bind value can hold, of all that its definition says.
 *
 * @param wireType of {@link ColumnType}
 * @param collation 63 for bytes
 * @param length in bytes, at the most
 * @param decimals digits behind the point; 31, or more than the type has, if they are not fixed
 */
public record ColumnKind(int wireType, int flags, int collation, long length, int decimals) {
  private static final int UNSIGNED = 0x20;
  private static final int ZEROFILL = 0x40;
  private static final int ENUM = 0x100;
  private static final int SET = 0x800;

  /** NOT_FIXED_DEC of the servers' sources. */
  static final int NOT_FIXED = 31;

  /** Longer than any value. */
  private static final long UNBOUNDED = 0xFFFF_FFFFL;

  /** The types, as SQL names them. */
  enum Type {
    TINYINT,
    SMALLINT,
    MEDIUMINT,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    DECIMAL,
    YEAR,
    DATE,
    DATETIME,
    TIMESTAMP,
    TIME,
    CHAR,
    VARCHAR,
    TEXT,
    ENUM,
    SET,
    BINARY,
    VARBINARY,
    BLOB,
    BIT,
    JSON,
    GEOMETRY,
    VECTOR,
    NULL,
    OTHER
  }

  public static ColumnKind of(ColumnDefinition41 column) {
    return new ColumnKind(
        column.type(),
        column.flags(),
        column.charset(),
        Integer.toUnsignedLong(column.length()),
        column.decimals());
  }

  /**
   * Of a bind value.
   *
   * @param collation that the client speaks
   */
  public static ColumnKind bound(int wireType, boolean unsigned, int collation) {
    return new ColumnKind(wireType, unsigned ? UNSIGNED : 0, collation, UNBOUNDED, NOT_FIXED);
  }

  /** One whose {@link #name} this is; null if none has it. */
  static @Nullable ColumnKind named(String name) {
    for (int wireType = 0; wireType <= 0xFF; wireType++) {
      for (int collation : new int[] {Collations.UTF8MB4, Collations.BINARY}) {
        for (boolean unsigned : new boolean[] {false, true}) {
          ColumnKind kind = bound(wireType, unsigned, collation);
          if (kind.name().equals(name)) {
            return kind;
          }
        }
      }
    }
    return null;
  }

  /** {@code int unsigned}, {@code varchar}, {@code type 20} for what has no name here. */
  public String name() {
    Type type = type();
    if (type == Type.OTHER) {
      return "type " + wireType;
    }
    String name = type.name().toLowerCase(Locale.ROOT);
    return unsigned() && numeric(type) ? name + " unsigned" : name;
  }

  private static boolean numeric(Type type) {
    return type.compareTo(Type.DECIMAL) <= 0;
  }

  Type type() {
    return switch (wireType) {
      case ColumnType.TINY -> Type.TINYINT;
      case ColumnType.SHORT -> Type.SMALLINT;
      case ColumnType.INT24 -> Type.MEDIUMINT;
      case ColumnType.LONG -> Type.INT;
      case ColumnType.LONGLONG -> Type.BIGINT;
      case ColumnType.FLOAT -> Type.FLOAT;
      case ColumnType.DOUBLE -> Type.DOUBLE;
      case ColumnType.DECIMAL, ColumnType.NEWDECIMAL -> Type.DECIMAL;
      case ColumnType.YEAR -> Type.YEAR;
      case ColumnType.DATE -> Type.DATE;
      case ColumnType.DATETIME -> Type.DATETIME;
      case ColumnType.TIMESTAMP -> Type.TIMESTAMP;
      case ColumnType.TIME -> Type.TIME;
      case ColumnType.BIT -> Type.BIT;
      case ColumnType.JSON -> Type.JSON;
      case ColumnType.GEOMETRY -> Type.GEOMETRY;
      case ColumnType.VECTOR -> Type.VECTOR;
      case ColumnType.NULL -> Type.NULL;
      default -> string();
    };
  }

  /** Enumerations come as strings that a flag marks. */
  private Type string() {
    boolean bytes = collation == Collations.BINARY;
    return switch (wireType) {
      case ColumnType.ENUM -> Type.ENUM;
      case ColumnType.SET -> Type.SET;
      case ColumnType.VARCHAR, ColumnType.VAR_STRING -> bytes ? Type.VARBINARY : Type.VARCHAR;
      case ColumnType.STRING -> {
        if ((flags & (ENUM | SET)) != 0) {
          yield (flags & ENUM) != 0 ? Type.ENUM : Type.SET;
        }
        yield bytes ? Type.BINARY : Type.CHAR;
      }
      case ColumnType.TINY_BLOB, ColumnType.MEDIUM_BLOB, ColumnType.LONG_BLOB, ColumnType.BLOB ->
          bytes ? Type.BLOB : Type.TEXT;
      default -> Type.OTHER;
    };
  }

  /**
   * What bounds the type: most characters of a text, most bytes of a binary, bits, digits of a
   * second's fraction, a decimal's digits and among them those behind the point as {@code digits *
   * 256 + behind}; -1 for nothing.
   */
  public int modifier() {
    return switch (type()) {
      case CHAR, VARCHAR, TEXT -> {
        TextEncoding encoding = encoding();
        yield encoding == null ? -1 : bounded(length / encoding.most());
      }
      case BINARY, VARBINARY, BLOB, BIT -> bounded(length);
      case DATETIME, TIMESTAMP, TIME -> fraction();
      case DECIMAL -> digits() * 256 + decimals;
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, FLOAT, DOUBLE, YEAR, DATE -> -1;
      case ENUM, SET, JSON, GEOMETRY, VECTOR, NULL, OTHER -> -1;
    };
  }

  private static int bounded(long most) {
    return most > Integer.MAX_VALUE ? -1 : (int) most;
  }

  /** Room for a sign and a point is counted in a decimal's length. */
  private int digits() {
    long digits = length - (decimals > 0 ? 1 : 0) - (unsigned() ? 0 : 1);
    return Math.clamp(digits, 0, 255);
  }

  /** Digits of a second's fraction; -1 if they are not fixed. */
  int fraction() {
    return decimals <= 6 ? decimals : -1;
  }

  /** What is filled with zeros has no sign either. */
  boolean unsigned() {
    return (flags & (UNSIGNED | ZEROFILL)) != 0;
  }

  boolean zerofill() {
    return (flags & ZEROFILL) != 0;
  }

  /** Null if its texts are not read. */
  @Nullable TextEncoding encoding() {
    return Collations.encoding(collation);
  }
}
