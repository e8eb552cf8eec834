package io.gatehouse.appliance.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.testing.Libpq;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo as its reader uses it: a real driver, a real PostgreSQL, the gate in between. */
final class DemoIT {
  private static Demo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = Demo.start(0);
  }

  @AfterAll
  static void stop() throws Exception {
    Path folder = demo.folder();
    demo.close();
    assertThat(folder).doesNotExist();
  }

  private static Connection connect(String user, String password, String database)
      throws SQLException {
    return connect(demo.port(), user, password, database);
  }

  private static Connection connect(int port, String user, String password, String database)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", demo.certificateAuthority().toString());
    properties.setProperty("channelBinding", "require");
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port + "/" + database, properties);
  }

  @Test
  void callerWithPassword_readsTheBankAsTheGatesUser() throws Exception {
    try (Connection connection = connect(Demo.CALLER, demo.callerPassword(), "bank");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select current_user, (select count(*) from customer), inet_server_port()")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getString(1)).isEqualTo("gatehouse");
      assertThat(result.getInt(2)).isEqualTo(200);
      assertThat(result.getInt(3)).isNotEqualTo(demo.port());
    }
  }

  @Test
  void preparedStatementInATransaction_changesTheBank() throws Exception {
    try (Connection connection = connect(Demo.CALLER, demo.callerPassword(), "bank")) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement =
          connection.prepareStatement("update account set balance = balance + ? where id = ?")) {
        statement.setBigDecimal(1, new java.math.BigDecimal("10.50"));
        statement.setLong(2, 7);
        assertThat(statement.executeUpdate()).isEqualTo(1);
      }
      connection.rollback();
    }
  }

  @Test
  void protectedColumn_isRefusedByTheSamplePolicy_theRestIsNot() throws Exception {
    try (Connection connection = connect(Demo.CALLER, demo.callerPassword(), "bank");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("select name, ssn from customer"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
          .hasMessageContaining("personal-data-stays");
      assertThatThrownBy(() -> statement.executeUpdate("delete from card"))
          .hasMessageContaining("say-which-rows");
      try (ResultSet result = statement.executeQuery("select id, name from customer limit 3")) {
        assertThat(result.next()).isTrue();
      }
    }
  }

  @Test
  void wrongPassword_isRefused() {
    assertThatThrownBy(() -> connect(Demo.CALLER, "wrong", "bank"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void unknownCaller_isRefusedInTheSameWords() {
    assertThatThrownBy(() -> connect("mallory", "wrong", "bank"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"))
        .hasMessageContaining("password authentication failed for user \"mallory\"");
  }

  @Test
  void databaseThatIsNotServed_isRefused() {
    assertThatThrownBy(() -> connect(Demo.CALLER, demo.callerPassword(), "postgres"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("3D000"));
  }

  @Test
  void caller_cannotGoAroundTheGate() {
    assertThatThrownBy(
            () -> connect(demo.databasePort(), Demo.CALLER, demo.callerPassword(), "bank"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("28"));
  }

  @Test
  void command_isLoggedWithoutItsTextAndCounted() throws Exception {
    try (RecordedLog log = RecordedLog.atTrace()) {
      try (Connection connection = connect(Demo.CALLER, demo.callerPassword(), "bank");
          Statement statement = connection.createStatement()) {
        statement.execute("select 'planted-literal-77'");
      }

      assertThat(log.lines())
          .anyMatch(line -> line.contains("event=command") && line.contains("caller=alice"))
          .noneMatch(line -> line.contains("logger=command") && line.contains("planted-literal-77"))
          .noneMatch(line -> line.contains(demo.callerPassword()));
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      String metrics =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(demo.managementUrl())).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(metrics)
          .containsPattern("gatehouse_logins_total\\{listener=\"demo\"\\} [1-9]")
          .containsPattern("gatehouse_certificate_expires_timestamp_seconds.* 1\\.\\d+E9");
    }
  }

  @Test
  void agent_callsToolsByThePrintedLine_andNoneThatThePolicyDenies() throws Exception {
    HttpResponse<String> found =
        Curl.run(demo.curlLine("find_customers", "{\"name\":\"Ada Adler\"}"));
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    assertThat(found.body()).contains("\"name\":\"Ada Adler\"").doesNotContain("ssn");

    HttpResponse<String> refused = Curl.run(demo.curlLine("block_card", "{\"id\":7}"));
    assertThat(refused.body())
        .contains("cards-are-blocked-by-people", "a person decides that; ask one");
    HttpResponse<String> masked = Curl.run(demo.curlLine("customer", "{\"id\":7}"));
    assertThat(masked.body())
        .contains("customer7@bank.example", "0007")
        .doesNotContain("907-49", "90749");
    try (Connection connection = connect(Demo.CALLER, demo.callerPassword(), "bank");
        Statement statement = connection.createStatement();
        ResultSet card = statement.executeQuery("select blocked from card where id = 7")) {
      assertThat(card.next()).isTrue();
      assertThat(card.getBoolean(1)).isFalse();
    }
  }

  private static HttpResponse<String> toolsAnswer(String token, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + demo.agents().toolsPort() + "/mcp"))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void agent_cannotGoAroundTheGate() throws Exception {
    assertThat(toolsAnswer(demo.agents().token(), "{}").statusCode()).isEqualTo(401);
    assertThat(Files.getPosixFilePermissions(demo.folder().resolve("agent.headers")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void tools_answerTheGate_inBothEras() throws Exception {
    String own = Files.readString(demo.folder().resolve("tools-token")).strip();
    String older = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":{%s}}";
    String newer = "\"_meta\":{\"" + DemoTools.VERSION + "\":\"" + DemoTools.MODERN + "\"}";

    assertThat(
            toolsAnswer(own, older.formatted("initialize", "\"protocolVersion\":\"2025-11-25\""))
                .body())
        .contains("\"protocolVersion\":\"2025-11-25\"", "demo-bank");
    assertThat(toolsAnswer(own, older.formatted("tools/list", newer)).body())
        .contains("\"resultType\":\"complete\"", "find_customers", "customer", "block_card");
    assertThat(
            toolsAnswer(
                    own,
                    older.formatted("tools/call", "\"name\":\"customer\",\"arguments\":{\"id\":7}"))
                .body())
        .contains("\"email\":\"customer7@bank.example\"", "\"ssn\":\"907-49-0007\"");
    assertThat(toolsAnswer(own, older.formatted("ping", newer)).statusCode()).isEqualTo(200);
    assertThat(toolsAnswer(own, older.formatted("drop", newer)).statusCode()).isEqualTo(404);
    assertThat(toolsAnswer(own, "{").statusCode()).isEqualTo(400);
  }

  /** A shell reads the line; then psql's library connects with what psql would get. */
  @Test
  void printedLine_worksAsPrinted() throws Exception {
    String psql = "psql() { printf '%s password=%s' \"$1\" \"$PGPASSWORD\"; }; ";
    Process process =
        new ProcessBuilder("sh", "-c", psql + demo.psqlLine()).redirectErrorStream(true).start();
    String connection = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(connection).isZero();

    try (RealDatabase other = RealDatabase.start("other");
        Libpq libpq =
            new Libpq(
                Path.of(other.ask("SELECT setting FROM pg_config WHERE name = 'LIBDIR'")),
                () -> "")) {
      assertThat(libpq.ask(connection, "select count(*) from card")).isEqualTo("250");
    }
  }
}
