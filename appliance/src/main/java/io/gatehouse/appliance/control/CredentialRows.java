package io.gatehouse.appliance.control;

import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.login.ScramVerifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The table of credentials. Of a row only the groups change, and how long they are good: whether it
 * counts is asked of revocations.
 */
final class CredentialRows {
  private static final HexFormat HEX = HexFormat.of();

  /**
   * Of a caller also by version, which no clock can get wrong: a row has the version of the store
   * that it was written in, and every revocation makes a higher one.
   */
  static final String REVOKED_BY =
      """
      ((r.kind = 'credential' AND r.name = c.name)
        OR (r.kind = 'caller' AND r.name IN (c.subject, c.actor)
          AND (r.revoked_at >= c.issued_at OR r.version > c.version))
        OR (r.kind = 'sign-on' AND r.issuer = c.issuer AND r.name = c.provider_session)
        OR (r.kind = 'provider-subject' AND r.issuer = c.issuer AND r.name = c.provider_subject
          AND r.revoked_at >= COALESCE(c.proved_at, c.issued_at)))\
      """;

  private static final String INSERT =
      """
      INSERT INTO issued_credential (name, subject, actor, group_names, groups_as_of, issuer, method,
        issued_at, expires_at, scram_sha_256, caching_sha2, bearer, kind, provider_subject,
        provider_session, proved_at, good_until, version)
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, s.version FROM control_state s WHERE s.id = 1
      ON CONFLICT (name) DO NOTHING\
      """;

  private static final String SHOWN =
      "SELECT c.name, c.subject, c.actor, c.group_names, c.groups_as_of, c.issuer, c.method,"
          + " c.issued_at, c.expires_at, c.kind, c.provider_subject, c.provider_session,"
          + " c.proved_at, c.groups_version, c.good_until, (SELECT MIN(r.revoked_at) FROM"
          + " revocation r WHERE "
          + REVOKED_BY
          + ") AS revoked_at";

  private static final String USABLE =
      SHOWN
          + ", c.scram_sha_256, c.caching_sha2, c.bearer FROM issued_credential c"
          + " WHERE c.name = ? AND c.expires_at > ?"
          + " AND (c.good_until IS NULL OR c.good_until > ?)"
          + " AND NOT EXISTS (SELECT 1 FROM revocation r WHERE "
          + REVOKED_BY
          + ")";

  private CredentialRows() {}

  /** Whether there was none of that name. */
  static boolean insert(Connection connection, StoredCredential stored) throws SQLException {
    IssuedCredential credential = stored.credential();
    Holder holder = credential.holder();
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, credential.name());
      statement.setString(2, holder.subject());
      statement.setString(3, holder.actor().orElse(null));
      statement.setString(4, GroupNames.encode(holder.groups()));
      statement.setLong(5, holder.groupsAsOf().toEpochMilli());
      statement.setString(6, holder.issuer());
      statement.setString(7, holder.method().name());
      statement.setLong(8, credential.issuedAt().toEpochMilli());
      statement.setLong(9, credential.expiresAt().toEpochMilli());
      statement.setString(10, stored.verifiers().scram().encoded());
      statement.setString(11, HEX.formatHex(stored.verifiers().cachingSha2()));
      statement.setString(12, HEX.formatHex(stored.verifiers().bearer()));
      statement.setString(13, holder.kind().name());
      statement.setString(14, holder.signOn().subject().orElse(null));
      statement.setString(15, holder.signOn().session().orElse(null));
      statement.setLong(16, holder.signOn().at().toEpochMilli());
      statement.setObject(
          17,
          credential.freshness().goodUntil().map(Instant::toEpochMilli).orElse(null),
          Types.BIGINT);
      return statement.executeUpdate() == 1;
    }
  }

  static Optional<StoredCredential> usable(Connection connection, String name, Instant now)
      throws SQLException, StoreException {
    try (PreparedStatement statement = connection.prepareStatement(USABLE)) {
      statement.setString(1, name);
      statement.setLong(2, now.toEpochMilli());
      statement.setLong(3, now.toEpochMilli());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new StoredCredential(shown(row), verifiers(row)))
            : Optional.empty();
      }
    }
  }

  static Optional<IssuedCredential> show(Connection connection, String name)
      throws SQLException, StoreException {
    try (PreparedStatement statement =
        connection.prepareStatement(SHOWN + " FROM issued_credential c WHERE c.name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(shown(row)) : Optional.empty();
      }
    }
  }

  static List<IssuedCredential> list(Connection connection, ControlStore.Listing listing)
      throws SQLException, StoreException {
    boolean ofOne = listing.subject().isPresent();
    String sql =
        SHOWN
            + " FROM issued_credential c WHERE c.name > ?"
            + (ofOne ? " AND c.subject = ?" : "")
            + " ORDER BY c.name LIMIT ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, listing.after());
      if (ofOne) {
        statement.setString(2, listing.subject().orElseThrow());
      }
      statement.setInt(ofOne ? 3 : 2, listing.most());
      List<IssuedCredential> list = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          list.add(shown(row));
        }
      }
      return list;
    }
  }

  /** Inside of a transaction that has written the version. */
  static void renew(
      Connection connection, String name, Refreshes.Renewal renewal, long groupsVersion)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE issued_credential SET group_names = ?, groups_as_of = ?, groups_version = ?,"
                + " good_until = ? WHERE name = ?")) {
      statement.setString(1, GroupNames.encode(renewal.groups()));
      statement.setLong(2, renewal.asOf().toEpochMilli());
      statement.setLong(3, groupsVersion);
      statement.setLong(4, renewal.due().goodUntil().toEpochMilli());
      statement.setString(5, name);
      statement.executeUpdate();
    }
  }

  static int forget(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM issued_credential WHERE expires_at <= ?")) {
      statement.setLong(1, now.toEpochMilli());
      return statement.executeUpdate();
    }
  }

  private static IssuedCredential shown(ResultSet row) throws SQLException, StoreException {
    Columns columns = new Columns(row);
    return columns.read(
        () ->
            new IssuedCredential(
                columns.text("name"),
                holder(columns),
                columns.time("issued_at"),
                columns.time("expires_at"),
                columns.maybeTime("revoked_at"),
                new Freshness(columns.number("groups_version"), columns.maybeTime("good_until"))));
  }

  private static Holder holder(Columns columns) throws SQLException {
    return new Holder(
        columns.text("subject"),
        columns.maybeText("actor"),
        GroupNames.decode(columns.text("group_names")),
        columns.time("groups_as_of"),
        columns.text("issuer"),
        ProofMethod.valueOf(columns.text("method")),
        CallerKind.valueOf(columns.text("kind")),
        new SignOn(
            columns.maybeText("provider_subject"),
            columns.maybeText("provider_session"),
            columns.maybeTime("proved_at").orElse(Instant.EPOCH)));
  }

  private static Verifiers verifiers(ResultSet row) throws SQLException, StoreException {
    Columns columns = new Columns(row);
    return columns.read(
        () ->
            new Verifiers(
                ScramVerifier.parse(columns.text("scram_sha_256")),
                HEX.parseHex(columns.text("caching_sha2")),
                HEX.parseHex(columns.text("bearer"))));
  }
}
