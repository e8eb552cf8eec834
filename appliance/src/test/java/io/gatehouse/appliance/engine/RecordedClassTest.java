package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.journal.JournalPlan;
import io.gatehouse.appliance.journal.keep.FormerKeys;
import io.gatehouse.appliance.journal.keep.KeepPlan;
import io.gatehouse.appliance.journal.keep.Retention;
import io.gatehouse.appliance.journal.keep.RetentionClass;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.record.RecorderRecord;
import io.gatehouse.appliance.journal.seal.SealedRows;
import io.gatehouse.appliance.journal.seal.SigningKey;
import io.gatehouse.appliance.journal.tail.Syncing;
import io.gatehouse.appliance.journal.tail.TailConfig;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Submission.Stage;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule that decides says in which class a command is kept, and whether its results are. */
class RecordedClassTest {
  private static final String RULES =
      """
      rules:
        - name: own
          operations: [session]
          verdict: allow
        - name: secret
          resources: {tables: [secret.items]}
          verdict: allow
          record: {results: leave-out, retention: short}
        - name: no-deletes
          operations: [delete]
          verdict: deny
          record: {retention: short}
        - name: open
          resources: {schemas: [open, secret, pg_catalog]}
          verdict: allow
          when: "now.getFullYear() > 2000"
        - name: nowhere
          operations: [write]
          verdict: deny
          record: {retention: nowhere}
      """;
  private static final String OPEN = "SELECT name FROM open.items";
  private static final String SECRET = "SELECT name FROM secret.items";

  @TempDir private Path folder;
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final SigningKey signing;
  private Courtroom room;
  private Client client;

  RecordedClassTest() throws GeneralSecurityException {
    signing = SigningKey.generate("gate.example/node7", SigningKey.Algorithm.ED25519);
  }

  @BeforeEach
  void open() {
    room = Courtroom.of(folder, RULES);
    client = room.client();
  }

  @AfterEach
  void close() {
    room.close();
    loop.close();
  }

  private void restsOn(String sql, String retention, boolean results) {
    Decision decision = client.ask(sql);
    Grounds grounds = client.grounds();
    assertThat(grounds.retention()).as(sql).isEqualTo(retention);
    assertThat(grounds.decided(decision).results())
        .as(sql)
        .isEqualTo(results ? "whole" : "left-out");
    if (decision instanceof Decision.Run) {
      client.ends(OutcomeKind.SUCCEEDED);
    }
  }

  @Test
  void ruleThatDecides_isTheOnlyOneThatIsAsked() {
    for (int again = 0; again < 2; again++) {
      restsOn(OPEN, "", true);
      restsOn(SECRET, "short", false);
      restsOn("DELETE FROM secret.items", "short", true);
      restsOn("SELECT nothing that is understood", "", true);
      restsOn(SECRET + "; " + OPEN, "", false);
      restsOn(OPEN + "; " + SECRET, "short", false);
    }
  }

  @Test
  void recordsOfACommand_areAllOfItsClass_andThoseOfTheSessionOfTheDefaultOne() throws Exception {
    try (Journal journal = journal()) {
      Recording recording = recording(journal);
      assertThat(recorded(recording, OPEN))
          .isInstanceOf(Decision.Run.class)
          .isNotEqualTo(Decision.RUN);
      outcome(recording);
      assertThat(recorded(recording, SECRET)).isEqualTo(Decision.RUN);
      outcome(recording);
      assertThat(recorded(recording, "DELETE FROM open.items")).isInstanceOf(Decision.Refuse.class);
      CompletableFuture.runAsync(() -> recording.closed(CloseReason.CLIENT_TERMINATED), loop)
          .join();
    }
    List<String> rows = new ArrayList<>();
    new SealedRows(folder.resolve("journal"), List.of(signing.verifier()), () -> false)
        .read(
            (row, _) -> {
              String kind = Kind.of(row.kind()).map(Kind::label).orElse("");
              rows.add(kind + " " + row.retention());
            });
    assertThat(rows)
        .containsExactly(
            "recorder-started 4",
            "time 0",
            "decision-inputs 4",
            "command-intent 4",
            "command-outcome 4",
            "decision-inputs 4",
            "command-intent 9",
            "command-outcome 9",
            "command-intent 9",
            "command-outcome 9",
            "session-closed 4",
            "recorder-stopped 4");
  }

  @Test
  void classThatIsNotThere_refuses() throws Exception {
    try (Journal journal = journal()) {
      Recording recording = recording(journal);
      assertThat(recorded(recording, "INSERT INTO open.items (name) VALUES ('a')"))
          .isInstanceOfSatisfying(
              Decision.Refuse.class,
              refuse ->
                  assertThat(refuse.refusal().toString()).contains("no retention class nowhere"));
    }
  }

  private Journal journal() throws IOException {
    try (Secret secret = Secret.of("k".repeat(32).getBytes(StandardCharsets.UTF_8))) {
      return Journal.open(
          new JournalPlan(
              folder.resolve("journal"),
              folder.resolve("keys"),
              7,
              List.of(KeyEncryptionKey.of("k1", secret)),
              signing,
              new Syncing.Os(),
              TailConfig.LEAST_EPOCH_BYTES,
              Duration.ofMillis(50),
              List.of(),
              new KeepPlan(
                  new Retention(
                      List.of(
                          new RetentionClass(4, "ordinary", 30),
                          new RetentionClass(9, "short", 1))),
                  List.of(),
                  FormerKeys.NONE)),
          List.of(loop),
          new RecorderRecord.RecorderStarted("0.1", "gate", "os", "c", "p"));
    }
  }

  private Recording recording(Journal journal) {
    return new Recording(
        CompletableFuture.supplyAsync(journal::session, loop).thenCompose(one -> one).join(),
        _ -> {});
  }

  private Answer recorded(Recording recording, String sql) {
    CommandForm text = Asked.Text.of(sql);
    Decision decision = client.ask(Stage.EXECUTE, text);
    Asked asked = new Asked(client.sequence, Stage.EXECUTE, text, client);
    return CompletableFuture.supplyAsync(
            () -> recording.decided(asked, client.grounds(), decision, client), loop)
        .join();
  }

  private void outcome(Recording recording) {
    long sequence = client.sequence;
    CompletableFuture.runAsync(
            () -> recording.outcome(sequence, OutcomeKind.SUCCEEDED, 1, 1, 1, null, Noted.NOTHING),
            loop)
        .join();
    client.ends(OutcomeKind.SUCCEEDED);
  }
}
