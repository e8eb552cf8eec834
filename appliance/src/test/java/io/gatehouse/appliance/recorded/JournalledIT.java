package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.gated.GatedDatabase;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.sql.attacks.AttackList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sessions leave in the journal, read by another reader when the gate has ended. */
class JournalledIT {
  private static final String POLICY =
      """
      tags:
        pii:
          columns: ["*.*.ssn"]
      rules:
        - name: no-pii
          resources: {tags: [pii]}
          verdict: deny
          message: "personal data is not for analysts"
        - name: everything
          verdict: allow
          bodies: unread
      """;

  private static RealDatabase server;
  @TempDir private Path folder;
  private JournalFolder journal;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("corp");
    server.run(AttackList.fixture());
    server.run("GRANT ALL ON ALL TABLES IN SCHEMA public TO app");
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  @BeforeEach
  void make() throws Exception {
    journal = JournalFolder.make(folder.resolve("kept"));
  }

  private GatedDatabase gate(String more) throws Exception {
    Path place = Files.createDirectories(folder.resolve("gate"));
    return GatedDatabase.with(journal.section(more), place, server, "app", POLICY)
        .user("ann", "analysts");
  }

  private List<JournalFolder.Entry> entries(Kind kind) throws Exception {
    return journal.entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  /** Intents with this text, and what became of them. */
  private List<String> became(String text) throws Exception {
    Map<Long, String> outcomes =
        entries(Kind.COMMAND_OUTCOME).stream()
            .collect(
                Collectors.toMap(JournalFolder.Entry::answers, entry -> entry.text("outcome")));
    return asking(text).stream()
        .map(entry -> entry.text("stage") + " " + outcomes.get(entry.sequence()))
        .toList();
  }

  /** Intents with this text, or that refer to one with it. */
  private List<JournalFolder.Entry> asking(String text) throws Exception {
    List<JournalFolder.Entry> intents = entries(Kind.COMMAND_INTENT);
    Set<Datum> saying =
        intents.stream()
            .filter(entry -> entry.text("text").equals(text))
            .map(entry -> new Datum.Count(entry.sequence()))
            .collect(Collectors.toSet());
    return intents.stream()
        .filter(
            entry ->
                saying.contains(new Datum.Count(entry.sequence()))
                    || saying.contains(entry.field("prepared-by")))
        .toList();
  }

  private void assertProved() {
    JournalFolder.Audit audit = journal.audit();
    assertThat(audit.findings()).isEmpty();
    assertThat(audit.report().exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"each", "interval", "os"})
  void session_isOnRecordFromItsOpeningToItsClose(String sync) throws Exception {
    try (GatedDatabase gate = gate("sync: " + sync);
        Connection ann =
            gate.connect(
                "ann", "ApplicationName=report&assumeMinServerVersion=18&preferQueryMode=simple");
        Statement statement = ann.createStatement()) {
      statement.execute("SELECT name FROM customers WHERE id = 1");
      assertThatThrownBy(() -> statement.execute("SELECT ssn FROM customers"))
          .hasMessageContaining("no-pii");
      assertThatThrownBy(() -> statement.execute("SELECT 1 / (id - 1) FROM orders WHERE id = 1"))
          .hasMessageContaining("division by zero");
    }
    assertProved();
    JournalFolder.Entry opened = entries(Kind.SESSION_OPENED).getFirst();
    assertThat(opened.text("subject")).isEqualTo("ann");
    assertThat(opened.text("method")).isEqualTo("local_password");
    assertThat(opened.text("target")).isEqualTo("corp");
    assertThat(opened.text("account")).isEqualTo("app");
    assertThat(opened.text("software")).isEqualTo("report");
    assertThat(opened.text("source")).contains("127.0.0.1");
    assertThat(opened.session()).isNotEqualTo(new UUID(0, 0));

    JournalFolder.Entry intent = intent("SELECT name FROM customers WHERE id = 1");
    assertThat(intent.session()).isEqualTo(opened.session());
    assertThat(intent.text("verdict")).isEqualTo("allow");
    assertThat(intent.text("rule")).isEqualTo("everything");
    assertThat(intent.text("operation")).isEqualTo("read");
    assertThat(intent.text("policy")).hasSize(64);
    assertThat(intent.text("accesses")).contains("customers");
    JournalFolder.Entry outcome = outcome(intent);
    assertThat(outcome.text("outcome")).isEqualTo("succeeded");
    assertThat(outcome.field("rows")).isEqualTo(new Datum.Count(1));

    JournalFolder.Entry refused = intent("SELECT ssn FROM customers");
    assertThat(refused.text("verdict")).isEqualTo("deny");
    assertThat(refused.text("rule")).isEqualTo("no-pii");
    assertThat(outcome(refused).text("outcome")).isEqualTo("refused");
    assertThat(outcome(intent("SELECT 1 / (id - 1) FROM orders WHERE id = 1")).text("code"))
        .isEqualTo("22012");

    JournalFolder.Entry closed = entries(Kind.SESSION_CLOSED).getFirst();
    assertThat(closed.answers()).isEqualTo(opened.sequence());
    assertThat(closed.text("reason")).isIn("client_terminated", "drained");
    assertThat(closed.field("commands")).isEqualTo(new Datum.Count(2));
    assertThat(closed.field("refused")).isEqualTo(new Datum.Count(1));
  }

  private JournalFolder.Entry intent(String text) throws Exception {
    return entries(Kind.COMMAND_INTENT).stream()
        .filter(entry -> entry.text("text").equals(text))
        .findFirst()
        .orElseThrow();
  }

  private JournalFolder.Entry outcome(JournalFolder.Entry intent) throws Exception {
    return entries(Kind.COMMAND_OUTCOME).stream()
        .filter(entry -> entry.answers() == intent.sequence())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void preparedStatement_isOnRecordWithItsValues() throws Exception {
    try (GatedDatabase gate = gate("sync: os");
        Connection ann = gate.connect("ann", "prepareThreshold=1");
        PreparedStatement read =
            ann.prepareStatement("SELECT name FROM customers WHERE id = ? AND name <> ?")) {
      for (int i = 1; i <= 3; i++) {
        read.setInt(1, i);
        read.setString(2, "näme-" + i);
        read.execute();
      }
    }
    assertProved();
    String text = "SELECT name FROM customers WHERE id = $1 AND name <> $2";
    assertThat(became(text))
        .containsExactly(
            "prepare prepared", "execute succeeded", "execute succeeded", "execute succeeded");
    byte[] name = asking(text).getLast().values().getLast();
    assertThat(new String(name, StandardCharsets.UTF_8)).isEqualTo("näme-3");
  }

  /** Nobody who reads the files learns anything, and passwords are not even in the records. */
  @Test
  void filesHoldNothingInClear_andPasswordsAreNowhere() throws Exception {
    String create = "CREATE ROLE somebody PASSWORD 'kept from everybody'";
    try (GatedDatabase gate = gate("sync: os");
        Connection ann = gate.connect("ann", "preferQueryMode=simple");
        Statement statement = ann.createStatement()) {
      statement.execute("SELECT 'said in the session'");
      assertThatThrownBy(() -> statement.execute(create)).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.execute(create + " NOT SQL"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(intent("SELECT 'said in the session'")).isNotNull();
    assertThat(journal.entries().toString()).doesNotContain("kept from everybody");
    assertThat(entries(Kind.COMMAND_INTENT))
        .anySatisfy(
            entry ->
                assertThat(entry.text("text"))
                    .startsWith("CREATE ROLE somebody PASSWORD ")
                    .contains("(redacted)"));
    try (Stream<Path> files = Files.walk(journal.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(
                "said in the session", "kept from everybody", "customers", "ann", "everything");
      }
    }
  }

  @Test
  void whatIsInForce_andEveryChangeOfIt_isOnRecord() throws Exception {
    try (GatedDatabase gate = gate("sync: os")) {
      assertThat(gate.policy(POLICY.replace("everything", "all"))).isTrue();
      assertThat(gate.policy("rules: [{name: x, verdict: perhaps}]\n")).isFalse();
      assertThatThrownBy(() -> gate.connect("ann", "password=wrong").close())
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> gate.connect("nobody", "").close()).isInstanceOf(SQLException.class);
    }
    assertProved();
    assertThat(entries(Kind.RECORDER_STARTED)).hasSize(1);
    assertThat(entries(Kind.RECORDER_STARTED).getFirst().text("configuration")).hasSize(64);
    assertThat(entries(Kind.RECORDER_STOPPED)).hasSize(1);
    assertThat(entries(Kind.TIME)).isNotEmpty();
    assertThat(entries(Kind.CHANGED).stream().map(entry -> entry.text("what")))
        .contains("users", "policy");
    assertThat(entries(Kind.ADMINISTRATION).stream().map(entry -> entry.text("result")))
        .contains("done")
        .anySatisfy(result -> assertThat(result).startsWith("refused: "));
    assertThat(entries(Kind.ENTITLEMENTS).getLast().text("entries"))
        .contains("ann", "corp", "analysts", "any", "all");
    assertThat(entries(Kind.LOGIN_REFUSED).stream().map(entry -> entry.text("login")))
        .contains("nobody");
  }

  /** Longer than one entry of the tail, and than all that it has room for. */
  @Test
  void longCommands_areOnRecordInParts_orRefused() throws Exception {
    byte[] long1 = new byte[3 << 20];
    byte[] tooLong = new byte[9 << 20];
    long1[long1.length - 1] = 7;
    try (GatedDatabase gate = gate("sync: os");
        Connection ann = gate.connect("ann", "");
        PreparedStatement read = ann.prepareStatement("SELECT length(?::bytea)")) {
      read.setBytes(1, long1);
      read.execute();
      read.setBytes(1, tooLong);
      assertThatThrownBy(read::execute)
          .isInstanceOfSatisfying(
              SQLException.class,
              refused -> {
                assertThat(refused.getSQLState()).isEqualTo("54000");
                assertThat(refused.getMessage()).contains("tail-file-mib");
              });
      read.setBytes(1, new byte[1]);
      read.execute();
    }
    assertProved();
    List<Integer> lengths =
        asking("SELECT length($1::bytea)").stream()
            .flatMap(entry -> entry.values().stream())
            .map(value -> value.length)
            .toList();
    assertThat(lengths).contains(3 << 20, 1).doesNotContain(9 << 20);
    assertThat(entries(Kind.COMMAND_INTENT))
        .anySatisfy(
            entry -> assertThat(entry.text("reason")).contains("too long to be put on record"));
  }
}
