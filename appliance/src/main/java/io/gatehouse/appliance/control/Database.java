package io.gatehouse.appliance.control;

import java.sql.Connection;
import java.sql.SQLException;

/** What differs between the databases. Used from the store's threads. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {

  /** A new connection in auto-commit; once it is turned off, the next statement begins to write. */
  Connection connect() throws SQLException, StoreException;

  /** Before anything else is done with the store: its folder, its schema. */
  void prepare() throws SQLException, StoreException;

  /** Keeps other programs from migrating until the transaction ends. */
  void lockForMigration(Connection connection) throws SQLException;

  /** What the failure means, in words for who has to do something about it. */
  StoreException failure(SQLException e);

  /** When no more connections will be asked for. */
  @Override
  void close();

  static Database of(StoreLocation location, StoreLimits limits) {
    return switch (location) {
      case StoreLocation.InFile file -> new SqliteDatabase(file.file(), limits);
      case StoreLocation.InPostgres postgres -> new PostgresDatabase(postgres, limits);
    };
  }
}
