package io.gatehouse.appliance.control;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** All of some work, or nothing. */
final class Transaction {
  private Transaction() {}

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException, StoreException;
  }

  /** Where it throws, the connection is to be closed by its owner, which rolls back. */
  static <T extends @Nullable Object> T run(Connection connection, Work<T> work)
      throws SQLException, StoreException {
    connection.setAutoCommit(false);
    T result = work.on(connection);
    connection.commit();
    connection.setAutoCommit(true);
    return result;
  }
}
