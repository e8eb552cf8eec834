package io.gatehouse.appliance.masking.attacks;

import io.gatehouse.appliance.masking.Login;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.sql.attacks.AttackList;
import io.gatehouse.appliance.testing.BriefServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A PostgreSQL of its own with the database of the list of evasions, under its own name {@code
 * corp} and with protected values of a choice. Two of these give the same numbers to the same
 * things.
 */
public final class CorpServer implements AutoCloseable {
  public static final String DATABASE = "corp";

  private static final String TEMPLATE = "prepared";
  private static final String SSN = "format('SECRET-%s', lpad(n::text, 4, '0'))";
  private static final String EMAIL = "format('VICTIM%s@ex.com', n)";
  private static final String SALARY = "90000 + n";

  private final EmbeddedPostgres postgres;

  /** Not to the database that is renewed. */
  private final Connection beside;

  private CorpServer(EmbeddedPostgres postgres) throws SQLException {
    this.postgres = postgres;
    beside = postgres.getPostgresDatabase().getConnection();
  }

  public static CorpServer start(Variant variant) throws IOException, SQLException {
    CorpServer server =
        new CorpServer(BriefServer.builder().setServerConfig("autovacuum", "off").start());
    server.superuser("postgres", "CREATE DATABASE " + TEMPLATE);
    server.superuser(
        TEMPLATE,
        fixture(variant)
            .replace("IN DATABASE corp", "")
            .replace("DATABASE corp", "DATABASE " + TEMPLATE));
    server.renew(List.of());
    return server;
  }

  /** Run by a superuser in an empty database named {@code corp}. */
  public static String fixture(Variant variant) {
    String fixture = AttackList.fixture();
    for (String literal : new String[] {SSN, EMAIL, SALARY}) {
      if (!fixture.contains(literal)) {
        throw new IllegalStateException("the fixture no longer has " + literal);
      }
    }
    return switch (variant) {
      case MARKED -> fixture;
      case ALIKE ->
          fixture
              .replace(SSN, "format('HIDDEN-%s', lpad(n::text, 4, '0'))")
              .replace(EMAIL, "format('PERSON%s@ex.com', n)")
              .replace(SALARY, "170000 + n");
      case UNLIKE ->
          fixture
              .replace(SSN, "format('HIDDEN-%s', 7919 * n % 9973 + 10000 * (n % 3))")
              .replace(EMAIL, "format('PERSON%s@there.test', 31 * n % 997)")
              .replace(SALARY, "70000 - 17 * n");
    };
  }

  /** The database as the fixture makes it, and what an evasion wants to be there. */
  public void renew(List<String> setup) throws SQLException {
    try (Statement statement = beside.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS corp WITH (FORCE)");
      statement.execute("CREATE DATABASE corp TEMPLATE " + TEMPLATE);
      statement.execute(
          """
          ALTER ROLE app RESET ALL;
          ALTER ROLE app SET search_path = hr, public;
          GRANT CREATE, TEMPORARY ON DATABASE corp TO app
          """);
    }
    for (String one : setup) {
      superuser(DATABASE, one);
    }
  }

  /** Several at once: each waits for its own server. */
  public static void renew(Collection<CorpServer> servers, List<String> setup) {
    CompletableFuture.allOf(
            servers.stream()
                .map(server -> CompletableFuture.runAsync(() -> server.renewed(setup)))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private void renewed(List<String> setup) {
    try {
      renew(setup);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return postgres.getPort();
  }

  public Connection direct() throws SQLException {
    return postgres.getDatabase("postgres", DATABASE).getConnection();
  }

  /** The number of a function. */
  public int function(String signature) throws SQLException {
    try (Connection connection = direct();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT '" + signature + "'::regprocedure::oid::int")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  public Login login(Map<String, String> parameters) {
    return new Login(port(), "app", "", DATABASE, parameters);
  }

  private void superuser(String database, String sql) throws SQLException {
    try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    beside.close();
    postgres.close();
  }
}
