package io.gatehouse.appliance.masking.mysql;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** The gate in front of databases of a real MySQL or MariaDB, with a policy, for an analyst. */
final class GatedMysql implements AutoCloseable {
  private static final String USER = "analyst";
  private static final String PASSWORD = "not a secret";

  private final Appliance appliance;
  private final SSLContext tls;

  private GatedMysql(Appliance appliance, SSLContext tls) {
    this.appliance = appliance;
    this.tls = tls;
  }

  /**
   * @param folder an empty one
   * @param policy the text of a policy file
   */
  static GatedMysql start(Path folder, Flavour flavour, List<String> databases, String policy)
      throws Exception {
    Certificates certificates = Certificates.make().write(folder);
    Files.writeString(folder.resolve("policy.yaml"), policy);
    Files.writeString(folder.resolve("held.password"), Held.NATIVE.password());
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User(USER, verifier, Set.of("analysts")));
    Path config =
        Files.writeString(folder.resolve("gatehouse.yaml"), configuration(flavour, databases));
    return new GatedMysql(
        Appliance.start(config, new Environment(Map.of())), certificates.client());
  }

  private static String configuration(Flavour flavour, List<String> databases) {
    String protocol = flavour.name().toLowerCase(Locale.ROOT);
    return """
    listeners:
      - name: main
        protocol: %s
        address: 127.0.0.1
        port: 0
        tls: {certificate: server.crt, key: server.key}
        databases: {%s}
    targets:
      - name: core
        protocol: %s
        host: localhost
        port: %d
        without-tls: send-everything-unencrypted
        credential: {user: %s, password: {file: held.password}}
    users: users.yaml
    policy: policy.yaml
    journal: keep-no-record
    management: {address: 127.0.0.1, port: 0}
    limits: {analysis-millis: 60000, upstream-connect-seconds: 120, login-seconds: 300}
    """
        .formatted(
            protocol,
            databases.stream().map(name -> name + ": core").collect(Collectors.joining(", ")),
            protocol,
            RealServer.of(flavour).port(),
            Held.NATIVE.user());
  }

  MysqlLogin login(String database) {
    return new MysqlLogin(
        appliance.address("main").getPort(),
        USER,
        PASSWORD,
        database,
        AuthPlugin.CACHING_SHA2_PASSWORD,
        tls);
  }

  /** With nothing in between. */
  static MysqlLogin direct(Flavour flavour, String database) {
    return new MysqlLogin(
        RealServer.of(flavour).port(),
        Held.NATIVE.user(),
        Held.NATIVE.password(),
        database,
        AuthPlugin.MYSQL_NATIVE_PASSWORD,
        null);
  }

  /** Says that definitions were changed at the server, as an operator does by SIGHUP. */
  void definitionsChanged() {
    if (!appliance.reload()) {
      throw new IllegalStateException("the reload was refused");
    }
  }

  @Override
  public void close() {
    appliance.close();
  }

  /** Everything is allowed, but not to see these columns. */
  static String policy(String strength, List<String> columns) {
    return """
    rules:
      - {name: all, verdict: allow}
      - name: protected
        resources: {columns: [%s]}
        verdict: mask
        strength: %s
    """
        .formatted(String.join(", ", columns), strength);
  }
}
