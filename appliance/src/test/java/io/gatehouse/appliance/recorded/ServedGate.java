package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.cli.Main;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** The gate in a process of its own, with a journal, that may be killed. */
record ServedGate(Process process, Ports ports, Path log) implements AutoCloseable {
  static final String CALLER = "alice";
  static final String PASSWORD = "alice's own";

  /** Where it listens. */
  record Ports(int main, int management) {
    static Ports free() {
      return new Ports(FreePort.take(), FreePort.take());
    }
  }

  /** Users, policy and configuration. */
  static Ports configure(Path folder, int database, JournalFolder journal, String more)
      throws Exception {
    Ports ports = Ports.free();
    configure(
        folder,
        ports,
        """
        listeners:
          - name: main
            address: 127.0.0.1
            port: %d
            clients-without-tls: accept
            startup-parameters: ["*"]
            databases: {bank: bank}
        targets:
          - name: bank
            protocol: postgresql
            host: localhost
            port: %d
            without-tls: send-everything-unencrypted
            credential: {user: gate, trust: true}
        """
            .formatted(ports.main(), database),
        journal.section(more));
    return ports;
  }

  /**
   * The same.
   *
   * @param ways listeners and targets
   */
  static void configure(Path folder, Ports ports, String ways, String journal) throws Exception {
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User(CALLER, verifier, Set.of()));
    Files.writeString(
        folder.resolve("policy.yaml"), "rules: [{name: all, verdict: allow, bodies: unread}]\n");
    Files.writeString(
        folder.resolve("gatehouse.yaml"),
        ways
            + """
            users: users.yaml
            policy: policy.yaml
            management: {address: 127.0.0.1, port: %d}
            limits: {analysis-millis: 60000}
            log: {commands: false}
            """
                .formatted(ports.management())
            + journal);
  }

  /**
   * Lets people in when this returns.
   *
   * @param before the command in front that starts it
   */
  static ServedGate start(Path folder, Ports ports, List<String> before) throws Exception {
    ServedGate gate = launch(folder, ports, before);
    await()
        .atMost(Duration.ofSeconds(60))
        .failFast("the gate ended, its output is in " + gate.log, () -> !gate.process.isAlive())
        .until(() -> gate.readiness().equals("ready"));
    return gate;
  }

  /** Has only just begun when this returns. */
  static ServedGate launch(Path folder, Ports ports, List<String> before) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--config",
            folder.resolve("gatehouse.yaml").toString()));
    Path log = Files.createTempFile(folder, "gate", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new ServedGate(process, ports, log);
  }

  /** What it tells a balancer; empty if it does not listen. */
  String readiness() throws Exception {
    try {
      return managed("/readyz");
    } catch (ConnectException e) {
      return "";
    }
  }

  /** What a page of its management says. */
  String managed(String path) throws Exception {
    URI place = URI.create("http://127.0.0.1:" + ports.management() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(place).timeout(Duration.ofSeconds(10)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body().strip();
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Connection connect() throws SQLException {
    return connect("bank");
  }

  Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", CALLER);
    properties.setProperty("password", PASSWORD);
    properties.setProperty("socketTimeout", "60");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + ports.main() + "/" + database, properties);
  }

  String output() {
    return read(log);
  }

  /**
   * What can be reached on its heap; what cannot be is the collector's. The command in front of it
   * ended when it started Java in its place.
   */
  void dump(Path place) throws Exception {
    Process dumping =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process.pid()),
                "GC.heap_dump",
                place.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(dumping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(dumping.waitFor()).as(said).isZero();
    assertThat(place).as(said).isNotEmptyFile();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As its service manager does; what is left is sealed when this returns. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
