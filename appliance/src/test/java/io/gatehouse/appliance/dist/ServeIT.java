package io.gatehouse.appliance.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.demo.Demo;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.testing.Signals;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The installed command as a process of its own, driven by signals. */
final class ServeIT {
  private static final Path COMMAND =
      Path.of(System.getProperty("gatehouse.dist", "target/dist"), "bin/gatehouse");
  private static final Pattern ADDRESS = Pattern.compile("address=/127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern PORT = Pattern.compile("port=(\\d+)");
  private static final Pattern PASSWORD = Pattern.compile("PGPASSWORD=(\\S+)");
  private static final Pattern CONFIGURATION = Pattern.compile("Configuration: +(\\S+)");

  /** Longer than it may take to drain, on a machine that has everything else to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** A process whose output is read as far as a line that matters. */
  private record Running(Process process, BufferedReader output) implements AutoCloseable {
    static Running start(String... arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
      command.addAll(List.of(arguments));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new Running(process, process.inputReader(StandardCharsets.UTF_8));
    }

    String readUntil(String part) throws IOException {
      return linesUntil(part).getLast();
    }

    List<String> linesUntil(String part) throws IOException {
      List<String> seen = new ArrayList<>();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        seen.add(line);
        if (line.contains(part)) {
          return seen;
        }
      }
      throw new AssertionError("ended without \"" + part + "\":\n" + String.join("\n", seen));
    }

    void signal(String name) throws Exception {
      assertThat(
              new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                  .start()
                  .waitFor())
          .isZero();
    }

    /** Its exit status. */
    int ended() {
      return process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().exitValue();
    }

    /** By a signal that it can follow: else the demo's database would stay. */
    @Override
    public void close() {
      process.destroy();
      try {
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /** For a second gate before the same database: two cannot write one journal. */
  private static Path besides(Demo demo, String port) throws IOException {
    return Files.writeString(
        demo.configuration().resolveSibling("second.yaml"),
        Files.readString(demo.configuration())
            .replaceFirst("port: 0", "port: " + port)
            .replaceFirst("(?s)(?<agents>name: agents.*?port: )[0-9]+", "${agents}0")
            .replace("directory: journal", "directory: second-journal")
            .replace("keys: journal-keys", "keys: second-journal-keys"));
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private static void addUser(Path users, String name, String password) throws Exception {
    try (Secret secret = Secret.of(password.toCharArray())) {
      UsersFile.put(
          users,
          new User(
              name,
              ScramVerifier.derive(secret, ScramVerifier.LEAST_ITERATIONS, new SecureRandom()),
              Set.of("analysts")));
    }
  }

  private static Connection connect(Path folder, String port, String user, String password)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", folder.resolve("ca.crt").toString());
    return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/bank", properties);
  }

  private static void assertAnswers(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery("select 42")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getInt(1)).isEqualTo(42);
    }
  }

  @Test
  void hangUp_reloadsUsersOrChangesNothing_andTerminateDrains() throws Exception {
    try (Demo demo = Demo.start(0);
        Running gate = Running.start("serve", "--config", besides(demo, "0").toString())) {
      Path folder = demo.configuration().toAbsolutePath().resolveSibling("");
      Path users = folder.resolve("users.yaml");
      String port = find(ADDRESS, gate.readUntil("event=listening"));
      assertThatThrownBy(() -> connect(folder, port, "bob", "pw-of-bob"))
          .isInstanceOf(SQLException.class);

      addUser(users, "bob", "pw-of-bob");
      gate.signal("HUP");
      gate.readUntil("event=reloaded");
      try (Connection connection = connect(folder, port, "bob", "pw-of-bob")) {
        assertAnswers(connection);
        Files.writeString(users, "users: nobody\n");
        gate.signal("HUP");
        assertThat(gate.readUntil("reload refused"))
            .contains("users.yaml:1: users: must be a list");
        assertAnswers(connection);
      }
      try (Connection connection = connect(folder, port, "bob", "pw-of-bob")) {
        assertAnswers(connection);
      }

      gate.signal("TERM");
      gate.readUntil("event=drained");
      assertThat(gate.ended()).isZero();
    }
  }

  /** Each library that warns at start does so past the log, where nobody can turn it down. */
  @Test
  void start_printsNothingButLogLines() throws Exception {
    try (Demo demo = Demo.start(0);
        Running gate = Running.start("serve", "--config", besides(demo, "0").toString())) {
      // By then the policy is compiled and the first statements have been read.
      assertThat(gate.linesUntil("event=listening")).allMatch(line -> line.startsWith("ts="));
    }
  }

  @Test
  void demo_printsNoWarnings() throws Exception {
    try (Running demo = Running.start("demo")) {
      List<String> lines = demo.linesUntil("Configuration:");

      assertThat(lines).noneMatch(line -> line.contains("WARNING") || line.contains("deprecated"));
    }
  }

  /** An interrupt where there can be one, as by Ctrl-C at a terminal. */
  @Test
  void demo_endsCleanlyWhenTold() throws Exception {
    try (Running demo = Running.start("demo")) {
      String line = demo.readUntil("psql");
      Path folder =
          Path.of(find(CONFIGURATION, demo.readUntil("Configuration:"))).resolveSibling("");
      String port = find(PORT, line);
      String password = find(PASSWORD, line);
      try (Connection connection = connect(folder, port, "alice", password)) {
        assertAnswers(connection);
      }

      demo.signal(Signals.heard().getFirst());

      assertThat(demo.ended()).isZero();
      assertThat(folder).doesNotExist();
      assertThat(
              ProcessHandle.allProcesses()
                  .filter(
                      process -> process.info().commandLine().orElse("").contains(folder + "/")))
          .isEmpty();
    }
  }

  @Test
  void portTaken_isSaidAndFails() throws Exception {
    try (Demo demo = Demo.start(0)) {
      String taken = find(PORT, demo.psqlLine());
      Path file = besides(demo, taken);
      try (Running gate = Running.start("serve", "--config", file.toString())) {
        assertThat(gate.readUntil("cannot listen"))
            .startsWith("gatehouse: listener demo cannot listen on /127.0.0.1:" + taken + ": ");
        assertThat(gate.ended()).isEqualTo(1);
      }
    }
  }
}
