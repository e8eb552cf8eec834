package io.gatehouse.appliance.gated;

import io.gatehouse.appliance.testing.BriefServer;
import io.gatehouse.appliance.testing.LentServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A real PostgreSQL that nobody else uses meanwhile, with one database to play with. */
public final class RealDatabase implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final Closeable end;
  private final String name;
  private String copied = "";
  private String repeated = "";

  private RealDatabase(EmbeddedPostgres postgres, Closeable end, String name) throws SQLException {
    this.postgres = postgres;
    this.end = end;
    this.name = name;
    runIn("postgres", "CREATE DATABASE " + name);
  }

  /** On a server that goes on for the next one when this is closed, without what was made here. */
  public static RealDatabase start(String name) throws IOException, SQLException {
    LentServer server = LentServer.borrow(Map.of());
    return new RealDatabase(server.postgres(), server::close, name);
  }

  /** On a server that is stopped when this is closed, and of which everything may be changed. */
  public static RealDatabase alone(String name) throws IOException, SQLException {
    EmbeddedPostgres postgres = BriefServer.builder().start();
    return new RealDatabase(postgres, postgres, name);
  }

  public int port() {
    return postgres.getPort();
  }

  public String name() {
    return name;
  }

  /** As the superuser, without the gate. */
  public Connection direct() throws SQLException {
    return postgres.getDatabase("postgres", name).getConnection();
  }

  public void run(String sql) throws SQLException {
    runIn(name, sql);
  }

  private void runIn(String database, String sql) throws SQLException {
    try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value of a query. */
  public String ask(String sql) throws SQLException {
    try (Connection connection = direct();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  /**
   * Keeps the database as it is now, for {@link #renew}. Nobody may be connected to it.
   *
   * @param repeated what a copy does not have, like rights on the database itself
   */
  public void keep(String repeated) throws SQLException {
    runIn("postgres", "CREATE DATABASE kept TEMPLATE " + name);
    copied = " TEMPLATE kept";
    this.repeated = repeated;
  }

  /** Drops the database and makes it anew: as it was kept, else empty. */
  public void renew() throws SQLException {
    runIn("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
    runIn("postgres", "CREATE DATABASE " + name + copied);
    if (!repeated.isEmpty()) {
      run(repeated);
    }
  }

  @Override
  public void close() throws IOException {
    end.close();
  }
}
