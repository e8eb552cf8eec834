package io.gatehouse.appliance.control;

import io.gatehouse.appliance.control.Refreshes.Due;
import io.gatehouse.appliance.control.Refreshes.Renewal;
import io.gatehouse.appliance.control.Refreshes.Renewed;
import io.gatehouse.appliance.control.Refreshes.Sealed;
import io.gatehouse.appliance.control.Refreshes.Taken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table of refresh tokens. A row is whose generation it has: every write compares it and raises
 * it in one statement, so of two gates one writes and the other learns that it has not.
 */
final class RefreshRows {
  private static final String GOOD =
      "c.expires_at > ? AND NOT EXISTS (SELECT 1 FROM revocation r WHERE "
          + CredentialRows.REVOKED_BY
          + ")";

  private static final String DUE =
      "SELECT f.name, f.sealed, f.generation FROM credential_refresh f"
          + " JOIN issued_credential c ON c.name = f.name"
          + " WHERE f.due_at <= ? AND f.taken_until <= ? AND "
          + GOOD
          + " ORDER BY f.due_at, f.name LIMIT ?";

  private static final String TAKE =
      "UPDATE credential_refresh SET generation = generation + 1, taken_until = ?"
          + " WHERE name = ? AND generation = ? AND taken_until <= ?";

  private static final String GIVE_UP =
      "UPDATE credential_refresh SET generation = generation + 1, taken_until = 0, due_at = ?,"
          + " sealed = COALESCE(?, sealed) WHERE name = ? AND generation = ?";

  private static final String FORGET =
      "DELETE FROM credential_refresh WHERE NOT EXISTS (SELECT 1 FROM issued_credential c"
          + " WHERE c.name = credential_refresh.name AND "
          + GOOD
          + ")";

  private RefreshRows() {}

  /** Inside of a transaction. */
  static void begin(Connection connection, String name, Sealed sealed, Due due)
      throws SQLException, StoreException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO credential_refresh (name, sealed, due_at, taken_until, generation)"
                + " VALUES (?, ?, ?, 0, 0)")) {
      statement.setString(1, name);
      statement.setString(2, sealed.text());
      statement.setLong(3, due.at().toEpochMilli());
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE issued_credential SET good_until = ? WHERE name = ?")) {
      statement.setLong(1, due.goodUntil().toEpochMilli());
      statement.setString(2, name);
      if (statement.executeUpdate() != 1) {
        throw new StoreException(StoreFailure.BROKEN, "there is no credential of that name");
      }
    }
  }

  /** What one gate at a time may have. */
  private record Candidate(String name, Sealed sealed, long generation) {}

  /** Each is taken by a statement of its own, so that no lock is waited for with another held. */
  static List<Taken> take(Connection connection, Instant now, Duration lease, int most)
      throws SQLException, StoreException {
    List<Taken> taken = new ArrayList<>();
    for (Candidate one : due(connection, now, most)) {
      if (take(connection, one, now, now.plus(lease))) {
        Optional<IssuedCredential> credential = CredentialRows.show(connection, one.name());
        credential.ifPresent(
            found -> taken.add(new Taken(found, one.sealed(), one.generation() + 1)));
      }
    }
    return taken;
  }

  private static List<Candidate> due(Connection connection, Instant now, int most)
      throws SQLException {
    List<Candidate> due = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(DUE)) {
      statement.setLong(1, now.toEpochMilli());
      statement.setLong(2, now.toEpochMilli());
      statement.setLong(3, now.toEpochMilli());
      statement.setInt(4, most);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          due.add(
              new Candidate(
                  row.getString("name"),
                  new Sealed(row.getString("sealed")),
                  row.getLong("generation")));
        }
      }
    }
    return due;
  }

  private static boolean take(Connection connection, Candidate one, Instant now, Instant until)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setLong(1, until.toEpochMilli());
      statement.setString(2, one.name());
      statement.setLong(3, one.generation());
      statement.setLong(4, now.toEpochMilli());
      return statement.executeUpdate() == 1;
    }
  }

  static boolean giveUp(Connection connection, Taken taken, Instant due, Optional<Sealed> sealed)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(GIVE_UP)) {
      statement.setLong(1, due.toEpochMilli());
      statement.setString(2, sealed.map(Sealed::text).orElse(null));
      statement.setString(3, taken.credential().name());
      statement.setLong(4, taken.generation());
      return statement.executeUpdate() == 1;
    }
  }

  /** Inside of a transaction. */
  static Optional<Renewed> renew(Connection connection, Taken taken, Renewal renewal)
      throws SQLException, StoreException {
    if (!giveUp(connection, taken, renewal.due().at(), renewal.sealed())) {
      return Optional.empty();
    }
    String name = taken.credential().name();
    Optional<IssuedCredential> now = CredentialRows.show(connection, name);
    if (now.isEmpty()) {
      return Optional.empty();
    }
    Set<String> before = now.get().holder().groups();
    boolean changed = !before.equals(renewal.groups());
    long version = now.get().freshness().version();
    if (changed) {
      version =
          RevocationRows.write(
              connection, new Revocation.OfGroups(name, 0, renewal.asOf(), now.get().expiresAt()));
    }
    CredentialRows.renew(connection, name, renewal, version);
    return Optional.of(new Renewed(before, changed));
  }

  /** Inside of a transaction. */
  static boolean withdraw(Connection connection, Taken taken, Instant now)
      throws SQLException, StoreException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM credential_refresh WHERE name = ? AND generation = ?")) {
      statement.setString(1, taken.credential().name());
      statement.setLong(2, taken.generation());
      if (statement.executeUpdate() != 1) {
        return false;
      }
    }
    RevocationRows.write(
        connection,
        new Revocation.OfCredential(
            taken.credential().name(), now, taken.credential().expiresAt()));
    return true;
  }

  /** Before credentials are, which are locked in this order everywhere. */
  static int forget(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
      statement.setLong(1, now.toEpochMilli());
      return statement.executeUpdate();
    }
  }
}
