package io.gatehouse.appliance.masking;

import java.util.Optional;

/**
 * A column that holds what a caller may not see.
 *
 * @param kind what it holds
 * @param because the column that the server makes its values of, where it does
 */
public record ProtectedColumn(
    String schema, String table, String column, String kind, Optional<String> because) {
  /** As in SQL. */
  public String relation() {
    return schema + "." + table;
  }

  /** As in a policy. */
  public String name() {
    return relation() + "." + column;
  }

  @Override
  public String toString() {
    return name();
  }
}
