package io.gatehouse.appliance.gated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.catalog.LiveCatalogs;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that do not pass through the gate, with and without the event trigger. */
final class StrictIT {
  private static final String POLICY =
      """
      rules:
        - name: no-secrets
          resources: {tables: ["*.secrets"]}
          verdict: deny
          message: "not for anybody"
        - name: read
          operations: [session, read]
          verdict: allow
      """;

  /** No look but those that are asked for. */
  private static final String UNWATCHED =
      ", catalog-watch-seconds: 3600, catalog-refresh-seconds: 3600, catalog-age-seconds: 3600";

  private static RealDatabase server;
  @TempDir private Path folder;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("corp");
    server.run("CREATE ROLE plain LOGIN");
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  @BeforeEach
  void fill() throws SQLException {
    server.renew();
    server.run(
        "CREATE TABLE secrets AS SELECT 'hidden' AS v; CREATE TABLE news AS SELECT 'open' AS v;"
            + " GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain");
  }

  private static void install() throws Exception {
    try (InputStream script = LiveCatalogs.class.getResourceAsStream("event-trigger.sql")) {
      server.run(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private GatedDatabase gate(String keys, String limits) throws Exception {
    return GatedDatabase.start(
            folder,
            new GatedDatabase.Server(server.name(), server.port()),
            "plain",
            POLICY,
            keys,
            limits)
        .user("ann", "analysts");
  }

  private static String ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT v FROM news")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String refused(Connection connection) {
    SQLException refusal = catchThrowableOfType(SQLException.class, () -> ask(connection));
    return refusal == null ? "" : refusal.getSQLState() + " " + refusal.getMessage();
  }

  @Test
  void strictWithoutTheTrigger_refusesSayingWhyAndServesWhenItIsThere() throws Exception {
    // The driver's own first queries would be refused as well.
    try (GatedDatabase gate = gate("strict: true", ", catalog-watch-seconds: 1");
        Connection ann = gate.connect("ann", "assumeMinServerVersion=14")) {
      assertThat(refused(ann))
          .startsWith("57P03 ")
          .contains(
              "target \"corp\" is strict",
              "its database \"corp\" are not reported",
              "install event-trigger.sql",
              "accept-definition-window: true");
      assertThat(refused(ann)).startsWith("57P03 ");

      install();

      await().until(() -> refused(ann).isEmpty());
      assertThat(ask(ann)).isEqualTo("open");

      server.run("ALTER EVENT TRIGGER gatehouse_catalog_end DISABLE");
      await().until(() -> refused(ann).startsWith("57P03 "));
    }
  }

  @Test
  void strictWithTheWindowAccepted_isServed() throws Exception {
    try (GatedDatabase gate = gate("strict: true\naccept-definition-window: true", "");
        Connection ann = gate.connect("ann", "")) {
      assertThat(ask(ann)).isEqualTo("open");
    }
  }

  /** What a look every hour would leave open for as long is closed by the notification. */
  @Test
  void tableReplacedByAViewOutside_isDecidedAsTheView() throws Exception {
    install();
    try (GatedDatabase gate = gate("strict: true", UNWATCHED);
        Connection ann = gate.connect("ann", "")) {
      assertThat(ask(ann)).isEqualTo("open");

      server.run(
          "BEGIN; DROP TABLE news; CREATE VIEW news AS SELECT v FROM secrets;"
              + " GRANT SELECT ON news TO plain; COMMIT");

      await()
          .pollInterval(Duration.ofMillis(20))
          .until(() -> refused(ann).contains("rule \"no-secrets\""));
    }
  }

  @Test
  void withoutTheTrigger_theSameIsDecidedByTheOldPicture() throws Exception {
    try (GatedDatabase gate = gate("strict: false", UNWATCHED);
        Connection ann = gate.connect("ann", "")) {
      assertThat(ask(ann)).isEqualTo("open");

      server.run(
          "BEGIN; DROP TABLE news; CREATE VIEW news AS SELECT v FROM secrets;"
              + " GRANT SELECT ON news TO plain; COMMIT");

      assertThat(ask(ann)).as("the window that docs/catalog.md describes").isEqualTo("hidden");
    }
  }
}
