package io.gatehouse.appliance.control;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The version of the store. Each writer takes the next one from the one row that all must lock
 * until they commit: so versions are committed in their order, and who has seen one has seen all
 * before it.
 */
final class Versions {
  private Versions() {}

  /** Inside of a transaction, before anything is read there. */
  static long next(Connection connection) throws SQLException, StoreException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE control_state SET version = version + 1 WHERE id = 1");
    }
    return current(connection);
  }

  static long current(Connection connection) throws SQLException, StoreException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT version FROM control_state WHERE id = 1")) {
      if (!row.next()) {
        throw new StoreException(
            StoreFailure.NOT_OURS, "the control store has lost its version; restore a copy");
      }
      return row.getLong(1);
    }
  }
}
