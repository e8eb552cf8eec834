package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.identity.issued.NewCredential;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.recorded.IdentityScene;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that revoke, beside a gate that runs. */
class RevokingIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private IdentityScene scene;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void serve() throws Exception {
    scene = IdentityScene.start(folder, "", "");
    scene.provider().tokens().person("erika", "analysts");
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(2, List.of("--config", scene.configuration().toString()));
    String[] words = all.toArray(String[]::new);
    CommandLine command =
        Gatehouse.commandLine(Passwords.input(new ByteArrayInputStream(new byte[0])), words);
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(words);
  }

  private static void ended(Connection connection) {
    await().atMost(PATIENCE).until(() -> !connection.isValid(30));
  }

  @Test
  void sessionByItsId_andAllOfACaller_areKilled_andWhoDidItIsOnRecord() throws Exception {
    String id;
    Connection one;
    try (RecordedLog log = RecordedLog.atTrace()) {
      one = scene.erika();
      id =
          log.lines().stream()
              .filter(line -> line.contains("session ready"))
              .map(line -> line.replaceAll(".*\\bid=([0-9a-f-]{36}).*", "$1"))
              .findFirst()
              .orElseThrow();
    }
    Connection other = scene.erika();
    assertThat(run("session", "kill", id)).as(err.toString()).isZero();
    ended(one);
    IdentityScene.read(other);
    assertThat(run("session", "kill", "--subject", "erika")).as(err.toString()).isZero();
    ended(other);
    assertThat(err.toString()).isEmpty();
    List<String> readings =
        scene.entries(Kind.READING).stream()
            .map(entry -> entry.text("action") + " " + entry.field("arguments"))
            .toList();
    assertThat(readings)
        .anySatisfy(line -> assertThat(line).contains("session kill", id))
        .anySatisfy(line -> assertThat(line).contains("session kill", "--subject", "erika"));
  }

  @Test
  void credentials_areListedAndRevoked_andNothingSecretIsShown() throws Exception {
    try (ControlStore store = scene.store();
        NewCredential erika = IdentityScene.issue(store, "erika");
        NewCredential frank = IdentityScene.issue(store, "frank")) {
      String password = IdentityScene.password(erika);
      Connection session = scene.connect(erika.credential().name(), password);
      assertThat(run("credential", "list")).as(err.toString()).isZero();
      assertThat(out.toString())
          .contains(erika.credential().name(), frank.credential().name(), "good")
          .doesNotContain(password, "revoked");
      assertThat(run("credential", "revoke", erika.credential().name()))
          .as(err.toString())
          .isZero();
      ended(session);
      out.getBuffer().setLength(0);
      assertThat(run("credential", "list", "--subject", "erika")).isZero();
      assertThat(out.toString()).contains("revoked").doesNotContain(frank.credential().name());
      assertThat(run("credential", "revoke", "gh-0000000000")).isEqualTo(ExitCode.FAILED);
      assertThat(err.toString()).contains("there is no credential gh-0000000000");
    }
  }

  private int revokeToken(String typed, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--config", scene.configuration().toString()));
    all.addAll(List.of(arguments));
    return new CommandLine(
            new RevokeTokenCommand(
                () -> new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8))))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (fault, _, _) -> {
              err.append(fault.getMessage());
              return ExitCode.FAILED;
            })
        .execute(all.toArray(String[]::new));
  }

  @Test
  void token_isRevokedByItselfOrItsId_andWhoDidItIsOnRecord() throws Exception {
    String one = scene.provider().tokens().about("erika");
    Map<String, Object> claims = scene.provider().tokens().claims("erika");
    String other = scene.provider().tokens().signed(claims);
    Connection first = scene.connect("token", one);
    Connection second = scene.connect("token", other);
    assertThat(revokeToken(one + "\n")).as(err.toString()).isZero();
    ended(first);
    IdentityScene.read(second);
    String id = String.valueOf(claims.get("jti"));
    assertThat(revokeToken("", "--issuer", scene.provider().issuer(), "--id", id)).isZero();
    ended(second);
    SQLException refused =
        catchThrowableOfType(SQLException.class, () -> scene.connect("token", other).close());
    assertThat((Throwable) refused).isNotNull();
    IdentityScene.read(scene.erika());
    assertThat(err.toString()).isEmpty();
    assertThat(scene.entries(Kind.READING))
        .extracting(entry -> entry.text("action") + " " + entry.field("arguments"))
        .anySatisfy(line -> assertThat(line).contains("token revoke", id))
        .noneMatch(line -> line.contains(one) || line.contains(other));
  }

  @Test
  void whatIsNoTokenOfAProviderOfOurs_isSaid_andNotRepeated() {
    assertThat(revokeToken("secret.that.is-no-token")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("no token that says").doesNotContain("secret");
    Map<String, Object> strange = scene.provider().tokens().claims("erika");
    strange.put("iss", "https://elsewhere.example.com");
    assertThat(revokeToken(scene.provider().tokens().signed(strange))).isEqualTo(ExitCode.FAILED);
    Map<String, Object> nameless = scene.provider().tokens().claims("erika");
    nameless.remove("jti");
    assertThat(revokeToken(scene.provider().tokens().signed(nameless))).isEqualTo(ExitCode.FAILED);
    assertThat(revokeToken("", "--id", "a")).isEqualTo(ExitCode.USAGE);
    assertThat(run("token", "revoke", "--id", "a")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("not one of identity.issuers", "together");
  }

  @Test
  void whatMakesNoSense_isSaid() {
    assertThat(run("session", "kill")).isEqualTo(ExitCode.USAGE);
    assertThat(run("session", "kill", "7")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("say whose sessions", "7 is no id of a session");
  }
}
