package io.gatehouse.appliance.control;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.JDBC;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * A file of SQLite with a write-ahead log. A commit is on disk before it is acknowledged
 * (synchronous=FULL), and readers do not wait for a writer.
 */
final class SqliteDatabase implements Database {
  /** The low byte of an extended code is the code itself: sqlite.org/rescode.html. */
  private static final int PRIMARY = 0xFF;

  private static final String DURABLE = "2";

  private final Path file;
  private final SQLiteConfig settings = new SQLiteConfig();

  SqliteDatabase(Path file, StoreLimits limits) {
    this.file = file;
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    // A transaction that reads before it writes cannot wait for another writer: so none begins so.
    settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    settings.setBusyTimeout(Math.toIntExact(limits.ofStatement().toMillis()));
  }

  @Override
  public void prepare() throws StoreException {
    PrivateFile.ensure(file);
  }

  @Override
  public Connection connect() throws SQLException, StoreException {
    // Not made anew where it was: a store that was removed has forgotten revocations.
    if (!file.toFile().exists()) {
      throw new StoreException(
          StoreFailure.UNREACHABLE, "the control store's file " + file + " is gone");
    }
    Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, settings.toProperties());
    try {
      if (!"wal".equals(pragma(connection, "journal_mode"))
          || !DURABLE.equals(pragma(connection, "synchronous"))) {
        throw new StoreException(
            StoreFailure.REFUSED,
            "the file system of " + file + " does not let SQLite keep a write-ahead log");
      }
      return connection;
    } catch (SQLException | StoreException e) {
      connection.close();
      throw e;
    }
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  @Override
  public void lockForMigration(Connection connection) {
    // The transaction is IMMEDIATE: nobody else can begin one.
  }

  @Override
  public void close() {
    // Nothing is held beside the connections.
  }

  @Override
  public StoreException failure(SQLException e) {
    if (e.getCause() instanceof NativeLibraryNotFoundException) {
      return new StoreException(
          StoreFailure.REFUSED,
          "SQLite's library cannot be loaded from "
              + System.getProperty("java.io.tmpdir")
              + "; if that is mounted noexec, name another folder with -Dorg.sqlite.tmpdir=",
          e);
    }
    StoreFailure failure = reason(e);
    return new StoreException(
        failure,
        switch (failure) {
          case FULL -> "no space left for the control store " + file;
          case LOCKED -> "another program holds the control store " + file;
          case REFUSED -> "the control store " + file + " may not be opened or written";
          case NOT_OURS -> file + " is damaged, or is no control store; restore a copy";
          case UNREACHABLE, TIMED_OUT, OVERLOADED, BROKEN, CLOSED, NAME_TAKEN ->
              "the control store " + file + " failed: " + e.getMessage();
        },
        e);
  }

  private static StoreFailure reason(SQLException e) {
    SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getErrorCode() & PRIMARY);
    return switch (code) {
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> StoreFailure.LOCKED;
      case SQLITE_FULL -> StoreFailure.FULL;
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN -> StoreFailure.REFUSED;
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_SCHEMA -> StoreFailure.NOT_OURS;
      default -> StoreFailure.BROKEN;
    };
  }
}
