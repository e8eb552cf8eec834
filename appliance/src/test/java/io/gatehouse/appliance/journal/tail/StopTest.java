package io.gatehouse.appliance.journal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.journal.key.ClearText;
import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tail does when it cannot write, and what those hear who wait. */
class StopTest {
  @TempDir private Path directory;
  private final BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
  private final List<String> receipts = new ArrayList<>();
  private TailFolder folder;
  private DataKey key;

  @BeforeEach
  void makeKey() throws IOException {
    folder = new TailFolder(directory);
    key = folder.key();
  }

  @Test
  void each_receiptComesOnTheLoop_afterTheSync() throws Exception {
    try (Tail tail = folder.open(loops(), new Syncing.Each(), 0)) {
      TailWriter writer = tail.writer(0);
      for (int i = 0; i < 100; i++) {
        writer.whenDurable(TailFolder.intent(writer, key, "a"), receipt(i));
      }
      assertThat(receipts).as("nothing is run but on the loop").isEmpty();
      runUntil(100);
      assertThat(receipts).startsWith("durable 0", "durable 1").endsWith("durable 99");
    }
  }

  @Test
  void interval_oneSyncIsForAllThatCameMeanwhile() throws Exception {
    Duration interval = Duration.ofMillis(200);
    try (Tail tail = folder.open(loops(), new Syncing.Interval(interval), 0)) {
      TailWriter writer = tail.writer(0);
      writer.whenDurable(TailFolder.intent(writer, key, "first"), receipt(0));
      runUntil(1);
      long began = System.nanoTime();
      for (int i = 1; i < 50; i++) {
        writer.whenDurable(TailFolder.intent(writer, key, "more"), receipt(i));
      }
      Runnable one = loop.poll(10, TimeUnit.SECONDS);
      assertThat(one).isNotNull();
      one.run();
      assertThat(receipts).hasSize(50);
      assertThat(System.nanoTime() - began).isGreaterThan(interval.toNanos() / 4);
    }
  }

