package io.gatehouse.appliance.recorded;

import static io.gatehouse.appliance.recorded.RotatedScene.account;
import static io.gatehouse.appliance.recorded.RotatedScene.ask;
import static io.gatehouse.appliance.recorded.RotatedScene.connect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.plugin.BuiltPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords change at the server and where they come from; the gate is not told. */
class RotationIT {
  private static final String IN_FILE = "{user: gate, password: {file: gate.password}}";

  @TempDir private Path folder;
  private RotatedScene scene;

  @BeforeEach
  void serve() throws Exception {
    scene = RotatedScene.in(folder);
    scene.put("gate.password", "first\n");
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  @Test
  void passwordInAFile_isReplacedInEitherOrder_withoutReloadOrLostSession() throws Exception {
    try (RecordedLog log = RecordedLog.atTrace();
        Appliance gate = scene.start(IN_FILE, "");
        Connection open = connect(gate)) {
      assertThat(ask(open, "SELECT session_user::text")).isEqualTo("gate");

      scene.direct("ALTER ROLE gate PASSWORD 'second'");
      scene.put("gate.password", "second\n");
      assertThat(account(gate)).as("the server first").isEqualTo("gate");

      scene.put("gate.password", "third\n");
      assertThat(account(gate)).as("the file first").isEqualTo("gate");
      scene.direct("ALTER ROLE gate PASSWORD 'third'");
      await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptionsInstanceOf(SQLException.class)
          .until(() -> account(gate).equals("gate"));

      assertThat(ask(open, "SELECT session_user::text")).isEqualTo("gate");
      assertThat(log.lines().stream().filter(line -> line.contains("credential replaced")))
          .hasSize(2)
          .allMatch(line -> line.contains("place=\"target bank\"") && line.contains("user=gate"));
      assertThat(log.lines()).noneMatch(line -> line.contains("reloaded"));
    }
  }

  @Test
  void passwordThatNobodyHas_isRefused_andTakenOnceSomebodyHasIt() throws Exception {
    try (RecordedLog log = RecordedLog.atTrace();
        Appliance gate = scene.start(IN_FILE, "")) {
      scene.direct("ALTER ROLE gate PASSWORD 'second'");
      assertThatThrownBy(() -> account(gate))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("cannot reach the database server");
      assertThat(log.lines()).anyMatch(line -> line.contains("its source has no other"));

      scene.put("gate.password", "second\n");
      await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptionsInstanceOf(SQLException.class)
          .until(() -> account(gate).equals("gate"));
    }
  }

  /**
   * A source whose answer is a file that the test writes: user, secret, and how long it is good.
   */
  private static final String ENTRY =
      """
      package vendor;

      import io.gatehouse.plugin.GatehousePlugin;
      import io.gatehouse.plugin.secret.*;
      import java.nio.charset.StandardCharsets;
      import java.nio.file.*;
      import java.time.Duration;
      import java.util.*;

      public final class Entry implements GatehousePlugin {
        public List<SecretSourceFactory> secretSources() {
          return List.of(new SecretSourceFactory() {
            public String kind() { return "written"; }
            public SecretSource open(SourceSettings settings) throws UnusableSettingException {
              Path answer = settings.path(settings.require("answer"));
              return new SecretSource() {
                public FetchedSecret fetch(Map<String, String> reference) {
                  String[] parts;
                  try {
                    parts = Files.readString(answer).strip().split(" ");
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException("planted-77", e);
                  }
                  if (parts[0].equals("hang")) {
                    while (true) { java.util.concurrent.locks.LockSupport.park(); }
                  }
                  Term term = parts[2].equals("0") ? new Term.Open()
                      : new Term.Ends(Duration.ofSeconds(Long.parseLong(parts[2])), Optional.empty());
                  return FetchedSecret.of(parts[1].getBytes(StandardCharsets.UTF_8), term)
                      .ofUser(parts[0]);
                }
                public void close() {}
              };
            }
          });
        }
      }
      """;

  private String sources() throws Exception {
    Files.createDirectories(folder.resolve("plugins"));
    String digest =
        new BuiltPlugin(folder)
            .with("vendor.Entry", ENTRY)
            .into(folder.resolve("plugins").resolve("written.jar"));
    return """
    plugins: {folder: plugins, trusted: {written.jar: "%s"}}
    secret-sources:
      written: {kind: written, answer: answer, answer-seconds: 2}
    """
        .formatted(digest);
  }

  @Test
  void secretThatEnds_isReplacedBeforeByAnotherUser_andNobodyNotices() throws Exception {
    scene.direct("CREATE ROLE other LOGIN PASSWORD 'others'");
    scene.put("answer", "gate first 3");
    try (Appliance gate = scene.start("{password: {source: written}}", sources());
        Connection open = connect(gate)) {
      assertThat(account(gate)).isEqualTo("gate");
      scene.put("answer", "other others 0");
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(account(gate)).isEqualTo("other"));
      assertThat(ask(open, "SELECT session_user::text")).isEqualTo("gate");
    }
  }

  @Test
  void refusedSecretOfASource_isFetchedAgain() throws Exception {
    scene.put("answer", "gate first 0");
    try (Appliance gate = scene.start("{user: gate, password: {source: written}}", sources())) {
      scene.put("answer", "gate second 0");
      assertThat(account(gate)).isEqualTo("gate");
      scene.direct("ALTER ROLE gate PASSWORD 'second'");
      assertThat(account(gate)).isEqualTo("gate");
      scene.put("answer", "hang");
      scene.direct("ALTER ROLE gate PASSWORD 'third'");
      assertThatThrownBy(() -> account(gate)).isInstanceOf(SQLException.class);
      assertThat(gate.reload()).as("a reload asks no source").isTrue();
    }
  }

  private void assertNotStarted(String credential, String more, String... why) throws Exception {
    Path file = scene.configure(credential, more);
    for (int i = 0; i < 2; i++) {
      boolean checked = i == 0;
      assertThatThrownBy(
              () -> {
                if (checked) {
                  Appliance.check(file, new Environment(Map.of()));
                } else {
                  Appliance.start(file, new Environment(Map.of())).close();
                }
              })
          .hasMessageContainingAll(why)
          .hasMessageNotContaining("planted-77");
    }
  }

  @Test
  void sourceWithoutAnAnswer_stopsTheStartByItsName() throws Exception {
    String written = "{user: gate, password: {source: written}}";
    assertNotStarted(
        written,
        sources(),
        "target bank: source written: it failed with java.io.UncheckedIOException");
    scene.put("answer", "hang");
    assertNotStarted(written, sources(), "target bank: source written: no answer within 2 seconds");
    scene.put("answer", "somebody first 0");
    assertNotStarted(written, sources(), "target bank: ", "names another user");
    assertNotStarted(
        written, sources().replace("answer: answer, ", ""), "secret-sources.written: answer is");
    assertNotStarted(
        written,
        sources().replace("kind: written", "kind: other"),
        "no plugin brings the kind other; those there are bring: written");
    assertNotStarted(
        "{user: gate, password: {source: nobody}}",
        sources(),
        "targets[0].credential.password.source",
        "\"nobody\" is not one of secret-sources");
    assertNotStarted(written, "secret-sources: {written: {kind: written}}\n", "no section plugins");
  }
}
