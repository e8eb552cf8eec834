package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.testing.BriefServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the gate proves itself with at targets is looked for wherever it could have been left: by
 * each method that servers ask for, after logins that went well and badly.
 */
class HeldSecretIT {
  /** Roles by the method that the server asks them for. */
  private static final Map<String, String> METHODS =
      Map.of("scram", "scram-sha-256", "md5ed", "md5", "clear", "password");

  /** Its secret is in an environment variable, which every process keeps: it has to be found. */
  private static final String CONTROL = "control";

  @TempDir private Path folder;
  private final Map<String, String> secrets = new TreeMap<>();
  private final List<String> said = new ArrayList<>();
  private EmbeddedPostgres server;
  private JournalFolder journal;
  private ServedGate gate;

  @BeforeEach
  void serve() throws Exception {
    for (String role : METHODS.keySet()) {
      secrets.put(role, secret());
    }
    secrets.put(CONTROL, secret());
    Certificates.make().write(folder);
    server =
        BriefServer.builder()
            .setServerConfig("ssl", "on")
            .setDataDirectoryCustomizer(this::furnish)
            .start();
    direct("CREATE DATABASE bank");
    for (String role : secrets.keySet()) {
      direct(
          "SET password_encryption = '"
              + (role.equals("md5ed") ? "md5" : "scram-sha-256")
              + "'"
              + "; CREATE ROLE "
              + role
              + " LOGIN PASSWORD '"
              + secrets.get(role)
              + "'");
    }
    journal = JournalFolder.make(folder.resolve("kept"));
    ServedGate.Ports ports = ServedGate.configure(folder, server.getPort(), journal, "");
    configure(ports);
    gate = ServedGate.start(folder, ports, List.of("env", "CONTROL=" + secrets.get(CONTROL)));
  }

