package io.gatehouse.appliance.chaos;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real PostgreSQL whose backends may be killed; commits survive that. Used by one thread. */
final class ChaosDatabase implements AutoCloseable {
  static final String USER = "gatehouse";
  static final String PASSWORD = "held by the gate only";

  private static final String RULES =
      """
      host all postgres 127.0.0.1/32 trust
      hostssl bank gatehouse 127.0.0.1/32 scram-sha-256
      """;

  private final EmbeddedPostgres postgres;
  private final Path data;

  private ChaosDatabase(EmbeddedPostgres postgres, Path data) {
    this.postgres = postgres;
    this.data = data;
  }

  /** The folder holds the certificates. */
  static ChaosDatabase start(Path folder) throws IOException, SQLException {
    Path rules = Files.writeString(folder.resolve("pg_hba.conf"), RULES);
    Path data = folder.resolve("data");
    File log = folder.resolve("postgres.log").toFile();
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
            .setDataDirectory(data)
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log))
            .setServerConfig("hba_file", rules.toString())
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", folder.resolve("server.crt").toString())
            .setServerConfig("ssl_key_file", folder.resolve("server.key").toString())
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            // What was acknowledged must be there after the crash of a backend.
            .setServerConfig("synchronous_commit", "on")
            .start();
    ChaosDatabase database = new ChaosDatabase(postgres, data);
    database.run("postgres", "create role " + USER + " login password '" + PASSWORD + "'");
    database.run("postgres", "create database bank owner " + USER);
    database.run("bank", "set role gatehouse; create table ledger (id bigint, payload text)");
    return database;
  }

  int port() {
    return postgres.getPort();
  }

  /** Around the gate, as the superuser. */
  Connection direct(String database) throws SQLException {
    return postgres.getDatabase("postgres", database).getConnection();
  }

  private void run(String database, String sql) throws SQLException {
    try (Connection connection = direct(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The processes that serve the gate. */
  List<Long> backends() throws SQLException {
    List<Long> pids = new ArrayList<>();
    try (Connection connection = direct("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select pid from pg_stat_activity where usename = '" + USER + "' order by 1")) {
      while (rows.next()) {
        pids.add(rows.getLong(1));
      }
    }
    return pids;
  }

  void terminate(long backend) throws SQLException {
    run("postgres", "select pg_terminate_backend(" + backend + ")");
  }

  /** With signal 9, and only if it is one of this server's. All others restart then. */
  void kill(long backend) throws IOException {
    long postmaster = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    Optional<ProcessHandle> ours =
        ProcessHandle.of(backend)
            .filter(process -> process.parent().map(ProcessHandle::pid).orElse(0L) == postmaster);
    ours.ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
