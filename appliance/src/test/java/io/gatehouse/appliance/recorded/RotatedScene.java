package io.gatehouse.appliance.recorded;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.testing.BriefServer;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;

/**
 * A server that asks everybody but its superuser for SCRAM, and the files of a gate in front of it.
 */
final class RotatedScene implements AutoCloseable {
  static final String CALLER = ServedGate.CALLER;
  static final String PASSWORD = ServedGate.PASSWORD;

  private final Path folder;
  private final EmbeddedPostgres server;

  private RotatedScene(Path folder, EmbeddedPostgres server) {
    this.folder = folder;
    this.server = server;
  }

  /** With the role gate, whose password is first. */
  static RotatedScene in(Path folder) throws Exception {
    EmbeddedPostgres server =
        BriefServer.builder().setDataDirectoryCustomizer(RotatedScene::furnish).start();
    RotatedScene scene = new RotatedScene(folder, server);
    scene.direct("CREATE DATABASE bank");
    scene.direct("CREATE ROLE gate LOGIN PASSWORD 'first'");
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User(CALLER, verifier, Set.of()));
    Files.writeString(
        folder.resolve("policy.yaml"), "rules: [{name: all, verdict: allow, bodies: unread}]\n");
    return scene;
  }

  private static void furnish(File data) {
    try {
      Files.writeString(
          data.toPath().resolve("pg_hba.conf"),
          "local all all trust\nhost all postgres all trust\nhost all all all scram-sha-256\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  void put(String name, String content) throws IOException {
    Path next = folder.resolve(name + ".next");
    Files.writeString(next, content);
    Files.move(next, folder.resolve(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  void direct(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * @param credential of the target, in braces
   * @param more sections
   */
  Path configure(String credential, String more) throws IOException {
    return configure(credential, more, new ServedGate.Ports(0, 0));
  }

  /** For a gate in a process of its own, which others have to find. */
  Path configure(String credential, String more, ServedGate.Ports ports) throws IOException {
    return Files.writeString(
        folder.resolve("gatehouse.yaml"),
        """
        listeners:
          - name: main
            address: 127.0.0.1
            port: %d
            clients-without-tls: accept
            databases: {bank: bank}
        targets:
          - name: bank
            protocol: postgresql
            host: 127.0.0.1
            port: %d
            without-tls: send-everything-unencrypted
            database: bank
            credential: %s
        users: users.yaml
        policy: policy.yaml
        journal: keep-no-record
        management: {address: 127.0.0.1, port: %d}
        limits: {analysis-millis: 60000}
        %s\
        """
            .formatted(ports.main(), port(), credential, ports.management(), more));
  }

  Appliance start(String credential, String more) throws Exception {
    return Appliance.start(configure(credential, more), new Environment(Map.of()));
  }

  static Connection connect(Appliance gate) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/bank?sslmode=disable&assumeMinServerVersion=14"
            .formatted(gate.address("main").getPort()),
        CALLER,
        PASSWORD);
  }

  static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  /** Who a new session is on the server. */
  static String account(Appliance gate) throws SQLException {
    try (Connection connection = connect(gate)) {
      return ask(connection, "SELECT session_user::text");
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
