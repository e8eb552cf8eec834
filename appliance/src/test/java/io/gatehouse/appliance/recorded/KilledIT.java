package io.gatehouse.appliance.recorded;

import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.testing.BriefServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever PostgreSQL says it executed, the journal knew before, whenever the gate is killed. */
final class KilledIT implements Killing.Server {
  @TempDir private Path folder;
  private EmbeddedPostgres server;
  private Path serverLog;

  @BeforeEach
  void start() throws Exception {
    serverLog = folder.resolve("server.log");
    server =
        BriefServer.builder()
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(serverLog.toFile()))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(serverLog.toFile()))
            .setServerConfig("log_statement", "all")
            .setServerConfig("log_destination", "stderr")
            .setServerConfig("logging_collector", "off")
            .setServerConfig("max_connections", "200")
            .start();
    run("postgres", "CREATE ROLE gate LOGIN");
    run("postgres", "CREATE DATABASE bank OWNER gate");
    run("bank", "CREATE TABLE seen (mark text); GRANT ALL ON seen TO gate");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private void run(String database, String sql) throws SQLException {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void gateKilledUnderLoad_everythingThatRanIsOnRecord() throws Exception {
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    ServedGate.Ports ports = ServedGate.configure(folder, server.getPort(), journal, "");
    new Killing(folder, ports, journal)
        .everythingThatRan_isOnRecord(KilledIT.class, "", "public.seen", ServedGate::connect, this);
  }

  @Override
  public Path log() {
    return serverLog;
  }

  @Override
  public void awaitNobody() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              try (Connection connection = server.getPostgresDatabase().getConnection();
                  Statement statement = connection.createStatement();
                  ResultSet rows =
                      statement.executeQuery(
                          "SELECT count(*) FROM pg_stat_activity WHERE usename = 'gate'")) {
                return rows.next() && rows.getInt(1) == 0;
              }
            });
  }
}
