package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.login.Sha256;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command in this process: exit codes and what is printed. */
final class CommandLineTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String input, String... arguments) {
    Passwords passwords =
        Passwords.input(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    CommandLine command = Gatehouse.commandLine(passwords, arguments);
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private Path configuration(String yaml) throws Exception {
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    return Files.writeString(folder.resolve("gatehouse.yaml"), yaml);
  }

  private static final String GOOD =
      """
      listeners:
        - {name: main, port: 0, tls: {certificate: server.crt, key: server.key}, databases: {"*": core}}
      targets:
        - {name: core, protocol: postgresql, host: localhost, credential: {user: gate, trust: true}}
      users: users.yaml
      policy: run-everything
      journal: keep-no-record
      """;

  @Test
  void version_isPrinted() {
    assertThat(run("", "version")).isZero();
    assertThat(out.toString()).startsWith("gatehouse 0.").contains("java 25");
  }

  @Test
  void nothingAsked_isUsage() {
    assertThat(run("")).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: gatehouse");
    assertThat(run("", "serve")).isEqualTo(2);
    assertThat(run("", "config")).isEqualTo(2);
    assertThat(run("", "user")).isEqualTo(2);
    assertThat(run("", "fly")).isEqualTo(2);
  }

  @Test
  void goodConfiguration_hasNoProblems() throws Exception {
    Path file = configuration(GOOD);

    assertThat(run("", "config", "check", file.toString())).as(err.toString()).isZero();
    assertThat(out.toString().strip()).isEqualTo(file + ": no problems");
  }

  @Test
  void badConfiguration_printsEveryProblem() throws Exception {
    Path file = configuration(GOOD.replace("port: 0", "port: -1").replace("users:", "user:"));

    assertThat(run("", "config", "check", file.toString())).isEqualTo(3);
    assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.startsWith(file + ":"));
  }

  @Test
  void badUsersFile_isPartOfTheCheck() throws Exception {
    Path file = configuration(GOOD);
    Path users = Files.writeString(folder.resolve("users.yaml"), "users:\n  - name: 5\n");

    assertThat(run("", "config", "check", file.toString())).isEqualTo(3);
    assertThat(err.toString()).contains(users + ":2: users[0].name: must be text");
  }

  @Test
  void absentConfiguration_isSaid() {
    Path file = folder.resolve("absent.yaml");

    assertThat(run("", "serve", "--config", file.toString())).isEqualTo(3);
    assertThat(err.toString().strip()).isEqualTo(file + ": there is no such file");
  }

  @Test
  void userAdded_hasAVerifierOfThePassword() throws Exception {
    Path file = folder.resolve("users.yaml");

    assertThat(run("planted-secret-77\n", "user", "add", "--file", file.toString(), "bob"))
        .isZero();

    ScramVerifier verifier = UsersFile.load(file).find("bob").orElseThrow().verifier();
    ScramKeys keys =
        ScramKeys.derive(
            Secret.of("planted-secret-77".toCharArray()), verifier.salt(), verifier.iterations());
    assertThat(Sha256.digest(keys.clientKey())).isEqualTo(verifier.storedKey());
    assertThat(verifier.iterations()).isEqualTo(ScramVerifier.DEFAULT_ITERATIONS);
  }

  @Test
  void userAdded_leavesNoTraceOfThePassword() throws Exception {
    Path file = folder.resolve("users.yaml");
    try (RecordedLog log = RecordedLog.atTrace()) {
      run("planted-secret-77\r\n", "user", "add", "--file", file.toString(), "--group", "g", "bob");

      assertThat(out.toString() + err + log.lines() + Files.readString(file))
          .doesNotContain("planted-secret-77");
    }
  }

  @Test
  void emptyPassword_changesNothing() {
    Path file = folder.resolve("users.yaml");

    assertThat(run("\n", "user", "add", "--file", file.toString(), "bob")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("gatehouse: the password is empty; nothing was changed");
    assertThat(file).doesNotExist();
  }

  @Test
  void usersFileInNoFolder_isSaid() {
    Path file = folder.resolve("absent/users.yaml");

    assertThat(run("pw\n", "user", "add", "--file", file.toString(), "bob")).isEqualTo(1);
    assertThat(err.toString()).startsWith("gatehouse: there is no file ");
  }

  @Test
  void nameThatCouldForgeALine_isUsage() {
    Path file = folder.resolve("users.yaml");

    assertThat(run("pw\n", "user", "add", "--file", file.toString(), "a\nb")).isEqualTo(2);
    assertThat(file).doesNotExist();
  }
}
