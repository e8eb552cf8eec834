package io.gatehouse.appliance.control;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The columns of one row, of which none is trusted to be as it was written. */
final class Columns {
  private final ResultSet row;

  Columns(ResultSet row) {
    this.row = row;
  }

  /** What is made of a row. */
  @FunctionalInterface
  interface Made<T> {
    T make() throws SQLException;
  }

  /** What cannot be made is refused, never left out: it could be a revocation. */
  <T> T read(Made<T> made) throws SQLException, StoreException {
    try {
      return made.make();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new StoreException(
          StoreFailure.NOT_OURS,
          "a row of the control store is not as this program writes it; restore a copy of the"
              + " store",
          e);
    }
  }

  String text(String column) throws SQLException {
    return maybeText(column)
        .orElseThrow(() -> new IllegalStateException("the column " + column + " is empty"));
  }

  Optional<String> maybeText(String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  Instant time(String column) throws SQLException {
    return maybeTime(column)
        .orElseThrow(() -> new IllegalStateException("the column " + column + " is empty"));
  }

  Optional<Instant> maybeTime(String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  long number(String column) throws SQLException {
    return row.getLong(column);
  }
}
