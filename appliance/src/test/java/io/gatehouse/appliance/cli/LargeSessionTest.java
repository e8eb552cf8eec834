package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.journal.SessionJournal;
import io.gatehouse.appliance.journal.read.RecordedJournal;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.appliance.journal.tail.TailState;
import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.spi.Binds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session with results that no memory holds; a gibibyte of them under -Plong. */
class LargeSessionTest {
  private static final int PART_BYTES = 512 << 10;
  private static final int PARTS = Boolean.getBoolean("gatehouse.long") ? 2_048 : 256;
  private static final Pattern SESSION =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int ROW_BYTES = 1_000;

  @TempDir private Path folder;

  /** Rows one behind the other, of which no part knows where they begin. */
  private static ByteBuf wire() {
    ByteBuf out = Unpooled.buffer();
    out.writeByte('D').writeInt(4 + 2 + 4 + ROW_BYTES).writeShort(1).writeInt(ROW_BYTES);
    out.writeCharSequence("x".repeat(ROW_BYTES), StandardCharsets.US_ASCII);
    return out;
  }

  private static final class Rows {
    private final ByteBuf row = wire();
    private int at;

    ByteBuf part() {
      ByteBuf part = Unpooled.buffer(PART_BYTES);
      while (part.readableBytes() < PART_BYTES) {
        int count = Math.min(PART_BYTES - part.readableBytes(), row.readableBytes() - at);
        part.writeBytes(row, at, count);
        at = (at + count) % row.readableBytes();
      }
      return part;
    }
  }

  private void record() throws IOException {
    try (RecordedJournal gate = RecordedJournal.in(folder, 64 << 20);
        RecordedJournal.Speaker alice = gate.speaker("alice", "core")) {
      long intent =
          alice.append(
              RecordedJournal.intent(1, "SELECT 1", "select ?", "core.accounts", Binds.NONE),
              SessionJournal.NOTHING);
      Rows rows = new Rows();
      for (int i = 0; i < PARTS; i++) {
        append(
            gate, alice, new CommandRecord.Result(i, i == PARTS - 1, rows.part(), false), intent);
      }
      append(gate, alice, RecordedJournal.outcome(), intent);
    }
  }

  private static void append(
      RecordedJournal gate, RecordedJournal.Speaker speaker, JournalRecord one, long answers) {
    for (boolean written = false; !written; ) {
      try {
        speaker.append(one, answers);
        written = true;
      } catch (CompletionException e) {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> gate.journal().state() instanceof TailState.Running);
      }
    }
  }

  /**
   * What a command printed.
   *
   * @param rows lines of the result
   */
  private record Printed(long rows, String last, long seconds) {}

  private static Printed inLittleMemory(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx64m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    long rows = 0;
    String last = "";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows += line.contains("xxxx") ? 1 : 0;
        last = line;
      }
    }
    assertThat(process.waitFor()).as(last).isZero();
    return new Printed(rows, last, (System.nanoTime() - start) / 1_000_000_000);
  }

  @Test
  void session_isShownReplayedAndVerified_inLittleMemory() throws Exception {
    JournalFolder journal = JournalFolder.in(folder);
    record();
    String config = journal.config();
    Matcher session =
        SESSION.matcher(JournalFolder.run("journal", "sessions", "--config", config).out());
    assertThat(session.find()).isTrue();
    String id = session.group();
    Printed shown = inLittleMemory("journal", "show", "--config", config, id);
    Printed replayed =
        inLittleMemory(
            "journal", "replay", "--config", config, id, "--speed", "1e9", "--max-pause", "0");
    Printed verified =
        inLittleMemory(
            "journal",
            "verify",
            folder.resolve("journal").toString(),
            "--key",
            folder.resolve("verifier.key").toString());
    long whole = (long) PARTS * PART_BYTES / (ROW_BYTES + 11);
    assertThat(shown.rows()).isEqualTo(whole);
    assertThat(shown.last()).contains("closed: ");
    assertThat(replayed.rows()).isEqualTo(whole);
    Measured.keep(
        LargeSessionTest.class,
        "a session of " + ((PARTS * (long) PART_BYTES) >> 20) + " MiB of results, in 64 MiB",
        "",
        "shown in %d s, replayed in %d s, verified in %d s"
            .formatted(shown.seconds(), replayed.seconds(), verified.seconds()));
  }
}
