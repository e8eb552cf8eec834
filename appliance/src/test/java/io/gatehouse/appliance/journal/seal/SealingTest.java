package io.gatehouse.appliance.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.verifier.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sealed verifies, and what is on disk is what was given. */
class SealingTest {
  @TempDir private Path directory;

  @Test
  void records_areSealed_andVerify() throws Exception {
    Journal journal = Journal.in(directory);
    SampleTail tail = new SampleTail(1).commands(1_500).quiet();

    journal.seal(tail, 97);

    Journal.Verdict verdict = journal.verify();
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.report().proved()).isEqualTo(tail.sequence());
    assertThat(verdict.report().exitCode()).isZero();
    assertThat(tail.sealed()).isEqualTo(tail.sequence() - 1);
  }

  @Test
  void ecdsaKey_signsCheckpointsThatVerify() throws Exception {
    SigningKey key = SigningKey.generate("gate.example/fips", SigningKey.Algorithm.ECDSA_P256);
    Journal journal = new Journal(directory, key);

    journal.seal(new SampleTail(2).commands(300).quiet(), 50);

    assertThat(journal.verify().findings()).isEmpty();
    assertThat(journal.verify().report().checkpoints()).isGreaterThan(6);
  }

  @Test
  void emptyJournal_hasASignedCheckpoint() throws Exception {
    Journal journal = Journal.in(directory);
    try (Sealing sealing = new Sealing(journal.on(new RealDisk()), null)) {
      assertThat(sealing.newest().checkpoint().size()).isZero();
    }
    assertThat(journal.verify().findings()).isEmpty();
  }

  @Test
  void fullSegment_isSignedAndFollowedByAnother() throws Exception {
    Journal journal = Journal.in(directory);
    SampleTail tail = new SampleTail(3);
    for (int i = 0; i < Segment.MOST_ROWS + 300; i++) {
      tail.add(new SampleTail.Sample(8, 0, SampleTail.NONE, -1, new byte[] {1}));
    }
    try (Sealing sealing = new Sealing(journal.on(new RealDisk()), null)) {
      sealing.take(tail, Integer.MAX_VALUE);
      assertThat(sealing.newest().checkpoint().size()).isEqualTo(Segment.MOST_ROWS);
      sealing.checkpoint();
    }

    assertThat(Files.size(directory.resolve("segments/00000000000000000000.rows")))
        .isEqualTo(Segment.MOST_ROWS * 128L);
    assertThat(directory.resolve("segments/00000000000000065536.rows")).exists();
    assertThat(journal.verify().findings()).isEmpty();
  }

  @Test
  void hole_isSealedOnlyIfARecoveryNamesIt() throws Exception {
    Journal journal = Journal.in(directory);
    SampleTail tail = new SampleTail(4).commands(20).quiet();
    long first = tail.sequence();
    tail.leaveOut(3);
    tail.commands(5).quiet();

    assertThatThrownBy(() -> journal.seal(tail, 10))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("nobody named such a hole");

    Recovery.Start start = new Recovery.Start(1_790_000_000_900_000_000L, 1, tail.boot(), 7);
    Recovery recovery =
        new Recovery(
            tail.sequence(),
            List.of(new Recovery.Hole(first, first + 2)),
            5,
            List.of(),
            "os",
            true,
            2,
            start);
    tail.leaveOut(1);
    tail.start();
    journal.seal(tail, recovery, 10);

    Journal.Verdict verdict = journal.verify();
    assertThat(verdict.report().counts()).containsOnlyKeys(Kind.LOST);
    assertThat(verdict.findings().getFirst().text()).contains("3 records", "'os'");
  }

  @Test
  void processThatDiesBeforeItNamedAHole_leavesItToTheNext() throws Exception {
    Journal journal = Journal.in(directory);
    SampleTail tail = new SampleTail(9).commands(300).quiet();
    long first = tail.sequence();
    tail.leaveOut(2);
    tail.commands(30).quiet();
    Recovery.Start start = new Recovery.Start(1_790_000_000_900_000_000L, 1, tail.boot(), 7);
    List<Recovery.Hole> holes = List.of(new Recovery.Hole(first, first + 1));
    long second = tail.sequence();
    Recovery recovery = new Recovery(second, holes, 5, List.of(), "os", true, 2, start);
    try (Sealing dying = new Sealing(journal.on(new RealDisk()), recovery)) {
      tail.goBehind(-1);
      dying.take(tail, (int) first + 10);
      dying.checkpoint();
    }

    Recovery next = new Recovery(second, List.of(), 5, List.of(), "os", true, 2, start);
    tail.leaveOut(1);
    journal.seal(tail, next, 10);

    assertThat(journal.verify().report().counts()).containsOnlyKeys(Kind.LOST);
  }

  @Test
  void moreLostThanAKillCanLose_isMissing() throws Exception {
    Journal journal = Journal.in(directory);
    SampleTail tail = new SampleTail(5).commands(20).quiet();
    long first = tail.sequence();
    tail.leaveOut(9);
    tail.commands(5).quiet();
    Recovery.Start start = new Recovery.Start(1_790_000_000_900_000_000L, 1, tail.boot(), 7);
    Recovery recovery =
        new Recovery(
            tail.sequence(),
            List.of(new Recovery.Hole(first, first + 8)),
            5,
            List.of(),
            "os",
            false,
            2,
            start);
    tail.leaveOut(1);

    journal.seal(tail, recovery, 10);

    assertThat(journal.verify().report().counts()).containsOnlyKeys(Kind.MISSING);
  }

  @Test
  void intentWithoutOutcome_isFoundAsSuch() throws Exception {
    Journal journal = Journal.in(directory);
    SampleTail tail = new SampleTail(6);
    long intent = tail.add(new SampleTail.Sample(18, 1, tail.boot(), -1, new byte[20]));
    tail.commands(20).quiet();
    journal.seal(tail, 5);

    Journal.Verdict verdict = journal.verify();
    assertThat(verdict.report().exitCode()).isEqualTo(Kind.INTENT_WITHOUT_OUTCOME.exitCode());
    assertThat(verdict.findings())
        .singleElement()
        .satisfies(f -> assertThat(f.sequence()).isEqualTo(intent));
  }

  @Test
  void signedRowsThatAreGone_areRefusedAtStart() throws Exception {
    Journal journal = Journal.in(directory);
    SampleTail tail = new SampleTail(7).commands(300).quiet();
    journal.seal(tail, 100);
    Path rows = directory.resolve("segments/00000000000000000000.rows");
    new RealDisk().truncate(rows, 128 * 200);

    assertThatThrownBy(() -> journal.seal(tail, 100))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("records 200 to ")
        .hasMessageContaining("were signed");
  }

  @Test
  void tilesThatAreGone_areMadeAgainOfTheRows() throws Exception {
    Journal journal = Journal.in(directory);
    SampleTail tail = new SampleTail(8).commands(700).quiet();
    journal.seal(tail, 1_000);
    Journal.delete(directory.resolve("tree/tile"));

    journal.seal(tail, 1_000);

    // partial tiles of older checkpoints are not made again, only those that are needed
    assertThat(journal.verify().findings()).isEmpty();
  }
}
