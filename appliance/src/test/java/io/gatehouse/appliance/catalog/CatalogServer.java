package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.testing.BriefServer;
import io.gatehouse.postgres.PostgresProtocol;
import io.gatehouse.spi.NotificationPort;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of this fork, and the gate's way to it as a user who owns
 * nothing.
 */
public final class CatalogServer {
  static final String GATE = "gate";
  static final Duration TIME = Duration.ofSeconds(60);
  static final int ROWS = 1_000_000;

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final class Running {
    static final EmbeddedPostgres SERVER = start();
    static final Transport TRANSPORT = new Transport(1);
    static final PostgresProtocol PORT =
        new PostgresProtocol(
            TRANSPORT,
            (arrival, control) -> {
              throw new IllegalStateException("nobody connects to this gate");
            },
            Limits.DEFAULTS,
            Meters.NONE);
  }

  private final String name;

  private CatalogServer(String name) {
    this.name = name;
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = BriefServer.builder().start();
      run(server, "postgres", "create role " + GATE + " login");
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int tcpPort() {
    return Running.SERVER.getPort();
  }

  /** A database of the test's own, empty. */
  public static CatalogServer empty() {
    return named("catalog_" + DATABASES.incrementAndGet());
  }

  /** One whose name matters. */
  public static CatalogServer named(String name) {
    run(Running.SERVER, "postgres", "create database " + name);
    return new CatalogServer(name);
  }

  static CatalogServer estate() {
    CatalogServer database = empty();
    database.run(resource("estate.sql"));
    return database;
  }

  static String resource(String name) {
    try (InputStream content = CatalogServer.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static UpstreamPort port() {
    return Running.PORT;
  }

  static NotificationPort notifications() {
    return Running.PORT;
  }

  static CatalogReader reader(UpstreamPort port) {
    return new CatalogReader(port, Running.TRANSPORT.computing(), ROWS, TIME);
  }

  public String name() {
    return name;
  }

  Upstream upstream() {
    return as(GATE);
  }

  Upstream as(String user) {
    return new Upstream(
        "real",
        new Upstream.Tcp("127.0.0.1", Running.SERVER.getPort(), null),
        new Credential(user, null),
        name,
        null,
        Map.of());
  }

  /** What the gate sees, through its own connection. */
  public Catalog read() {
    return new Catalog(1, join(reader(port()).read(upstream(), false)).content());
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** As the superuser, on a connection of its own. */
  public void run(String sql) {
    run(Running.SERVER, name, sql);
  }

  /** A connection of the superuser's that the test keeps. */
  public Connection connect() {
    try {
      return Running.SERVER.getDatabase("postgres", name).getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column. */
  public List<String> list(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(EmbeddedPostgres server, String database, String sql) {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
