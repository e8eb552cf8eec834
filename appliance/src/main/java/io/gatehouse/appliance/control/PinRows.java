package io.gatehouse.appliance.control;

import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonText;
import io.gatehouse.spi.json.JsonWriter;
import io.gatehouse.spi.json.MalformedJsonException;
import io.gatehouse.spi.login.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The table of pinned definitions. Every writer takes the next of {@link Versions} first, so that
 * nobody else changes what it has read.
 */
final class PinRows {
  private static final String OF =
      " WHERE target = ? AND server = ? AND kind = ? AND name_digest = ?";

  private static final String PIN =
      "SELECT target, server, kind, name, pinned_digest, pinned_at, pinned_by, pending_digest,"
          + " pending_at, version, CASE WHEN LENGTH(pinned) <= "
          + Pins.MOST_AT_HAND
          + " THEN pinned END AS at_hand";

  private static final String SHOW = PIN + ", pinned, pending FROM definition_pin" + OF;

  private static final String SINCE =
      PIN + " FROM definition_pin WHERE version > ? AND version <= ? ORDER BY version LIMIT ?";

  /** The digest of the name stands last, where it does in {@link #OF}. */
  private static final String BEGIN =
      "INSERT INTO definition_pin (name, version, target, server, kind, name_digest)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (target, server, kind, name_digest) DO NOTHING";

  private static final String FIRST =
      "UPDATE definition_pin SET version = ?, pinned_digest = ?, pinned = ?, pinned_at = ?,"
          + " pinned_by = ?, pending_digest = NULL, pending = NULL, pending_at = NULL"
          + OF;

  private static final String BACK =
      "UPDATE definition_pin SET version = ?, pending_digest = NULL, pending = NULL,"
          + " pending_at = NULL"
          + OF;

  private static final String PENDING =
      "UPDATE definition_pin SET version = ?, pending_digest = ?, pending = ?, pending_at = ?" + OF;

  private static final String ACCEPT =
      "UPDATE definition_pin SET version = ?, pinned_digest = pending_digest, pinned = pending,"
          + " pinned_at = ?, pinned_by = ?, pending_digest = NULL, pending = NULL,"
          + " pending_at = NULL"
          + OF
          + " AND pending_digest = ?";

  private static final String FORGET =
      "UPDATE definition_pin SET version = ?, pinned_digest = NULL, pinned = NULL,"
          + " pinned_at = NULL, pinned_by = NULL, pending_digest = NULL, pending = NULL,"
          + " pending_at = NULL"
          + OF
          + " AND (pinned_digest IS NOT NULL OR pending_digest IS NOT NULL)";

  private PinRows() {}

  /** Sets what comes before the key, from the first place on. */
  private interface Values {
    void set(PreparedStatement statement) throws SQLException;
  }

