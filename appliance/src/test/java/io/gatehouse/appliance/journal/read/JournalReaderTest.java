package io.gatehouse.appliance.journal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.index.Facet;
import io.gatehouse.appliance.journal.index.Query;
import io.gatehouse.appliance.journal.index.Search;
import io.gatehouse.appliance.journal.key.DataKeys;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal as somebody reads it who does not write it. */
class JournalReaderTest {
  private static final int MOST_SESSIONS = 400;

  @TempDir private Path folder;

  private record Seen(long sequence, Kind kind, Content content, boolean sealed) {}

  private List<Seen> all(Path where) throws IOException {
    List<Seen> seen = new ArrayList<>();
    try (JournalReader reader = RecordedJournal.reader(where)) {
      reader.all(
          entry ->
              seen.add(
                  new Seen(
                      entry.row().sequence(),
                      Kind.of(entry.row().kind()).orElseThrow(),
                      reader.content(entry),
                      entry.sealed())));
    }
    return seen;
  }

  private List<UUID> found(Path where, Query query) throws IOException {
    List<UUID> found = new ArrayList<>();
    try (JournalReader reader = RecordedJournal.reader(where);
        Search search = RecordedJournal.search(where, reader)) {
      search.commands(query, hit -> found.add(hit.intent().row().session()));
    }
    return found;
  }

  private static Query table(String name) {
    return Query.ALL.with(Facet.NAME, name);
  }

  private static void session(RecordedJournal gate, String who, String table, int commands) {
    try (RecordedJournal.Speaker speaker = gate.speaker(who, "core")) {
      for (int i = 0; i < commands; i++) {
        speaker.runs("SELECT 'Erika'", table);
      }
    }
  }

  /** Where a record is missing, if one is. */
  private static OptionalLong firstHole(List<Seen> seen) {
    return LongStream.range(0, seen.size())
        .filter(index -> seen.get((int) index).sequence() != index)
        .findFirst();
  }

  @Test
  void growingJournal_isReadWhole_eachTime() throws IOException {
    try (RecordedJournal gate = RecordedJournal.in(folder)) {
      for (int round = 1; round <= 20; round++) {
        session(gate, "alice", "core.accounts", 50);
        List<Seen> seen = all(folder);
        assertThat(seen).hasSize(2 + round * 102);
        assertThat(firstHole(seen)).isEmpty();
        assertThat(seen).allMatch(one -> one.content() instanceof Content.Said);
      }
    }
    assertThat(all(folder)).hasSize(2 + 20 * 102 + 1).allMatch(Seen::sealed);
  }

