package io.gatehouse.appliance.journal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can wait leaves room for what cannot, and goes on when there is more. */
class CrowdedTest {
  private static final int PART = 64 << 10;

  @TempDir private Path directory;
  private final BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
  private final List<String> woken = new ArrayList<>();
  private TailFolder folder;
  private DataKey key;

  @BeforeEach
  void makeKey() throws IOException {
    folder = new TailFolder(directory);
    key = folder.key();
  }

  private Tail open() throws IOException {
    return folder.open(List.of(loop::add), new Syncing.Os(), 0);
  }

  private void part(TailWriter writer) throws JournalStopped {
    writer.append(Kind.RESULT, TailFolder.NOBODY, key, -1, new byte[PART], 0, PART);
  }

  private void runUntilWoken() throws InterruptedException {
    while (woken.isEmpty()) {
      Runnable task = loop.poll(20, TimeUnit.SECONDS);
      assertThat(task).as("nobody woke what waits").isNotNull();
      task.run();
    }
  }

  /** Results that wait whenever they are told to. */
  private int untilCrowded(TailWriter writer) throws JournalStopped {
    int parts = 0;
    while (!writer.crowded()) {
      part(writer);
      parts++;
    }
    return parts;
  }

  @Test
  void resultsThatWait_goOnWithTheNextFile_andNothingStops() throws Exception {
    try (Tail tail = open()) {
      TailWriter writer = tail.writer(0);
      for (int i = 0; i < 4; i++) {
        woken.clear();
        untilCrowded(writer);
        TailFolder.intent(writer, key, "a command that does not wait");
        writer.whenRoom(() -> woken.add("result"));
        runUntilWoken();
        assertThat(writer.crowded()).isFalse();
      }
      assertThat(tail.state()).isInstanceOf(TailState.Running.class);
    }
    assertThat(folder.heard.stops).isEmpty();
  }

  @Test
  void filesThatNobodySeals_areBounded() throws Exception {
    try (Tail tail = open();
        TailReader reader = tail.reader()) {
      TailWriter writer = tail.writer(0);
      while (writer.begun().size() <= 8) {
        if (!writer.hasNext()) {
          await().until(writer::hasNext);
        }
        part(writer);
      }
      assertThat(writer.crowded()).isTrue();
      await().until(writer::hasNext);
      assertThat(writer.crowded()).as("not for want of a next file").isTrue();
      TailFolder.intent(writer, key, "a command that does not wait");
      writer.whenRoom(() -> woken.add("result"));
      long last = -1;
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        last = entry.get().sequence();
      }
      reader.sealed(last);
      runUntilWoken();
      assertThat(writer.crowded()).isFalse();
    }
    assertThat(folder.heard.stops).isEmpty();
  }

  @Test
  void resultThatDoesNotWait_isRefused_andCommandsAreNot() throws Exception {
    try (Tail tail = open()) {
      TailWriter writer = tail.writer(0);
      await().until(writer::hasNext);
      EpochQueue first = writer.current().orElseThrow();
      boolean refused = false;
      while (!refused) {
        try {
          part(writer);
        } catch (JournalStopped e) {
          refused = true;
        }
      }
      assertThat(writer.current().orElseThrow()).isNotSameAs(first);
      TailFolder.intent(writer, key, "a command");
      assertThat(tail.state()).isInstanceOf(TailState.Running.class);
    }
    assertThat(folder.heard.stops).isEmpty();
  }

  @Test
  void journalStops_whatWaitsIsWoken_andRefused() throws Exception {
    try (Tail tail = open()) {
      TailWriter writer = tail.writer(0);
      while (writer.begun().size() <= 8) {
        if (!writer.hasNext()) {
          await().until(writer::hasNext);
        }
        part(writer);
      }
      writer.whenRoom(() -> woken.add("result"));
      tail.stop(StopReason.ASKED_TO, "test");
      runUntilWoken();
      assertThat(writer.crowded()).isFalse();
      assertThatThrownBy(() -> part(writer)).isInstanceOf(JournalStopped.class);
    }
  }
}
