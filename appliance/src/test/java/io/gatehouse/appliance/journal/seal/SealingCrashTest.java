package io.gatehouse.appliance.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.verifier.Checkpoint;
import io.gatehouse.verifier.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * At whatever write the process dies, what it leaves verifies, and the next one goes on from it.
 */
class SealingCrashTest {
  private static final long FOREVER = Long.MAX_VALUE / 2;
  private static final int ROUNDS = Boolean.getBoolean("gatehouse.long") ? 2_000 : 60;
  private static final long SEED = Long.getLong("gatehouse.seed", 51L);

  @TempDir private Path temp;

  /** Seals in three processes, of which the disk breaks one; true if it came to the end. */
  private static boolean seal(Journal journal, SampleTail tail, Disk disk) throws RefusedException {
    try (Sealing sealing = new Sealing(journal.on(disk), null)) {
      tail.goBehind(sealing.sequence());
      while (sealing.take(tail, 90) > 0) {
        sealing.checkpoint();
        tail.sealed(sealing.sequence());
      }
      return true;
    } catch (IOException e) {
      assertThat(e).isInstanceOf(BreakingDisk.Broken.class);
      return false;
    }
  }

  @Test
  void processKilledAtAnyWrite_leavesWhatVerifies_andTheNextGoesOn() throws Exception {
    long operations = FOREVER;
    for (long at = 0; at < operations; at++) {
      BreakingDisk disk = new BreakingDisk(at, SEED + at);
      boolean ended = round("kill" + at, disk, false, "killed at operation " + at);
      if (ended) {
        operations = at;
      }
    }
    assertThat(operations).isBetween(60L, 2_000L);
  }

  @Test
  void powerLostAtAnyWrite_leavesWhatVerifies_andTheNextGoesOn() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      BreakingDisk disk = new BreakingDisk((i * 37L) % 110, SEED + i);
      round(
          "power" + i,
          disk,
          true,
          "seed " + (SEED + i) + ", power lost at operation " + (i * 37L) % 110);
    }
  }

  private boolean round(String name, BreakingDisk disk, boolean power, String what)
      throws Exception {
    Journal journal = Journal.in(Files.createDirectory(temp.resolve(name)));
    SampleTail tail = new SampleTail(SEED).commands(150).quiet();
    boolean ended = seal(journal, tail, new BreakingDisk(FOREVER, 1));
    tail.start();
    tail.commands(300).quiet();
    Optional<Checkpoint> signedBefore = newest(journal);
    ended &= seal(journal, tail, disk);
    long told = tail.sealed();
    if (power) {
      disk.losePower();
    }

    Journal.Verdict left = journal.verify();
    // a checkpoint may come between a command and its outcome
    assertThat(left.report().counts().keySet())
        .as("%s: %s", what, left.findings())
        .isSubsetOf(Kind.UNSEALED, Kind.FOREIGN, Kind.INTENT_WITHOUT_OUTCOME);
    assertThat(left.report().proved()).as(what).isGreaterThan(told);
    assertThat(seal(journal, tail, new BreakingDisk(FOREVER, 1))).as(what).isTrue();

    Journal.Verdict after = journal.verify();
    assertThat(after.report().exitCode()).as("%s: %s", what, after.findings()).isZero();
    assertThat(after.found(Kind.UNSEALED)).as("%s: %s", what, after.findings()).isFalse();
    assertThat(sequences(journal))
        .as(what)
        .isEqualTo(tail.entries().stream().map(e -> Head.of(e.head()).sequence()).toList());
    assertThat(signedBefore).isPresent();
    Journal.delete(journal.directory());
    return ended;
  }

  private static Optional<Checkpoint> newest(Journal journal) throws Exception {
    byte[] note = Files.readAllBytes(journal.directory().resolve("tree/checkpoint"));
    return Optional.of(Checkpoint.open(note, List.of(journal.key().verifier())));
  }

  private static List<Long> sequences(Journal journal) throws IOException {
    List<Long> sequences = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(journal.directory().resolve("segments"))) {
      files = all.filter(file -> file.toString().endsWith(".rows")).sorted().toList();
    }
    for (Path file : files) {
      ByteBuffer rows = ByteBuffer.wrap(Files.readAllBytes(file));
      for (int at = 0; at < rows.capacity(); at += Head.ROW) {
        sequences.add(Head.of(rows.position(at)).sequence());
      }
    }
    return sequences;
  }
}
