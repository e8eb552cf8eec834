package io.gatehouse.appliance.masking;

import io.gatehouse.appliance.testing.BriefServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL of its own that trusts everybody, with databases of the bank that are copies of one:
 * the numbers of all objects are the same in each. Nothing runs there that was not asked for, so
 * that the plan of a statement is the same each time.
 */
public final class BankServer implements AutoCloseable {
  private static final String TEMPLATE = "bank_without_rows";

  private final EmbeddedPostgres postgres;

  private BankServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  public static BankServer start() throws IOException, SQLException {
    BankServer server =
        new BankServer(
            BriefServer.builder()
                .setServerConfig("autovacuum", "off")
                .setServerConfig("max_connections", "100")
                .start());
    server.run("postgres", "CREATE DATABASE " + TEMPLATE);
    server.run(TEMPLATE, BankData.schema());
    return server;
  }

  /** Another database, with rows. */
  public BankServer with(String database, long seed, Variant variant) throws SQLException {
    run("postgres", "CREATE DATABASE " + database + " TEMPLATE " + TEMPLATE);
    run("postgres", BankData.settings(database));
    run(database, BankData.rows(seed, variant));
    return this;
  }

  public int port() {
    return postgres.getPort();
  }

  /** As the superuser. */
  public Connection direct(String database) throws SQLException {
    return postgres.getDatabase("postgres", database).getConnection();
  }

  public void run(String database, String sql) throws SQLException {
    try (Connection connection = direct(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** As an analyst, who may read and change every row. */
  public Login login(String database) {
    return Login.trusted(port(), "analyst", database);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
