package io.gatehouse.appliance.masking;

import io.gatehouse.appliance.testing.LentServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A PostgreSQL that nobody else uses meanwhile, which trusts everybody, with databases of the bank
 * that are copies of one: the numbers of all objects are the same in each. Nothing runs there that
 * was not asked for, so that the plan of a statement is the same each time.
 */
public final class BankServer implements AutoCloseable {
  private static final String TEMPLATE = "bank_without_rows";

  private final LentServer server;

  private BankServer(LentServer server) {
    this.server = server;
  }

  public static BankServer start() throws IOException, SQLException {
    BankServer server =
        new BankServer(LentServer.borrow(Map.of("autovacuum", "off", "max_connections", "100")));
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
    return server.postgres().getPort();
  }

  /** As the superuser. */
  public Connection direct(String database) throws SQLException {
    return server.postgres().getDatabase("postgres", database).getConnection();
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
    server.close();
  }
}
