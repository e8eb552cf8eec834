package io.gatehouse.appliance.demo;

import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of the demo's own. Only the gate's user can log in, by SCRAM over TLS. */
final class DemoDatabase implements AutoCloseable {
  static final String NAME = "bank";
  static final String USER = "gatehouse";

  /** The superuser needs no password until the schema is there. */
  private static final String SET_UP_RULES = "host all postgres 127.0.0.1/32 trust\n";

  private static final String RULES = "hostssl bank gatehouse 127.0.0.1/32 scram-sha-256\n";

  private final EmbeddedPostgres postgres;

  private DemoDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static DemoDatabase start(Path folder, DemoCertificates.Pair identity, Secret password)
      throws IOException {
    Path rules = Files.writeString(folder.resolve("pg_hba.conf"), SET_UP_RULES);
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
            .setDataDirectory(folder.resolve("data"))
            .setCleanDataDirectory(true)
            .setRegisterShutdownHook(true)
            .setErrorRedirector(to(folder))
            .setOutputRedirector(to(folder))
            .setServerConfig("hba_file", rules.toString())
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", identity.certificate().toString())
            .setServerConfig("ssl_key_file", identity.key().toString())
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .start();
    DemoDatabase database = new DemoDatabase(postgres);
    try {
      database.fill(password);
      Files.writeString(rules, RULES);
      database.applyRules();
    } catch (SQLException | IOException e) {
      database.close();
      throw new IOException("the demo's schema could not be made", e);
    }
    return database;
  }

  private static ProcessBuilder.Redirect to(Path folder) {
    return ProcessBuilder.Redirect.appendTo(folder.resolve("postgres.log").toFile());
  }

  int port() {
    return postgres.getPort();
  }

  /** The server is given a verifier, so that not even its log could hold the password. */
  private void fill(Secret password) throws SQLException, IOException {
    ScramVerifier verifier =
        ScramVerifier.derive(password, ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    run("postgres", "create role " + USER + " login password '" + verifier.encoded() + "'");
    run("postgres", "create database " + NAME + " owner " + USER);
    run(NAME, "set role " + USER + ";\n" + resource("bank.sql"));
  }

  private void applyRules() throws SQLException {
    run("postgres", "select pg_reload_conf()");
  }

  private void run(String database, String sql) throws SQLException {
    try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A text that comes with the demo. */
  static String resource(String name) throws IOException {
    try (InputStream content = DemoDatabase.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IOException(name + " is not in the jar");
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
