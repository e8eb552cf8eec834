package io.gatehouse.appliance.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The table of revocations. Each takes the next of {@link Versions}. */
final class RevocationRows {
  private static final String CALLER = "caller";
  private static final String CREDENTIAL = "credential";
  private static final String SESSION = "session";
  private static final String TOKEN = "token";
  private static final String SIGN_ON = "sign-on";
  private static final String PROVIDER_SUBJECT = "provider-subject";
  private static final String GROUPS = "groups";
  private static final String NOBODY = "";

  private static final String WRITE =
      """
      INSERT INTO revocation (kind, issuer, name, revoked_at, kept_until, version)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (kind, issuer, name) DO UPDATE SET
        revoked_at = CASE WHEN excluded.revoked_at > revocation.revoked_at
          THEN excluded.revoked_at ELSE revocation.revoked_at END,
        kept_until = CASE WHEN excluded.kept_until > revocation.kept_until
          THEN excluded.kept_until ELSE revocation.kept_until END,
        version = excluded.version\
      """;

  private static final String SINCE =
      """
      SELECT kind, issuer, name, revoked_at, kept_until, version FROM revocation
      WHERE version > ? AND version <= ? ORDER BY version LIMIT ?\
      """;

  /** Not while a credential that it ended would come to life without it. */
  private static final String FORGET =
      "DELETE FROM revocation AS r WHERE r.kept_until <= ?"
          + " AND NOT EXISTS (SELECT 1 FROM issued_credential c WHERE "
          + CredentialRows.REVOKED_BY
          + ")";

  private RevocationRows() {}

  /** Inside of a transaction. */
  static long write(Connection connection, Revocation revocation)
      throws SQLException, StoreException {
    long version = Versions.next(connection);
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      Key key = Key.of(revocation);
      statement.setString(1, key.kind());
      statement.setString(2, key.issuer());
      statement.setString(3, key.name());
      statement.setLong(4, revocation.at().toEpochMilli());
      statement.setLong(5, revocation.keptUntil().toEpochMilli());
      statement.setLong(6, version);
      statement.executeUpdate();
    }
    return version;
  }

  private record Key(String kind, String issuer, String name) {
    static Key of(Revocation revocation) {
      return switch (revocation) {
        case Revocation.OfCaller caller -> new Key(CALLER, NOBODY, caller.name());
        case Revocation.OfCredential credential -> new Key(CREDENTIAL, NOBODY, credential.name());
        case Revocation.OfSession session -> new Key(SESSION, NOBODY, session.session());
        case Revocation.OfToken token -> new Key(TOKEN, token.issuer(), token.id());
        case Revocation.OfSignOn login -> new Key(SIGN_ON, login.issuer(), login.session());
        case Revocation.OfProviderSubject somebody ->
            new Key(PROVIDER_SUBJECT, somebody.issuer(), somebody.subject());
        case Revocation.OfGroups groups -> new Key(GROUPS, NOBODY, groups.credential());
      };
    }
  }

  /**
   * The version is read first: what is revoked between the two reads is past it and comes next
   * time. A version that the store does not have yet is from before a copy was restored: all comes
   * again.
   */
  static Changes since(Connection connection, long asked) throws SQLException, StoreException {
    long current = Versions.current(connection);
    long since = asked > current ? 0 : asked;
    if (since == current) {
      return new Changes(current, List.of(), false);
    }
    try (PreparedStatement statement = connection.prepareStatement(SINCE)) {
      statement.setLong(1, since);
      statement.setLong(2, current);
      statement.setInt(3, ControlStore.MOST_ROWS);
      try (ResultSet row = statement.executeQuery()) {
        return page(row, current);
      }
    }
  }

  private static Changes page(ResultSet row, long current) throws SQLException, StoreException {
    Columns columns = new Columns(row);
    List<Revocation> revocations = new ArrayList<>();
    long last = current;
    while (row.next()) {
      revocations.add(columns.read(() -> revocation(columns)));
      last = columns.number("version");
    }
    boolean more = revocations.size() == ControlStore.MOST_ROWS;
    return new Changes(more ? last : current, revocations, more);
  }

  private static Revocation revocation(Columns columns) throws SQLException {
    String name = columns.text("name");
    Instant at = columns.time("revoked_at");
    Instant until = columns.time("kept_until");
    return switch (columns.text("kind")) {
      case CALLER -> new Revocation.OfCaller(name, at, until);
      case CREDENTIAL -> new Revocation.OfCredential(name, at, until);
      case SESSION -> new Revocation.OfSession(name, at, until);
      case TOKEN -> new Revocation.OfToken(columns.text("issuer"), name, at, until);
      case SIGN_ON -> new Revocation.OfSignOn(columns.text("issuer"), name, at, until);
      case PROVIDER_SUBJECT ->
          new Revocation.OfProviderSubject(columns.text("issuer"), name, at, until);
      case GROUPS -> new Revocation.OfGroups(name, columns.number("version"), at, until);
      default -> throw new IllegalStateException("no such kind of revocation");
    };
  }

  static int forget(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
      statement.setLong(1, now.toEpochMilli());
      return statement.executeUpdate();
    }
  }
}
