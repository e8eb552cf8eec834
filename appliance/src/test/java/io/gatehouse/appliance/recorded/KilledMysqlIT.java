package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever MySQL and MariaDB say they executed, the journal knew before, whenever the gate is
 * killed.
 */
final class KilledMysqlIT {
  private static final String SEEN = "bank.killed_seen";

  @TempDir private Path folder;

  private record Logging(Connection connection, Path log) implements Killing.Server, AutoCloseable {

    static Logging start(Flavour flavour, Path log) throws SQLException {
      Connection connection = MysqlRows.direct(flavour);
      Logging logging = new Logging(connection, log);
      logging.run("CREATE TABLE " + SEEN + " (mark VARCHAR(40))");
      logging.run("SET GLOBAL log_output = 'FILE'");
      logging.run("SET GLOBAL general_log_file = '" + log + "'");
      logging.run("SET GLOBAL general_log = 1");
      return logging;
    }

    private void run(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void awaitNobody() {
      await().atMost(Duration.ofSeconds(60)).until(() -> others() == 0);
    }

    private int others() throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT COUNT(*) FROM information_schema.processlist WHERE user = '"
                      + Held.NATIVE.user()
                      + "' AND id <> CONNECTION_ID()")) {
        assertThat(rows.next()).isTrue();
        return rows.getInt(1);
      }
    }

    @Override
    public void close() throws SQLException {
      try (connection) {
        run("SET GLOBAL general_log = 0");
        run("DROP TABLE " + SEEN);
      }
    }
  }

  /** Otherwise what follows would prove nothing. */
  private static void logHasValues(Logging server) throws Exception {
    try (PreparedStatement insert =
        server.connection.prepareStatement("INSERT INTO " + SEEN + " VALUES (?)")) {
      insert.setString(1, "a value");
      insert.executeUpdate();
    }
    assertThat(Files.readString(server.log, StandardCharsets.ISO_8859_1))
        .containsPattern("Execute.*'a value'");
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void gateKilledUnderLoad_everythingThatRanIsOnRecord(Flavour flavour) throws Exception {
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    ServedGate.Ports ports = ServedGate.Ports.free();
    MysqlScene.files(folder);
    MysqlDriver.trust(folder);
    ServedGate.configure(
        folder, ports, MysqlScene.ways(flavour, ports.main()), journal.section(""));
    MysqlDriver driver = new MysqlDriver(flavour, ports.main(), folder);
    try (Logging server = Logging.start(flavour, folder.resolve("executed.log"))) {
      logHasValues(server);
      new Killing(folder, ports, journal)
          .everythingThatRan_isOnRecord(
              KilledMysqlIT.class,
              ", " + MysqlScene.word(flavour),
              SEEN,
              gate ->
                  driver.connect(
                      ServedGate.CALLER,
                      ServedGate.PASSWORD,
                      RealServer.DATABASE,
                      "&useServerPrepStmts=true"),
              server);
    }
  }
}
