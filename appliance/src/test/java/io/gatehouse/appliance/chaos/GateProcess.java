package io.gatehouse.appliance.chaos;

import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.testing.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The installed gate as a process that may be killed. */
record GateProcess(Process process, int port, int managementPort, Path log)
    implements AutoCloseable {
  static final String CALLER = "alice";
  static final String PASSWORD = "alice's own";

  private static final Path COMMAND =
      Path.of(System.getProperty("gatehouse.dist", "target/dist"), "bin/gatehouse");
  private static final Pattern ADDRESS = Pattern.compile("address=/127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern SESSIONS =
      Pattern.compile("gatehouse_sessions\\{listener=\"chaos\"\\} (\\S+)");

  static void writeUsers(Path folder) throws Exception {
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User(CALLER, verifier, Set.of()));
    Files.writeString(folder.resolve("held-password"), ChaosDatabase.PASSWORD + "\n");
  }

  /** Listens when this returns. */
  static GateProcess start(Path folder, int databasePort) throws IOException {
    int managementPort = FreePort.take();
    Path configuration =
        Files.writeString(
            folder.resolve("gatehouse.yaml"), configuration(databasePort, managementPort));
    Path log = Files.createTempFile(folder, "gate", ".log");
    File output = log.toFile();
    Process process =
        new ProcessBuilder(COMMAND.toString(), "serve", "--config", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    int port =
        await()
            .atMost(Duration.ofSeconds(60))
            .failFast("the gate ended, its output is in " + log, () -> !process.isAlive())
            .until(() -> listening(log), found -> found > 0);
    return new GateProcess(process, port, managementPort, log);
  }

  private static int listening(Path log) {
    Matcher matcher = ADDRESS.matcher(read(log));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuration(int databasePort, int managementPort) {
    return """
    listeners:
      - name: chaos
        address: 127.0.0.1
        port: 0
        tls: {certificate: server.crt, key: server.key}
        databases: {bank: core-bank}
    targets:
      - name: core-bank
        protocol: postgresql
        host: localhost
        port: %d
        tls: {mode: verify-full, ca: ca.crt}
        credential:
          user: gatehouse
          password: {file: held-password}
    users: users.yaml
    policy: run-everything
    journal: keep-no-record
    log: {commands: false}
    management: {address: 127.0.0.1, port: %d}
    """
        .formatted(databasePort, managementPort);
  }

  /** Sockets, pipes and the like; files that the JVM opens when it likes are not counted. */
  long descriptors() {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return all.filter(GateProcess::noFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean noFile(Path descriptor) {
    try {
      return !Files.readSymbolicLink(descriptor).isAbsolute();
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  /** As the gate's own metrics have it. */
  double sessions() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String metrics =
          client
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + managementPort + "/metrics"))
                      .timeout(Duration.ofSeconds(10))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      Matcher matcher = SESSIONS.matcher(metrics);
      return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
    }
  }

  /** What the gate complained about, for a failing test's message. */
  String complaints() {
    return read(log)
        .lines()
        .filter(line -> line.contains("ERROR") || line.contains("Exception"))
        .limit(20)
        .reduce("", (all, line) -> all + "\n" + line);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
