package io.gatehouse.appliance.gated;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.masking.Login;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** The gate in front of a database, with a policy, for users who all have the same password. */
public final class GatedDatabase implements AutoCloseable {
  private static final String PASSWORD = "not a secret";
  private static final ScramVerifier VERIFIER =
      ScramVerifier.derive(
          Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());

  private final Appliance appliance;
  private final Path folder;
  private final String database;

  private GatedDatabase(Appliance appliance, Path folder, String database) {
    this.appliance = appliance;
    this.folder = folder;
    this.database = database;
  }

  /**
   * @param folder an empty one
   * @param role who the gate is at the server
   * @param policy the text of a policy file
   */
  public static GatedDatabase start(Path folder, RealDatabase server, String role, String policy)
      throws Exception {
    return start(folder, new Server(server.name(), server.port()), role, policy);
  }

  /** A database and the port of its server. */
  public record Server(String database, int port) {}

  /** As the other, for a server that is reached elsewhere. */
  public static GatedDatabase start(Path folder, Server server, String role, String policy)
      throws Exception {
    return start(folder, server, role, policy, "", "");
  }

  /** As the first, with more sections of the configuration. */
  public static GatedDatabase with(
      String sections, Path folder, RealDatabase server, String role, String policy)
      throws Exception {
    Server there = new Server(server.name(), server.port());
    return start(folder, there, role, policy, "", "", sections);
  }

  /**
   * @param keys more of the target, its lines
   * @param limits more of the limits, each after a comma
   */
  public static GatedDatabase start(
      Path folder, Server server, String role, String policy, String keys, String limits)
      throws Exception {
    return start(folder, server, role, policy, keys, limits, "journal: keep-no-record\n");
  }

  private static GatedDatabase start(
      Path folder,
      Server server,
      String role,
      String policy,
      String keys,
      String limits,
      String sections)
      throws Exception {
    Files.writeString(folder.resolve("policy.yaml"), policy);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Path config =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            """
            listeners:
              - name: main
                address: 127.0.0.1
                port: 0
                clients-without-tls: accept
                startup-parameters: ["*"]
                databases: {%s: %s}
            targets:
              - name: %s
                protocol: postgresql
                host: localhost
                port: %d
                without-tls: send-everything-unencrypted
                credential: {user: %s, trust: true}
            %s
            users: users.yaml
            policy: policy.yaml
            management: {address: 127.0.0.1, port: 0}
            limits: {analysis-millis: 60000%s}
            """
                    .formatted(
                        server.database(),
                        server.database(),
                        server.database(),
                        server.port(),
                        role,
                        keys.indent(4).stripTrailing(),
                        limits)
                + sections);
    return new GatedDatabase(
        Appliance.start(config, new Environment(Map.of())), folder, server.database());
  }

  /** Somebody who may log in from now on. */
  public GatedDatabase user(String name, String... groups) throws Exception {
    UsersFile.put(folder.resolve("users.yaml"), new User(name, VERIFIER, Set.of(groups)));
    appliance.reload();
    return this;
  }

  /** Puts another policy in force, as an operator would; whether it was taken. */
  public boolean policy(String text) throws IOException {
    Files.writeString(folder.resolve("policy.yaml"), text);
    return appliance.reload();
  }

  /** Says that definitions were changed at the server, as an operator does by SIGHUP. */
  public void definitionsChanged() {
    if (!appliance.reload()) {
      throw new IllegalStateException("the reload was refused");
    }
  }

  public int port() {
    return appliance.address("main").getPort();
  }

  /** For a client of our own. */
  RawClient.Login login(String user) {
    return new RawClient.Login(port(), user, database, PASSWORD);
  }

  /** For a client that keeps every byte. */
  public Login tapped(String user) {
    return Login.with(port(), user, PASSWORD, database);
  }

  /** A connection of a driver; the options are added to its address. */
  public Connection connect(String user, String options) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?" + options, user, PASSWORD);
  }

  @Override
  public void close() {
    appliance.close();
  }
}