  private static int run(
      Connection connection, String sql, DefinitionKey key, int before, Values values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      values.set(statement);
      of(statement, before, key);
      return statement.executeUpdate();
    }
  }

  private static void of(PreparedStatement statement, int before, DefinitionKey key)
      throws SQLException {
    statement.setString(before + 1, key.target());
    statement.setString(before + 2, key.server());
    statement.setString(before + 3, key.kind().name());
    statement.setString(before + 4, digest(key.name()));
  }

  private static String digest(String name) {
    return HexFormat.of().formatHex(Sha256.digest(name.getBytes(StandardCharsets.UTF_8)));
  }

  /** PostgreSQL keeps no NUL in a text. */
  private static String written(String name) {
    return new String(JsonWriter.bytes(name), StandardCharsets.UTF_8);
  }

  private static String read(String written) {
    try {
      JsonLimits limits = JsonLimits.DEFAULTS;
      return JsonText.read(written.getBytes(StandardCharsets.UTF_8), limits).root().text();
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("a name that is no JSON", e);
    }
  }

  /** Inside of a transaction. */
  static void see(Connection connection, Pins.Sighting sighting)
      throws SQLException, StoreException {
    long version = Versions.next(connection);
    DefinitionKey key = sighting.definition().key();
    Pinned before = show(connection, key).map(one -> one.pin().digests()).orElse(Pinned.NOTHING);
    Pinned after = before.seen(sighting.definition().digest(), sighting.firstUse());
    if (after.equals(before)) {
      return;
    }
    begin(connection, key, version);
    String digest = sighting.definition().digest();
    String text = sighting.definition().text();
    long at = sighting.at().toEpochMilli();
    if (digest.equals(after.pending())) {
      run(
          connection,
          PENDING,
          key,
          4,
          statement -> {
            statement.setLong(1, version);
            statement.setString(2, digest);
            statement.setString(3, text);
            statement.setLong(4, at);
          });
    } else if (digest.equals(before.accepted())) {
      run(connection, BACK, key, 1, statement -> statement.setLong(1, version));
    } else {
      run(
          connection,
          FIRST,
          key,
          5,
          statement -> {
            statement.setLong(1, version);
            statement.setString(2, digest);
            statement.setString(3, text);
            statement.setLong(4, at);
            statement.setString(5, Pins.FIRST_USE);
          });
    }
  }

  private static void begin(Connection connection, DefinitionKey key, long version)
      throws SQLException {
    run(
        connection,
        BEGIN,
        key,
        2,
        statement -> {
          statement.setString(1, written(key.name()));
          statement.setLong(2, version);
        });
  }

  /** Inside of a transaction. */
  static boolean accept(
      Connection connection, DefinitionKey key, String digest, String by, Instant now)
      throws SQLException, StoreException {
    long version = Versions.next(connection);
    return run(
            connection,
            ACCEPT,
            key,
            3,
            statement -> {
              statement.setLong(1, version);
              statement.setLong(2, now.toEpochMilli());
              statement.setString(3, by);
              statement.setString(8, digest);
            })
        == 1;
  }

  /** Inside of a transaction. */
  static boolean forget(Connection connection, DefinitionKey key)
      throws SQLException, StoreException {
    long version = Versions.next(connection);
    return run(connection, FORGET, key, 1, statement -> statement.setLong(1, version)) == 1;
  }

  static Optional<Pins.Texts> show(Connection connection, DefinitionKey key)
      throws SQLException, StoreException {
    try (PreparedStatement statement = connection.prepareStatement(SHOW)) {
      of(statement, 0, key);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Columns columns = new Columns(row);
        return columns.read(
            () ->
                Optional.of(
                    new Pins.Texts(
                        pin(columns), columns.maybeText("pinned"), columns.maybeText("pending"))));
      }
    }
  }

  /** As {@link RevocationRows#since}. */
  static Pins.Page since(Connection connection, long asked) throws SQLException, StoreException {
    long current = Versions.current(connection);
    long since = asked > current ? 0 : asked;
    boolean anew = since == 0;
    if (since == current) {
      return new Pins.Page(current, List.of(), anew, false);
    }
    try (PreparedStatement statement = connection.prepareStatement(SINCE)) {
      statement.setLong(1, since);
      statement.setLong(2, current);
      statement.setInt(3, ControlStore.MOST_ROWS);
      try (ResultSet row = statement.executeQuery()) {
        return page(row, current, anew);
      }
    }
  }

  private static Pins.Page page(ResultSet row, long current, boolean anew)
      throws SQLException, StoreException {
    Columns columns = new Columns(row);
    List<Pin> pins = new ArrayList<>();
    long last = current;
    while (row.next()) {
      pins.add(columns.read(() -> pin(columns)));
      last = columns.number("version");
    }
    boolean more = pins.size() == ControlStore.MOST_ROWS;
    return new Pins.Page(more ? last : current, pins, anew, more);
  }

  private static Pin pin(Columns columns) throws SQLException {
    return new Pin(
        new DefinitionKey(
            columns.text("target"),
            columns.maybeText("server").orElse(""),
            DefinitionKey.Kind.valueOf(columns.text("kind")),
            read(columns.text("name"))),
        new Pinned(
            columns.maybeText("pinned_digest").orElse(null),
            columns.maybeText("pending_digest").orElse(null)),
        columns.maybeText("at_hand"),
        columns.maybeTime("pinned_at"),
        columns.maybeText("pinned_by"),
        columns.maybeTime("pending_at"));
  }
}
