package io.gatehouse.mysql.message;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that a client binds, or an attribute of a query.
 *
 * @param value without the length that stands before some; null is NULL, or was sent as long data
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Parameter(Type type, byte @Nullable [] value) {

  /**
   * @param code of {@link ColumnType}, and {@link #UNSIGNED}
   * @param name empty for values that have a place instead
   */
  public record Type(int code, String name) {
    public static final int UNSIGNED = 0x8000;

    public Type {
      code &= 0xFFFF;
    }

    /** Of {@link ColumnType}. */
    public int column() {
      return code & 0xFF;
    }

    public boolean unsigned() {
      return (code & UNSIGNED) != 0;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Parameter that
        && type.equals(that.type)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(type) + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "Parameter[" + type.column() + ", " + (value == null ? "NULL" : value.length) + "]";
  }
}
