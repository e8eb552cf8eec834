package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.journal.index.Facet;
import io.gatehouse.appliance.journal.index.Query;
import io.gatehouse.appliance.journal.index.Search;
import io.gatehouse.appliance.journal.read.JournalReader;
import io.gatehouse.appliance.journal.read.RecordedJournal;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.journal.tail.TailState;
import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.spi.Binds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes to find a session by the name of a table. Five million records under -Plong.
 */
class LargeJournalTest {
  private static final boolean LONG = Boolean.getBoolean("gatehouse.long");
  private static final int RECORDS = LONG ? 5_000_000 : 100_000;
  private static final int COMMANDS = 49;
  private static final int TABLES = 200;

  /** What nobody would wait for, on a machine that does other things too. */
  private static final long MOST_MILLIS = LONG ? 2_000 : 5_000;

  @TempDir private Path folder;

  private void record() throws IOException {
    int sessions = RECORDS / (2 + 2 * COMMANDS);
    CommandRecord[] intents = new CommandRecord[TABLES];
    for (int i = 0; i < TABLES; i++) {
      intents[i] = intent("core.table" + i);
    }
    try (RecordedJournal gate = RecordedJournal.in(folder, 64 << 20)) {
      for (int i = 0; i < sessions; i++) {
        List<CommandRecord> commands = new ArrayList<>();
        for (int c = 0; c < COMMANDS; c++) {
          commands.add(intents[(i * 7 + c * 13) % TABLES]);
        }
        if (i == sessions / 3) {
          commands.set(20, intent("vault.keys"));
        }
        record(gate, "user" + i % 500, commands);
      }
    }
  }

  /** As fast as the disk takes it: a journal that is overrun stops, and goes on. */
  private static void record(RecordedJournal gate, String user, List<CommandRecord> commands) {
    try {
      gate.session(user, "core", commands);
    } catch (CompletionException e) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> gate.journal().state() instanceof TailState.Running);
      gate.session(user, "core", commands);
    }
  }

  private static CommandRecord intent(String table) {
    String sql = "SELECT balance, currency FROM %s WHERE account = ".formatted(table);
    return RecordedJournal.intent(1, sql + "4711", sql + "?", table, Binds.NONE);
  }

  /** Milliseconds, and what was found. */
  private long find(String table, Set<UUID> found) throws IOException {
    long start = System.nanoTime();
    try (JournalReader reader = RecordedJournal.reader(folder);
        Search search = RecordedJournal.search(folder, reader)) {
      search.commands(
          Query.ALL.with(Facet.NAME, table),
          hit -> {
            found.add(hit.intent().row().session());
            return hit.opening().isPresent() && found.size() < 100;
          });
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  private long process(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // as bin/gatehouse does for a search
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "io.gatehouse.appliance.cli.Main"));
    command.addAll(List.of(arguments));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    int code = process.waitFor();
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertThat(code).as(Files.readString(folder.resolve("out.txt"))).isZero();
    return millis;
  }

  @Test
  void session_isFoundByATable_atOnce() throws Exception {
    JournalFolder journal = JournalFolder.in(folder);
    long start = System.nanoTime();
    record();
    long recorded = (System.nanoTime() - start) / 1_000_000;
    Set<UUID> found = new HashSet<>();
    long first = find("vault.keys", found);
    assertThat(found).isNotEmpty().hasSizeLessThan(3);
    int sessions = found.size();

    long[] rare = new long[5];
    long[] common = new long[5];
    for (int i = 0; i < rare.length; i++) {
      rare[i] = find("keys", found);
      common[i] = find("table7", new HashSet<>());
    }
    assertThat(found).hasSize(sessions);
    Arrays.sort(rare);
    Arrays.sort(common);
    long cold = process("journal", "search", "--config", journal.config(), "--table", "vault.keys");
    assertThat(Files.readString(folder.resolve("out.txt")))
        .contains(found.iterator().next().toString());
    long nothing = process("version");

    Measured.keep(
        LargeJournalTest.class,
        "a session by a table in " + RECORDS + " records",
        "",
        String.format(
            Locale.ROOT,
            "warm: median %d ms (a table of 1 session), %d ms (100 sessions of many); the command"
                + " as a process: %d ms, of which Java and an empty command %d ms; indexes of all"
                + " segments made: %d s, %d MiB; recorded in %d s",
            rare[2],
            common[2],
            cold,
            nothing,
            first / 1000,
            size(folder.resolve("journal/index")) >> 20,
            recorded / 1000));
    assertThat(rare[2]).isLessThan(MOST_MILLIS);
    assertThat(common[2]).isLessThan(MOST_MILLIS);
  }

  private static long size(Path directory) throws IOException {
    long bytes = 0;
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          bytes += Files.size(file);
        }
      }
    }
    return bytes;
  }
}
