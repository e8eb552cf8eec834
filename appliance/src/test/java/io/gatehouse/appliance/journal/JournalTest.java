package io.gatehouse.appliance.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.journal.keep.KeepPlan;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.read.RecordedJournal;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.journal.record.RecorderRecord;
import io.gatehouse.appliance.journal.record.Understood;
import io.gatehouse.appliance.journal.seal.SigningKey;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.Syncing;
import io.gatehouse.appliance.journal.tail.TailConfig;
import io.gatehouse.appliance.journal.tail.TailState;
import io.gatehouse.plugin.Command;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.verifier.Finding;
import io.gatehouse.verifier.Kind;
import io.gatehouse.verifier.Report;
import io.gatehouse.verifier.Verification;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole journal on a disk, as an auditor finds it. */
class JournalTest {
  private static final RecorderRecord.RecorderStarted STARTED =
      new RecorderRecord.RecorderStarted("0.1", "gate", "os", "c", "p");

  private static final CommandRecord OUTCOME =
      new CommandRecord.CommandOutcome("succeeded", 1, 1, 1, null, List.of(), List.of());

  @TempDir private Path folder;
  private final List<ExecutorService> loops =
      List.of(Executors.newSingleThreadExecutor(), Executors.newSingleThreadExecutor());
  private final SigningKey signing;

  JournalTest() throws GeneralSecurityException {
    signing = SigningKey.generate("gate.example/node7", SigningKey.Algorithm.ED25519);
  }

  @AfterEach
  void stop() {
    loops.forEach(ExecutorService::close);
  }

  private Journal open(Path directory) throws IOException {
    try (Secret secret = Secret.of("k".repeat(32).getBytes(StandardCharsets.UTF_8))) {
      return Journal.open(
          new JournalPlan(
              directory.resolve("journal"),
              directory.resolve("keys"),
              7,
              List.of(KeyEncryptionKey.of("k1", secret)),
              signing,
              new Syncing.Os(),
              TailConfig.LEAST_EPOCH_BYTES,
              Duration.ofMillis(50),
              List.of(),
              KeepPlan.DEFAULT),
          List.<Executor>copyOf(loops),
          STARTED);
    }
  }

  private record Audit(Report report, List<Finding> findings) {
    Set<Kind> kinds() {
      return report.counts().keySet();
    }
  }

  private Audit audit(Path directory) {
    List<Finding> findings = new ArrayList<>();
    return new Audit(
        Verification.verify(
            directory.resolve("journal"), List.of(signing.verifier()), null, findings::add),
        findings);
  }

  /** A session on a loop, with commands of which the last may have no outcome yet. */
  private void session(Journal journal, int loop, int commands, boolean ended) {
    ExecutorService on = loops.get(loop);
    try (SessionJournal session =
        CompletableFuture.supplyAsync(journal::session, on).thenCompose(one -> one).join()) {
      CompletableFuture.runAsync(() -> run(session, commands, ended), on).join();
    }
  }

  private static void run(SessionJournal session, int commands, boolean ended) {
    try {
      for (int i = 0; i < commands; i++) {
        long intent = session.append(intent(i), SessionJournal.NOTHING);
        if (ended || i < commands - 1) {
          session.append(OUTCOME, intent);
        }
      }
    } catch (JournalStopped e) {
      throw new AssertionError(e);
    }
  }

  private static CommandRecord intent(int number) {
    return new CommandRecord.CommandIntent(
        new CommandRecord.Asked(
            number,
            "execute",
            "sql",
            Unpooled.copiedBuffer("SELECT 'in clear text'", StandardCharsets.UTF_8),
            -1,
            "",
            Binds.NONE),
        Understood.of(List.of(Command.notUnderstood("test"))),
        new CommandRecord.Decided("allow", "all", "p", null, "whole"));
  }

  @Test
  void sessions_areSealed_andTheNextProcessGoesOn() throws Exception {
    for (int start = 1; start <= 3; start++) {
      try (Journal journal = open(folder)) {
        session(journal, 0, 5, true);
        session(journal, 1, 5, true);
      }
      Audit audit = audit(folder);
      assertThat(audit.findings()).isEmpty();
      assertThat(audit.report().exitCode()).isZero();
      assertThat(audit.report().records()).isEqualTo(23L * start);
    }
    assertThat(clearText(folder)).isEmpty();
  }

  @Test
  void processThatDies_leavesAJournalThatTheNextOneMends() throws Exception {
    Path copy = folder.resolve("copy");
    try (Journal journal = open(folder.resolve("first"))) {
      session(journal, 0, 50, true);
      session(journal, 1, 50, false);
      RecordedJournal.copy(folder.resolve("first"), copy);
    }
    try (Journal journal = open(copy)) {
      session(journal, 0, 5, true);
    }
    Audit audit = audit(copy);
    assertThat(audit.kinds()).containsExactly(Kind.INTENT_WITHOUT_OUTCOME);
    assertThat(audit.report().records()).isGreaterThan(200 + 10);
  }

  @Test
  void journalThatStopped_refuses_goesOnByItself_andSaysSo() throws Exception {
    try (Journal journal = open(folder)) {
      session(journal, 0, 2, true);
      journal.stop("test");
      assertThatThrownBy(() -> session(journal, 0, 1, true))
          .hasRootCauseInstanceOf(JournalStopped.class);
      await().until(() -> journal.state() instanceof TailState.Running);
      session(journal, 1, 2, true);
    }
    Audit audit = audit(folder);
    assertThat(audit.findings()).isEmpty();
    assertThat(rows(folder)).contains((byte) 4);
  }

  @Test
  void journalThatIsClosedWhileItIsStopped_saysSo() throws Exception {
    try (Journal journal = open(folder)) {
      session(journal, 0, 2, true);
      journal.stop("test");
    }
    assertThat(audit(folder).findings()).isEmpty();
    assertThat(rows(folder)).contains((byte) 4);
  }

  /** The kinds of all records. */
  private static List<Byte> rows(Path directory) throws IOException {
    List<Byte> kinds = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("journal/segments"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".rows")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 128) {
          kinds.add(bytes[at + 1]);
        }
      }
    }
    return kinds;
  }

  private static List<Path> clearText(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> contains(file, "in clear text"))
          .toList();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
