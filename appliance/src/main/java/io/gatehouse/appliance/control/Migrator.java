package io.gatehouse.appliance.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings a store to the form that this program knows: each step in a transaction of its own with
 * the line that says it was made, so that whoever is cut off goes on where it was. Programs that
 * start at the same time wait for each other.
 */
final class Migrator {
  private static final String LIST =
      """
      CREATE TABLE IF NOT EXISTS control_migration (
        number INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        digest TEXT NOT NULL
      )\
      """;

  private final Database database;
  private final Iterable<Migration> known;

  Migrator(Database database, Iterable<Migration> known) {
    this.database = database;
    this.known = known;
  }

  /** Who gave the connection closes it where this throws. */
  void migrate(Connection connection) throws SQLException, StoreException {
    int count = 0;
    for (Migration migration : known) {
      Transaction.run(connection, same -> step(same, migration));
      count = migration.number();
    }
    refuseNewer(made(connection), count);
  }

  private boolean step(Connection connection, Migration migration)
      throws SQLException, StoreException {
    database.lockForMigration(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute(LIST);
    }
    Optional<Made> before =
        made(connection).stream().filter(made -> made.number() == migration.number()).findFirst();
    if (before.isPresent()) {
      refuseOther(before.get(), migration);
      return false;
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : migration.statements()) {
        statement.execute(sql);
      }
    }
    note(connection, migration);
    return true;
  }

  private static void note(Connection connection, Migration migration) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO control_migration (number, name, digest) VALUES (?, ?, ?)")) {
      statement.setInt(1, migration.number());
      statement.setString(2, migration.name());
      statement.setString(3, migration.digest());
      statement.executeUpdate();
    }
  }

  private record Made(int number, String name, String digest) {}

  private static List<Made> made(Connection connection) throws SQLException {
    List<Made> made = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT number, name, digest FROM control_migration ORDER BY number")) {
      while (row.next()) {
        made.add(
            new Made(
                row.getInt(1), String.valueOf(row.getString(2)), String.valueOf(row.getString(3))));
      }
    }
    return made;
  }

  private static void refuseOther(Made before, Migration migration) throws StoreException {
    if (!before.digest().equals(migration.digest())) {
      throw new StoreException(
          StoreFailure.NOT_OURS,
          "migration %d (%s) of the control store was made by another text than this program's (%s); start the release that made it, or restore a copy of the store"
              .formatted(before.number(), before.name(), migration.name()));
    }
  }

  private static void refuseNewer(List<Made> made, int count) throws StoreException {
    for (Made step : made) {
      if (step.number() > count) {
        throw new StoreException(
            StoreFailure.NOT_OURS,
            "the control store was written by a newer release: it has migration %d (%s), this program knows %d; start that release, or restore a copy from before it"
                .formatted(step.number(), step.name(), count));
      }
    }
  }
}