  private static String secret() {
    byte[] random = new byte[20];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private String secretOf(String role) {
    return Objects.requireNonNull(secrets.get(role));
  }

  private void furnish(File data) {
    StringBuilder rules = new StringBuilder("local all all trust\nhost all postgres all trust\n");
    METHODS.forEach(
        (role, method) -> rules.append("hostssl all %s all %s%n".formatted(role, method)));
    rules.append("hostssl all %s all scram-sha-256%n".formatted(CONTROL));
    try {
      Files.writeString(data.toPath().resolve("pg_hba.conf"), rules);
      Files.copy(folder.resolve("server.crt"), data.toPath().resolve("server.crt"));
      Path key = data.toPath().resolve("server.key");
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(key, Files.readString(folder.resolve("server.key")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void direct(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void configure(ServedGate.Ports ports) throws Exception {
    StringBuilder targets = new StringBuilder();
    for (String role : secrets.keySet()) {
      Files.writeString(folder.resolve(role + ".secret"), secrets.get(role));
      targets.append(
          """
            - name: %1$s
              protocol: postgresql
              host: localhost
              port: %2$d
              tls: {ca: ca.crt}
              database: bank
              credential: {user: %1$s, password: {%3$s}}
          """
              .formatted(
                  role,
                  server.getPort(),
                  role.equals(CONTROL) ? "env: CONTROL" : "file: " + role + ".secret"));
    }
    Files.writeString(
        folder.resolve("gatehouse.yaml"),
        """
        listeners:
          - name: main
            address: 127.0.0.1
            port: %d
            clients-without-tls: accept
            startup-parameters: ["*"]
            databases: {scram: scram, md5ed: md5ed, clear: clear, control: control}
        targets:
        %s
        users: users.yaml
        policy: policy.yaml
        management: {address: 127.0.0.1, port: %d}
        limits: {analysis-millis: 60000}
        log: {level: trace}
        """
                .formatted(ports.main(), targets, ports.management())
            + journal.section(""));
  }

  @AfterEach
  void end() throws Exception {
    if (gate != null) {
      gate.close();
    }
    server.close();
  }

  private void ask(String database, String sql) throws SQLException {
    try (Connection connection = gate.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      said.add(String.valueOf(rows.getString(1)));
    }
  }

  private void askInVain(String database, String sql) {
    SQLException thrown = catchThrowableOfType(SQLException.class, () -> ask(database, sql));
    assertThat((Throwable) thrown).as(database + ": " + sql).isNotNull();
    said.add(thrown.toString());
  }

  /** All that a caller does, well and badly; and an operator, badly. */
  private void use() throws Exception {
    for (String database : secrets.keySet()) {
      ask(database, "SELECT current_user");
      askInVain(database, "SELECT no_such_column");
    }
    askInVain("nowhere", "SELECT 1");
    for (String role : METHODS.keySet()) {
      direct("ALTER ROLE " + role + " PASSWORD 'another'");
      askInVain(role, "SELECT 1");
      direct("ALTER ROLE " + role + " NOLOGIN");
      askInVain(role, "SELECT 1");
    }
  }

  /**
   * What SCRAM makes of the secret of a role is as good as it: RFC 5802, section 3. By PostgreSQL's
   * own record of the role, with the JDK's own PBKDF2.
   */
  private Map<String, byte[]> derived(String role) throws Exception {
    String[] verifier;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT rolpassword FROM pg_authid WHERE rolname = '" + role + "'")) {
      rows.next();
      verifier = rows.getString(1).split("[$:]", -1);
    }
    byte[] salt = Base64.getDecoder().decode(verifier[2]);
    byte[] salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(
                new PBEKeySpec(
                    secretOf(role).toCharArray(), salt, Integer.parseInt(verifier[1]), 256))
            .getEncoded();
    Map<String, byte[]> keys = new TreeMap<>();
    keys.put("salt", salt);
    keys.put("salted password", salted);
    keys.put("client key", hmac(salted, "Client Key"));
    keys.put("server key", hmac(salted, "Server Key"));
    byte[] stored =
        MessageDigest.getInstance("SHA-256").digest(Objects.requireNonNull(keys.get("client key")));
    assertThat(Base64.getEncoder().encodeToString(stored)).isEqualTo(verifier[3]);
    return keys;
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void assertNowhere(Path file, List<String> roles) throws IOException {
    for (String role : roles) {
      assertThat(new SearchedFile(file).forms(secretOf(role)))
          .as("the secret of %s in %s", role, file)
          .isEmpty();
    }
  }

  @Test
  void heldSecrets_areNowhereToBeFound_afterTheLogin() throws Exception {
    List<String> held = List.copyOf(METHODS.keySet());
    Map<String, byte[]> derived = derived("scram");
    use();
    said.add(gate.managed("/metrics"));
    assertThat(said).hasSizeGreaterThan(2 * secrets.size());
    assertNowhere(Files.writeString(folder.resolve("said"), String.join("\n", said)), held);

    Path dump = folder.resolve("heap.hprof");
    gate.dump(dump);
    assertThat(new SearchedFile(dump).forms(secretOf(CONTROL))).contains("bytes");
    assertNowhere(dump, held);
    for (Map.Entry<String, byte[]> key : derived.entrySet()) {
      List<String> forms = new SearchedFile(dump).forms(key.getValue());
      // The salt is no secret, and with it are the keys, so it shows that keys would be found.
      assertThat(forms)
          .as(key.getKey())
          .isEqualTo(key.getKey().equals("salt") ? List.of("bytes") : List.of());
    }

    assertThat(gate.stop()).isZero();
    assertThat(gate.output()).contains("28P01");
    assertNowhere(gate.log(), List.copyOf(secrets.keySet()));
    List<Path> kept = files(journal.folder());
    assertThat(kept).anyMatch(file -> file.toString().endsWith(".rows"));
    for (Path file : kept) {
      assertNowhere(file, List.copyOf(secrets.keySet()));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void processesOfClientsAndOfTheGate_showNoSecretToWhoLists() throws Exception {
    ask("scram", "SELECT 1");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            SpawnedClient.class.getName(),
            "jdbc:postgresql://127.0.0.1:" + gate.ports().main() + "/scram",
            ServedGate.CALLER);
    builder.environment().put("PGPASSWORD", ServedGate.PASSWORD);
    Process client = builder.redirectErrorStream(true).start();
    try (BufferedReader output = client.inputReader()) {
      assertThat(output.readLine()).isEqualTo("in");
      for (ProcessHandle process : List.of(client.toHandle(), gate.process().toHandle())) {
        for (String what : List.of("environ", "cmdline")) {
          Path place = Path.of("/proc", String.valueOf(process.pid()), what);
          assertNowhere(place, List.copyOf(METHODS.keySet()));
        }
      }
      Path environment = Path.of("/proc", String.valueOf(client.pid()), "environ");
      assertThat(new SearchedFile(environment).forms(ServedGate.PASSWORD)).contains("bytes");
      assertNowhere(environment, List.of(CONTROL));
    } finally {
      client.destroyForcibly();
    }
  }
}
