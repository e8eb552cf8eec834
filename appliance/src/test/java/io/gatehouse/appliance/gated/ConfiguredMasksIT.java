package io.gatehouse.appliance.gated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks as a policy defines them, with keys of the configuration and labels of the catalog. */
class ConfiguredMasksIT {
  private static final String PASSWORD = "not a secret";
  private static final String POLICY =
      """
      masks:
        pseudonym: {kind: hash, key: main}
        calm: {kind: constant, value: calm}
        flat: {kind: redact}
      rules:
        - {name: all, verdict: allow}
        - {name: a, resources: {columns: [hr.p.ssn]}, verdict: mask, mask: pseudonym, strength: output}
        - {name: b, resources: {columns: [hr.p.mood, hr.p.sized]}, verdict: mask, mask: calm, strength: output}
        - {name: c, resources: {columns: [hr.p.other]}, verdict: mask, strength: output}
        - {name: d, resources: {columns: [hr.p.third]}, verdict: mask, mask: flat, strength: output}
      """;

  private static final String WAITING =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";

  private static RealDatabase server;

  @TempDir private Path folder;
  private Appliance appliance;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("corp");
    server.run(
        """
        CREATE SCHEMA hr;
        CREATE TYPE hr.mood AS ENUM ('calm', 'cross');
        CREATE DOMAIN hr.disposition AS hr.mood;
        CREATE TABLE hr.p (id int, ssn text, mood hr.mood, sized hr.disposition, other hr.mood, third hr.mood);
        INSERT INTO hr.p VALUES (1, '111-11', 'cross', 'cross', 'cross', 'cross'), (2, '222-22', NULL, NULL, NULL, NULL),
          (3, '111-11', 'calm', 'calm', 'calm', 'calm')
        """);
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  @BeforeEach
  void start() throws Exception {
    key("the first key, which is long enough for it");
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User("ann", verifier, Set.of()));
    appliance = Appliance.start(config("{secret: {file: main.key}}"), new Environment(Map.of()));
  }

  @AfterEach
  void stop() {
    appliance.close();
  }

  private void key(String text) throws Exception {
    Files.writeString(folder.resolve("main.key"), text + "\n");
  }

  private Path config(String main) throws Exception {
    return Files.writeString(
        folder.resolve("gatehouse.yaml"),
        """
        listeners:
          - name: main
            address: 127.0.0.1
            port: 0
            clients-without-tls: accept
            databases: {corp: corp}
        targets:
          - name: corp
            protocol: postgresql
            host: localhost
            port: %d
            without-tls: send-everything-unencrypted
            credential: {user: postgres, trust: true}
        users: users.yaml
        policy: policy.yaml
        journal: keep-no-record
        mask-keys: {main: %s}
        management: {address: 127.0.0.1, port: 0}
        limits: {analysis-millis: 60000}
        """
            .formatted(server.port(), main));
  }

  private Connection connect(String options) throws SQLException {
    int port = appliance.address("main").getPort();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/corp?" + options, "ann", PASSWORD);
  }

  private static List<String> column(Connection session, String name) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + name + " FROM hr.p ORDER BY id")) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private List<String> column(String name) throws SQLException {
    try (Connection session = connect("")) {
      return column(session, name);
    }
  }

  @Test
  void equalValues_haveEqualPseudonyms_untilTheKeyIsReplaced() throws Exception {
    try (Connection session = connect("")) {
      List<String> first = column(session, "ssn");
      assertThat(first.get(0)).hasSize(26).isEqualTo(first.get(2)).isNotEqualTo(first.get(1));
      assertThat(String.join("", first)).doesNotContain("11");

      assertThat(appliance.reload()).isTrue();
      assertThat(column(session, "ssn")).as("the same key").isEqualTo(first);

      key("the second key, which is long enough as well");
      assertThat(appliance.reload()).isTrue();
      List<String> second = column(session, "ssn");
      assertThat(second).as("another key").doesNotContainAnyElementsOf(first);
      assertThat(second.get(0)).isEqualTo(second.get(2)).isNotEqualTo(second.get(1));
    }
  }

  @Test
  void rowsThatAreFetchedLater_areMaskedWithTheKeyOfThen() throws Exception {
    try (Connection session = connect("")) {
      session.setAutoCommit(false);
      try (Statement statement = session.createStatement()) {
        statement.setFetchSize(1);
        ResultSet rows = statement.executeQuery("SELECT ssn FROM hr.p WHERE id IN (1, 3)");
        assertThat(rows.next()).isTrue();
        String first = rows.getString(1);
        key("the second key, which is long enough as well");
        assertThat(appliance.reload()).isTrue();
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).hasSize(26).isNotEqualTo(first);
      }
    }
  }

  /** The server has sent more than it keeps back, and waits for a lock of ours before the rest. */
  @Test
  void resultThatIsOnItsWay_endsInAnErrorWhenItsKeyIsReplaced() throws Exception {
    try (Connection holding = server.direct();
        Statement lock = holding.createStatement();
        Connection session = connect("preferQueryMode=simple");
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      lock.execute("SELECT pg_advisory_lock(7)");
      Future<Integer> reading = other.submit(() -> longResult(session));
      await().until(() -> server.ask(WAITING).equals("1"));
      key("the second key, which is long enough as well");
      assertThat(appliance.reload()).isTrue();
      lock.execute("SELECT pg_advisory_unlock(7)");
      assertThatThrownBy(reading::get)
          .hasMessageContaining("ERROR: a mask failed, so the result is withheld");
      assertThat(column(session, "ssn").getFirst()).as("the session goes on").hasSize(26);
    }
  }

  private static int longResult(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT p.ssn FROM generate_series(1, 20000) AS g(n), hr.p"
                    + " WHERE n < 20000 OR pg_advisory_xact_lock_shared(7) IS NOT NULL")) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  @Test
  void keyThatIsTooShortNow_changesNothing() throws Exception {
    List<String> before = column("ssn");
    key("planted-word-77");
    try (RecordedLog log = RecordedLog.atTrace()) {
      assertThat(appliance.reload()).isFalse();
      assertThat(String.join("\n", log.lines()))
          .contains("mask-keys.main: the key there has 15 bytes and needs at least 32")
          .doesNotContain("planted-word");
    }
    assertThat(column("ssn")).isEqualTo(before);
  }

  @Test
  void anotherKeyUnderTheSameId_changesNothing() throws Exception {
    appliance.close();
    appliance =
        Appliance.start(
            config("{id: k-2026, secret: {file: main.key}}"), new Environment(Map.of()));
    List<String> before = column("ssn");
    key("the second key, which is long enough as well");
    assertThat(appliance.reload()).isFalse();
    assertThat(column("ssn")).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{kind: scramble}",
        "{kind: hash, key: other}",
        "{kind: hash}",
        "{kind: redact, with: x}"
      })
  void policyWhoseMaskCannotBeMade_isRefused_andTheOldOneStays(String definition) throws Exception {
    List<String> before = column("ssn");
    Files.writeString(
        folder.resolve("policy.yaml"),
        "masks: {m: " + definition + "}\nrules: [{name: all, verdict: allow}]\n");

    assertThat(appliance.reload()).isFalse();
    assertThat(column("ssn")).isEqualTo(before);
    assertThatThrownBy(
            () -> Appliance.start(folder.resolve("gatehouse.yaml"), new Environment(Map.of())))
        .hasMessageContaining("policy.yaml:1: masks.m: cannot be made: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "preferQueryMode=simple", "prepareThreshold=-1"})
  void enumeration_becomesTheLabelThatIsGiven_orNull(String options) throws Exception {
    try (Connection session = connect(options)) {
      assertThat(column(session, "mood")).containsExactly("calm", "calm", "calm");
      assertThat(column(session, "sized")).containsExactly("calm", "calm", "calm");
      assertThat(column(session, "other")).containsExactly(null, null, null);
      assertThat(column(session, "third")).containsExactly(null, null, null);
    }
  }

  @Test
  void labelThatTheEnumerationDoesNotHave_isWithheld_andNoneOfItIsShown() throws Exception {
    Files.writeString(
        folder.resolve("policy.yaml"), POLICY.replace("value: calm", "value: furious"));
    assertThat(appliance.reload()).as("there are types with such a value").isTrue();
    try (Connection session = connect("")) {
      assertThatThrownBy(() -> column(session, "mood"))
          .hasMessageContaining("the mask \"calm\" is not defined for column 1")
          .hasMessageNotContaining("cross");
      assertThat(column(session, "id")).containsExactly("1", "2", "3");
    }
  }
}
