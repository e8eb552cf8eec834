package io.gatehouse.appliance.control;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The store in either database: the statements are the same. */
final class SqlControlStore implements ControlStore {
  private static final int SALT_KEY_BYTES = 32;

  private final StoreThreads threads;

  private SqlControlStore(StoreThreads threads) {
    this.threads = threads;
  }

  static SqlControlStore open(
      StoreLocation location, StoreLimits limits, Iterable<Migration> migrations)
      throws StoreException {
    Database database = Database.of(location, limits);
    StoreThreads threads = new StoreThreads(database, limits);
    try {
      database.prepare();
      threads.withConnection(
          connection -> {
            new Migrator(database, migrations).migrate(connection);
            begin(connection);
            return connection;
          });
    } catch (SQLException e) {
      threads.close();
      throw database.failure(e);
    } catch (StoreException e) {
      threads.close();
      throw e;
    }
    return new SqlControlStore(threads);
  }

  /** Of gates that start together the first one's key stays. */
  private static void begin(Connection connection) throws SQLException {
    byte[] key = new byte[SALT_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO control_state (id, version, salt_key) VALUES (1, 0, ?)"
                + " ON CONFLICT (id) DO NOTHING")) {
      statement.setString(1, Base64.getEncoder().encodeToString(key));
      statement.executeUpdate();
    }
  }

  @Override
  public CompletionStage<byte[]> saltKey() {
    return threads.run(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery("SELECT salt_key FROM control_state WHERE id = 1")) {
            if (!row.next()) {
              throw new StoreException(
                  StoreFailure.NOT_OURS, "the control store has lost its salt key");
            }
            return Base64.getDecoder().decode(row.getString(1));
          }
        });
  }

  @Override
  public CompletionStage<@Nullable Void> put(StoredCredential credential) {
    return threads.run(
        connection -> {
          if (!CredentialRows.insert(connection, credential)) {
            throw new StoreException(
                StoreFailure.NAME_TAKEN, "there is a credential of that name already");
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<StoredCredential>> find(String name, Instant now) {
    return threads.run(connection -> CredentialRows.usable(connection, name, now));
  }

  @Override
  public CompletionStage<Optional<IssuedCredential>> show(String name) {
    return threads.run(connection -> CredentialRows.show(connection, name));
  }

  @Override
  public CompletionStage<List<IssuedCredential>> list(Listing listing) {
    return threads.run(connection -> CredentialRows.list(connection, listing));
  }

  @Override
  public CompletionStage<Long> revoke(Revocation revocation) {
    return threads.run(
        connection -> Transaction.run(connection, same -> RevocationRows.write(same, revocation)));
  }

  @Override
  public CompletionStage<Changes> changesSince(long version) {
    return threads.run(connection -> RevocationRows.since(connection, version));
  }

  @Override
  public Refreshes refreshes() {
    return new SqlRefreshes(threads);
  }

  @Override
  public Pins pins() {
    return new SqlPins(threads);
  }

  @Override
  public CompletionStage<Integer> forget(Instant now) {
    return threads.run(
        connection ->
            Transaction.run(
                connection,
                same ->
                    RefreshRows.forget(same, now)
                        + CredentialRows.forget(same, now)
                        + RevocationRows.forget(same, now)));
  }

  @Override
  public void close() {
    threads.close();
  }
}