  @Test
  void everyLookAtAJournalThatIsWritten_hasNoHole() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (RecordedJournal gate = RecordedJournal.in(folder)) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < MOST_SESSIONS && !enough.get(); i++) {
                  session(gate, "alice", "core.accounts", 20);
                }
              });
      int before = 0;
      for (int look = 0; look < 60; look++) {
        List<Seen> seen = all(folder);
        assertThat(firstHole(seen)).isEmpty();
        assertThat(seen).allMatch(one -> one.content() instanceof Content.Said);
        assertThat(seen).hasSizeGreaterThanOrEqualTo(before);
        before = seen.size();
      }
      enough.set(true);
      writer.join();
    }
  }

  @Test
  void killedProcess_leavesATail_thatIsReadAndMarked() throws IOException {
    Path copy = folder.resolve("copy");
    try (RecordedJournal gate = RecordedJournal.in(folder.resolve("first"))) {
      session(gate, "alice", "core.accounts", 200);
      RecordedJournal.copy(folder.resolve("first"), copy);
    }
    try (Stream<Path> files = Files.walk(copy.resolve("journal"))) {
      for (Path file : files.filter(one -> one.toString().contains("segments/")).toList()) {
        Files.delete(file);
      }
    }
    Files.deleteIfExists(copy.resolve("journal/tree/checkpoint"));
    List<Seen> seen = all(copy);
    assertThat(seen).isNotEmpty().noneMatch(Seen::sealed);
    assertThat(seen).allMatch(one -> one.content() instanceof Content.Said);
    assertThat(found(copy, table("accounts"))).isNotEmpty();
  }

  @Test
  void tornTail_isReadUpToThere() throws IOException {
    Path copy = folder.resolve("copy");
    int whole;
    try (RecordedJournal gate = RecordedJournal.in(folder.resolve("first"))) {
      session(gate, "alice", "core.accounts", 200);
      RecordedJournal.copy(folder.resolve("first"), copy);
    }
    whole = all(copy).size();
    try (Stream<Path> files = Files.walk(copy.resolve("journal/tail"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".cq4")).toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(new byte[] {9, 9, 9}), 66_400);
        }
      }
    }
    assertThat(all(copy).size()).isLessThanOrEqualTo(whole);
    assertThat(all(copy)).allMatch(one -> one.content() instanceof Content.Said);
  }

  @Test
  void shreddedKey_isGone_andItsSessionIsNotFound() throws IOException {
    try (RecordedJournal gate = RecordedJournal.in(folder)) {
      session(gate, "alice", "core.accounts", 5);
      session(gate, "bob", "core.accounts", 5);
    }
    assertThat(found(folder, table("core.accounts"))).hasSize(10);
    UUID alice = found(folder, table("accounts").with(Facet.CALLER, "Alice")).getFirst();
    shred(alice);
    assertThat(found(folder, table("core.accounts"))).hasSize(5).doesNotContain(alice);
    assertThat(found(folder, Query.ALL.with(Facet.CALLER, "alice"))).isEmpty();
    assertThat(all(folder).stream().filter(one -> one.content() instanceof Content.Gone))
        .hasSize(12);
  }

  /** All keys of a session. */
  private void shred(UUID session) throws IOException {
    try (DataKeys keys =
        DataKeys.open(
            folder.resolve("keys"),
            RecordedJournal.keys().wrapping(),
            List.of(),
            Clock.systemUTC())) {
      List<UUID> ids = new ArrayList<>();
      try (JournalReader reader = RecordedJournal.reader(folder)) {
        reader.all(
            entry -> {
              if (entry.row().session().equals(session)) {
                ids.add(entry.row().dataKey());
              }
              return true;
            });
      }
      assertThat(keys.shred(ids.getFirst())).isTrue();
    }
  }

  @Test
  void prunedPayloads_areGone() throws IOException {
    try (RecordedJournal gate = RecordedJournal.in(folder)) {
      session(gate, "alice", "core.accounts", 5);
    }
    try (Stream<Path> files = Files.list(folder.resolve("journal/segments"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".payload")).toList()) {
        Files.write(file, new byte[0]);
      }
    }
    assertThat(all(folder))
        .hasSize(15)
        .filteredOn(one -> one.kind() != Kind.TIME)
        .allMatch(one -> one.content() instanceof Content.Gone);
    assertThat(found(folder, table("accounts"))).isEmpty();
  }

  @Test
  void alteredPayload_cannotBeRead_andIsNoException() throws IOException {
    try (RecordedJournal gate = RecordedJournal.in(folder)) {
      session(gate, "alice", "core.accounts", 5);
    }
    try (Stream<Path> files = Files.list(folder.resolve("journal/segments"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".payload")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i += 16) {
          bytes[i] ^= 1;
        }
        Files.write(file, bytes);
      }
    }
    assertThat(all(folder))
        .hasSize(15)
        .allMatch(one -> one.content() instanceof Content.Unreadable);
  }

  @Test
  void keysOfAnotherSecret_readNothing() throws IOException {
    try (RecordedJournal gate = RecordedJournal.in(folder)) {
      session(gate, "alice", "core.accounts", 1);
    }
    try (Secret secret = Secret.of(new byte[32]);
        JournalReader reader =
            JournalReader.open(
                RecordedJournal.place(folder), List.of(KeyEncryptionKey.of("k1", secret)))) {
      List<Content> contents = new ArrayList<>();
      reader.all(entry -> contents.add(reader.content(entry)));
      assertThat(contents)
          .hasSize(7)
          .filteredOn(one -> !(one instanceof Content.Said said && said.kind() == Kind.TIME))
          .hasSize(6)
          .allMatch(one -> one instanceof Content.Unreadable);
    }
  }
}