  @Test
  void filesChange_whileReceiptsAreOut_allBecomeDurable() throws Exception {
    try (Tail tail = folder.open(loops(), new Syncing.Each(), 0)) {
      TailWriter writer = tail.writer(0);
      String text = "x".repeat(300_000);
      for (int i = 0; i < 150; i++) {
        if (!writer.hasNext()) {
          await().until(writer::hasNext);
        }
        writer.whenDurable(TailFolder.intent(writer, key, text), receipt(i));
        for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
          task.run();
        }
      }
      runUntil(150);
      assertThat(receipts).allMatch(receipt -> receipt.startsWith("durable"));
      assertThat(tail.state()).isInstanceOf(TailState.Running.class);
    }
  }

  @Test
  void os_receiptComesAtOnce() throws Exception {
    try (Tail tail = folder.open(loops(), new Syncing.Os(), 0)) {
      TailWriter writer = tail.writer(0);
      writer.whenDurable(TailFolder.intent(writer, key, "a"), receipt(1));
      assertThat(receipts).containsExactly("durable 1");
    }
  }

  @Test
  void syncThatFails_losesWhatWaits_stops_andResumesWithAnotherFile() throws Exception {
    try (Tail tail = folder.open(loops(), new Syncing.Interval(Duration.ofHours(1)), 0)) {
      TailWriter writer = tail.writer(0);
      writer.whenDurable(TailFolder.intent(writer, key, "a"), receipt(0));
      runUntil(1);
      long waiting = TailFolder.intent(writer, key, "b");
      writer.whenDurable(waiting, receipt(1));
      EpochQueue broken = writer.current().orElseThrow();
      // Whoever may still begin something does it in the file that is lost, and hears of it.
      List<Boolean> givenUp = new ArrayList<>();
      folder.heard.atStop = () -> givenUp.add(broken.lost());

      writer.syncFailed(broken, new IOException("the disk is gone"));
      runUntil(2);

      assertThat(givenUp).containsExactly(false);
      assertThat(receipts).containsExactly("durable 0", "lost 1");
      assertThat(tail.state()).isInstanceOf(TailState.Stopped.class);
      assertThatThrownBy(() -> TailFolder.intent(writer, key, "c"))
          .isInstanceOf(JournalStopped.class)
          .hasMessageContaining("sync-failed")
          .hasMessageContaining("the disk is gone");
      writer.whenDurable(waiting, receipt(2));
      assertThat(receipts).endsWith("lost 2");

      Gap gap = tail.resume().orElseThrow();
      assertThat(gap.reason()).isEqualTo(StopReason.SYNC_FAILED);
      assertThat(gap.refused()).isEqualTo(1);
      assertThat(gap.abandoned()).isEmpty();
      assertThat(TailFolder.intent(writer, key, "c")).isEqualTo(2);
      assertThat(writer.current().orElseThrow()).isNotSameAs(broken);
      assertThat(folder.heard.stops).hasSize(1);
      assertThat(folder.heard.gaps).containsExactly(gap);
    }
  }

  @Test
  void appendThatFails_stopsEverybody_itsSequenceIsAbandonedAndReadOver() throws Exception {
    try (Tail tail = folder.open(2, new Syncing.Os(), 0);
        TailReader reader = tail.reader()) {
      TailFolder.intent(tail.writer(0), key, "a");
      tail.writer(0).current().orElseThrow().close();

      assertThatThrownBy(() -> TailFolder.intent(tail.writer(0), key, "b"))
          .isInstanceOf(JournalStopped.class)
          .hasMessageContaining("append-failed");
      assertThatThrownBy(() -> TailFolder.intent(tail.writer(1), key, "c"))
          .isInstanceOf(JournalStopped.class);
      byte[] outcome = new byte[10];
      tail.writer(1).append(Kind.COMMAND_OUTCOME, TailFolder.NOBODY, key, 0, outcome, 0, 10);

      Gap gap = tail.resume().orElseThrow();
      assertThat(gap.abandoned()).containsExactly(1L);
      assertThat(gap.refused()).isEqualTo(2);
      TailFolder.intent(tail.writer(0), key, "d");
      List<Long> sequences = new ArrayList<>();
      for (Optional<TailEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        sequences.add(entry.get().sequence());
      }
      assertThat(sequences).containsExactly(0L, 2L, 3L);
      assertThat(folder.heard.damages).isEmpty();
    }
  }

  @Test
  void whatCannotBeAnEntry_isRefusedBeforeItHasASequence() throws Exception {
    DataKey other = folder.key();
    try (Tail tail = folder.open(1, new Syncing.Os(), 0)) {
      TailWriter writer = tail.writer(0);
      key.destroy();
      assertThatThrownBy(() -> TailFolder.intent(writer, key, "a"))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> TailFolder.intent(writer, other, "a".repeat((1 << 20) + 1)))
          .isInstanceOf(IllegalArgumentException.class);
      byte[] payload = new byte[5];
      assertThatThrownBy(
              () -> writer.append(Kind.RESULT, TailFolder.NOBODY, other, -1, payload, 1, 5))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(TailFolder.intent(writer, other, "a".repeat(1 << 20))).isZero();
    }
  }

  @Test
  void stoppedByWhoSeals_completionsGoOn_firstReasonStays() throws Exception {
    try (Tail tail = folder.open(1, new Syncing.Os(), 0)) {
      tail.stop(StopReason.ASKED_TO, "the sealer cannot write");
      tail.stop(StopReason.NO_SPACE, "later");

      assertThatThrownBy(() -> TailFolder.intent(tail.writer(0), key, "a"))
          .hasMessageContaining("the sealer cannot write");
      byte[] payload = new byte[1];
      assertThat(
              tail.writer(0)
                  .append(Kind.GAP, TailFolder.NOBODY, new ClearText(0), -1, payload, 0, 1))
          .isZero();
      assertThat(tail.resume()).isPresent();
      assertThat(tail.resume()).isEmpty();
    }
  }

  @Test
  void closed_takesNothing_andCannotBeResumed() throws Exception {
    Tail tail = folder.open(1, new Syncing.Each(), 0);
    TailFolder.intent(tail.writer(0), key, "a");
    tail.close();

    assertThat(tail.state()).isInstanceOf(TailState.Closed.class);
    assertThatThrownBy(() -> TailFolder.intent(tail.writer(0), key, "b"))
        .isInstanceOf(JournalStopped.class)
        .hasMessageContaining("closed");
    assertThat(tail.resume()).isEmpty();
    tail.stop(StopReason.ASKED_TO, "late");
    assertThat(tail.state()).isInstanceOf(TailState.Closed.class);
  }

  private List<Executor> loops() {
    return List.of(loop::add);
  }

  private Receipt receipt(int number) {
    return new Receipt() {
      @Override
      public void durable() {
        receipts.add("durable " + number);
      }

      @Override
      public void lost(StopReason reason) {
        receipts.add("lost " + number);
      }
    };
  }

  private void runUntil(int count) throws InterruptedException {
    while (receipts.size() < count) {
      Runnable task = loop.poll(20, TimeUnit.SECONDS);
      assertThat(task).as("a task on the loop").isNotNull();
      task.run();
    }
  }
}
