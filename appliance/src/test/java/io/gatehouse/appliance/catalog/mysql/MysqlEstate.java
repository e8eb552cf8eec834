package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.mysql.MysqlProtocol;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Databases of a test's own on a real server, which are dropped afterwards. */
final class MysqlEstate implements AutoCloseable {
  static final Duration TIME = Duration.ofMinutes(2);
  static final int ROWS = 1_000_000;
  private static final String PASSWORD = "of the test's own";

  private static final class Running {
    static final Transport TRANSPORT = new Transport(1);
    static final MysqlProtocol PORT =
        new MysqlProtocol(
            TRANSPORT,
            (arrival, control) -> {
              throw new IllegalStateException("nobody connects to this gate");
            },
            Limits.DEFAULTS,
            Meters.NONE);
  }

  private final Flavour flavour;
  private final List<String> databases;

  MysqlEstate(Flavour flavour, String... databases) {
    this.flavour = flavour;
    this.databases = List.of(databases);
    for (String database : databases) {
      run("DROP DATABASE IF EXISTS `" + database + "`", "CREATE DATABASE `" + database + "`");
    }
  }

  static UpstreamPort port() {
    return Running.PORT;
  }

  static MysqlCatalogReader reader(UpstreamPort port) {
    return new MysqlCatalogReader(port, Running.TRANSPORT.computing(), ROWS, TIME);
  }

  /** As a user who may do everything. */
  Upstream upstream() {
    return through(Held.NATIVE.credential());
  }

  private Upstream through(Credential credential) {
    return new Upstream(
        "real",
        new Upstream.Tcp("127.0.0.1", RealServer.of(flavour).port(), null),
        credential,
        databases.getFirst(),
        null,
        Map.of());
  }

  /** A new user, who has what is granted and no more. */
  Upstream user(String name, String... grants) {
    List<String> statements = new ArrayList<>();
    statements.add("DROP USER IF EXISTS '" + name + "'@'%'");
    statements.add(
        switch (flavour) {
          case MYSQL ->
              "CREATE USER '%s'@'%%' IDENTIFIED WITH mysql_native_password BY '%s'"
                  .formatted(name, PASSWORD.replace("'", "''"));
          case MARIADB ->
              "CREATE USER '%s'@'%%' IDENTIFIED BY '%s'"
                  .formatted(name, PASSWORD.replace("'", "''"));
        });
    for (String grant : grants) {
      statements.add("GRANT " + grant + " TO '" + name + "'@'%'");
    }
    try (Connection connection = connect("root", "")) {
      run(connection, statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return through(new Credential(name, HeldSecret.of(Secret.of(PASSWORD.toCharArray()))));
  }

  Connection connect() throws SQLException {
    return connect(Held.NATIVE.user(), Held.NATIVE.password());
  }

  private Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://localhost:%d/?sslMode=trust".formatted(RealServer.of(flavour).port()),
        user,
        password);
  }

  /** In a session of their own. */
  void run(String... statements) {
    try (Connection connection = connect()) {
      run(connection, List.of(statements));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  Catalog read() {
    return read(upstream());
  }

  static Catalog read(Upstream upstream) {
    return new Catalog(1, join(reader(port()).read(upstream, false)).content());
  }

  static Relation relation(Catalog catalog, String schema, String name) {
    Relation found = catalog.relation(schema, name);
    if (found == null) {
      throw new AssertionError(schema + "." + name + " is not in the catalog");
    }
    return found;
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    databases.forEach(database -> run("DROP DATABASE IF EXISTS `" + database + "`"));
  }
}
