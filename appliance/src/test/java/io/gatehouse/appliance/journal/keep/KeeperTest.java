package io.gatehouse.appliance.journal.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.journal.key.Found;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.record.RecorderRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders are carried out on a real journal, and an auditor looks at it afterwards. */
class KeeperTest {
  private static final Action PRUNE = new Action.Prune("results", null);
  private static final Covered ALL = new Covered(null, null, List.of());

  @TempDir private Path directory;
  private KeptFolder folder;
  private UUID first;

  @BeforeEach
  void aProcessWithTwoSessions_thatHasEnded() throws Exception {
    folder = new KeptFolder(directory);
    try (KeptFolder.Gate process = folder.start()) {
      first = process.session(true);
      process.session(true);
    }
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private void areShredded(KeptFolder.Gate process, List<UUID> keys) throws IOException {
    assertThat(keys).isNotEmpty();
    for (UUID key : keys) {
      assertThat(process.keys().find(key)).isInstanceOf(Found.Shredded.class);
      assertThat(folder.wrapped(key)).containsOnly(0);
    }
  }

  private static void live(KeptFolder.Gate process, List<UUID> keys) throws IOException {
    assertThat(keys).isNotEmpty();
    for (UUID key : keys) {
      assertThat(process.keys().find(key)).isInstanceOf(Found.Live.class);
    }
  }

  @Test
  void whatIsOldEnough_isReadByNobody_andExplained() throws Exception {
    List<UUID> results = folder.dataKeys(KeptFolder.RESULTS);
    assertThat(results).hasSize(2);
    byte[] wrapped = folder.wrapped(results.getFirst());
    assertThat(folder.anywhere(wrapped)).isTrue();
    assertThat(folder.payload(0, KeptFolder.RESULTS)).exists();
    try (KeptFolder.Gate process = folder.start()) {
      assertThat(process.submit(folder.order(PRUNE, "ann", "bob"), 11))
          .isEqualTo("done: 2 keys shredded, 1 files deleted, 0 keys held, 0 in use");
      areShredded(process, results);
      live(process, folder.dataKeys(KeptFolder.ORDINARY));
      assertThat(folder.anywhere(wrapped)).isFalse();
      assertThat(folder.payload(0, KeptFolder.RESULTS)).doesNotExist();
      assertThat(folder.payload(0, KeptFolder.ORDINARY)).exists();
      assertThat(directory.resolve("journal/orders")).isEmptyDirectory();
    }
    folder.audit().isClean();
    folder.start().close();
    folder.audit().isClean();
  }

  @Test
  void namesOfOperators_areInNoFile() throws Exception {
    try (KeptFolder.Gate process = folder.start()) {
      OrderFolder.open(process.directory()).put(folder.order(PRUNE, "ann", "bob"));
      byte[] name = "operator-ann".getBytes(StandardCharsets.UTF_8);
      assertThat(folder.anywhere(name)).isFalse();
      process.keeper(11).round();
      assertThat(process.written.toString()).contains("operator-ann, operator-bob");
      assertThat(folder.anywhere(name)).isFalse();
      assertThat(folder.anywhere("ed25519:".getBytes(StandardCharsets.UTF_8))).isTrue();
    }
  }

  @Test
  void whatTheClassKeeps_isNotTouched() throws Exception {
    try (KeptFolder.Gate process = folder.start()) {
      assertThat(process.submit(folder.order(PRUNE, "ann", "bob"), 9))
          .isEqualTo("done: 0 keys shredded, 0 files deleted, 0 keys held, 0 in use");
      Action all = new Action.Prune("results", Instant.now().plus(Duration.ofDays(1)));
      assertThat(process.submit(folder.order(all, "ann", "bob"), 9))
          .isEqualTo("refused: the class is kept for 10 days");
      Action before = new Action.Prune("results", Instant.now().minus(Duration.ofDays(1)));
      assertThat(process.submit(folder.order(before, "ann", "bob"), 20))
          .contains("0 keys shredded");
      assertThat(process.submit(folder.order(new Action.Prune("x", null), "ann", "bob"), 20))
          .isEqualTo("refused: there is no such retention class");
      live(process, folder.dataKeys(KeptFolder.RESULTS));
    }
    folder.audit().isClean();
  }

  @Test
  void keysOfSessionsThatMayWrite_areNotTouched() throws Exception {
    try (KeptFolder.Gate process = folder.start()) {
      process.session(false);
      process.session(true);
      assertThat(process.submit(folder.order(PRUNE, "ann", "bob"), 11))
          .isEqualTo("done: 3 keys shredded, 1 files deleted, 0 keys held, 1 in use");
    }
  }

  @Test
  void keyOfThisProcess_isNotTouched_andGoesWithTheNext() throws Exception {
    Action all = new Action.Prune("ordinary", null);
    Instant later = Instant.now().plus(Duration.ofDays(40));
    try (KeptFolder.Gate process = folder.start()) {
      assertThat(process.submit(folder.order(later, all, "ann", "bob"), 31))
          .isEqualTo("done: 3 keys shredded, 1 files deleted, 0 keys held, 1 in use");
      process.session(true);
    }
    folder.audit().isClean();
  }

  @Test
  void held_isKept_untilTwoLiftTheHold() throws Exception {
    List<UUID> results = folder.dataKeys(KeptFolder.RESULTS);
    Action hold = new Action.Hold("case-7", new Covered(null, null, List.of(first)));
    try (KeptFolder.Gate process = folder.start()) {
      assertThat(process.submit(folder.order(hold, "ann"), 1)).isEqualTo("done: placed");
      assertThat(process.submit(folder.order(hold, "bob"), 1))
          .isEqualTo("refused: a hold of that name is in force");
      assertThat(process.submit(folder.order(PRUNE, "ann", "bob"), 11))
          .isEqualTo("done: 1 keys shredded, 0 files deleted, 1 keys held, 0 in use");
      live(process, results.subList(0, 1));
      areShredded(process, results.subList(1, 2));
    }
    folder.audit().isClean();
    Action lift = new Action.Lift("case-7");
    try (KeptFolder.Gate process = folder.start()) {
      assertThat(process.submit(folder.order(PRUNE, "ann", "bob"), 11)).contains("1 keys held");
      assertThat(process.submit(folder.order(lift, "ann"), 11))
          .isEqualTo("refused: it needs the signatures of 2 operators and has those of 1");
      assertThat(process.submit(folder.order(lift, "ann", "bob"), 11)).isEqualTo("done: lifted");
      assertThat(process.submit(folder.order(lift, "ann", "bob"), 11))
          .isEqualTo("refused: no hold of that name is in force");
      assertThat(process.submit(folder.order(PRUNE, "ann", "bob"), 11))
          .isEqualTo("done: 1 keys shredded, 1 files deleted, 0 keys held, 0 in use");
      areShredded(process, results);
    }
    folder.audit().isClean();
  }

  @Test
  void holdOfATime_coversWhatWasRecordedThen() throws Exception {
    Instant soon = Instant.now().plus(Duration.ofHours(1));
    try (KeptFolder.Gate process = folder.start()) {
      process.submit(
          folder.order(new Action.Hold("later", new Covered(soon, null, List.of())), "ann"), 1);
      process.submit(
          folder.order(new Action.Hold("now", new Covered(null, soon, List.of())), "ann"), 1);
      assertThat(process.submit(folder.order(PRUNE, "ann", "bob"), 11)).contains("2 keys held");
      process.submit(folder.order(new Action.Lift("now"), "bob", "ann"), 11);
      assertThat(process.submit(folder.order(PRUNE, "ann", "bob"), 11)).contains("2 keys shredded");
    }
  }

  @Test
  void heldAndPrunedAtTheSameTime_isHeld() throws Exception {
    try (KeptFolder.Gate gate = folder.start()) {
      for (int i = 0; i < 5; i++) {
        OrderFolder.open(gate.directory()).put(folder.order(PRUNE, "ann", "bob"));
      }
      OrderFolder.open(gate.directory()).put(folder.order(new Action.Hold("all", ALL), "bob"));
      gate.keeper(11).round();
      live(gate, folder.dataKeys(KeptFolder.RESULTS));
      assertThat(gate.result()).contains("0 keys shredded", "2 keys held");
    }
  }

  @Test
  void orderThatIsNotSignedByTwo_isRefused() throws Exception {
    try (KeptFolder.Gate process = folder.start()) {
      String needsTwo = "refused: it needs the signatures of 2 operators and has those of ";
      assertThat(process.submit(folder.order(PRUNE), 11)).isEqualTo(needsTwo + 0);
      assertThat(process.submit(folder.order(PRUNE, "ann"), 11)).isEqualTo(needsTwo + 1);
      assertThat(process.submit(folder.order(PRUNE, "ann", "ann"), 11)).isEqualTo(needsTwo + 1);
      assertThat(process.submit(folder.order(PRUNE, "ann", "eve"), 11))
          .isEqualTo("refused: has a signature that is no operator's of it");
      Order asSomebodyElse = folder.order(PRUNE, "ann", "bob");
      Order changed =
          new Order(
              asSomebodyElse.id(),
              asSomebodyElse.journal(),
              asSomebodyElse.validUntil(),
              new Action.Prune("ordinary", null),
              asSomebodyElse.signatures());
      assertThat(process.submit(changed, 11))
          .isEqualTo("refused: has a signature that is no operator's of it");
      live(process, folder.dataKeys(KeptFolder.RESULTS));
    }
    folder.audit().isClean();
  }

  @Test
  void orderForAnotherJournal_orTooLate_orTooEarly_isRefused() throws Exception {
    try (KeptFolder.Gate process = folder.start()) {
      for (Order.Journal other :
          List.of(
              new Order.Journal("gate.example/node8", 7),
              new Order.Journal("gate.example/node7", 8))) {
        Order order =
            Order.of(other, Instant.parse("2099-01-01T00:00:00Z"), PRUNE)
                .signed(folder.key("ann"))
                .signed(folder.key("bob"));
        assertThat(process.submit(order, 11))
            .isEqualTo("refused: it is for another journal, or another node");
      }
      Instant now = Instant.now();
      assertThat(process.submit(folder.order(now, PRUNE, "ann", "bob"), 11))
          .startsWith("refused: it was valid until ");
      Instant far = now.plus(Duration.ofDays(50));
      assertThat(process.submit(folder.order(far, PRUNE, "ann", "bob"), 11))
          .isEqualTo("refused: it is valid for more than 31 days");
      Files.writeString(directory.resolve("journal/orders/x.order"), "prune everything\n");
      process.keeper(11).round();
      assertThat(process.result()).startsWith("refused: does not begin with");
      live(process, folder.dataKeys(KeptFolder.RESULTS));
    }
  }

  @Test
  void orderThatWasCarriedOut_isRefused_alsoByTheNextProcess() throws Exception {
    Order order = folder.order(PRUNE, "ann", "bob");
    Order hold = folder.order(new Action.Hold("case-7", ALL), "ann");
    try (KeptFolder.Gate process = folder.start()) {
      assertThat(process.submit(order, 9)).contains("0 keys shredded");
      assertThat(process.submit(order, 11)).isEqualTo("refused: it was carried out before");
      assertThat(process.submit(hold, 1)).startsWith("done");
      process.submit(folder.order(new Action.Lift("case-7"), "ann", "bob"), 1);
    }
    try (KeptFolder.Gate process = folder.start()) {
      assertThat(process.submit(order, 11)).isEqualTo("refused: it was carried out before");
      assertThat(process.submit(hold, 1)).isEqualTo("refused: it was carried out before");
      live(process, folder.dataKeys(KeptFolder.RESULTS));
    }
    assertThat(folder.count(Kind.PRUNED)).isEqualTo(1);
  }

  @Test
  void diedBeforeTheRecord_nothingIsGone() throws Exception {
    try (KeptFolder.Gate process = folder.start()) {
      process.dies = RecorderRecord.Pruned.class::isInstance;
      Order order = folder.order(PRUNE, "ann", "bob");
      assertThatThrownBy(() -> process.submit(order, 11)).hasMessage("killed");
    }
    try (KeptFolder.Gate process = folder.start()) {
      live(process, folder.dataKeys(KeptFolder.RESULTS));
      assertThat(directory.resolve("journal/orders")).isNotEmptyDirectory();
      process.keeper(11).round();
      assertThat(process.result()).startsWith("done: 2 keys shredded, 1 files deleted");
    }
    folder.audit().isClean();
  }

  @Test
  void recordThatIsNotSigned_shredsNothing_untilItIs() throws Exception {
    List<UUID> results = folder.dataKeys(KeptFolder.RESULTS);
    try (KeptFolder.Gate gate = folder.start()) {
      OrderFolder.open(gate.directory()).put(folder.order(PRUNE, "ann", "bob"));
      Keeper keeper = gate.keeper(11);
      gate.signsNoPrune = true;
      assertThatThrownBy(keeper::round).hasMessage("not signed");
      live(gate, results);
      gate.signsNoPrune = false;
      keeper.round();
      areShredded(gate, results);
      assertThat(gate.result()).isEqualTo("refused: it was carried out before");
    }
    folder.audit().isClean();
  }

  @Test
  void diedBehindTheRecord_theNextProcessShreds() throws Exception {
    List<UUID> results = folder.dataKeys(KeptFolder.RESULTS);
    announce();
    try (KeptFolder.Gate process = folder.start()) {
      live(process, results);
      process.keeper(0).round();
      areShredded(process, results);
      assertThat(folder.payload(0, KeptFolder.RESULTS)).doesNotExist();
    }
    folder.audit().isClean();
  }

  private void announce() throws Exception {
    try (KeptFolder.Gate process = folder.start()) {
      Pruning pruning = new Pruning(process, sequence -> awaitSealed(process, sequence));
      pruning.announce("6b", KeptFolder.RESULTS, Long.MAX_VALUE, List.of("a", "b"));
    }
  }

  private static void awaitSealed(KeptFolder.Gate process, long sequence) {
    org.awaitility.Awaitility.await().until(() -> process.sealed() >= sequence);
  }

  @Test
  void diedBehindSomeKeys_theNextProcessShredsTheOthers() throws Exception {
    List<UUID> results = folder.dataKeys(KeptFolder.RESULTS);
    announce();
    try (KeptFolder.Gate process = folder.start()) {
      process.keys().shred(Set.of(results.getFirst()));
    }
    folder.audit().isClean();
    try (KeptFolder.Gate process = folder.start()) {
      process.keeper(0).round();
      areShredded(process, results);
    }
    folder.audit().isClean();
  }

  @Test
  void diedBehindTheKeys_theNextProcessDeletesTheFiles() throws Exception {
    announce();
    try (KeptFolder.Gate process = folder.start()) {
      new Pruning(process, _ -> {}).shred(Survey.of(new Pruning(process, _ -> {}).rows()).pruned());
      assertThat(folder.payload(0, KeptFolder.RESULTS)).exists();
    }
    folder.audit().isClean();
    try (KeptFolder.Gate process = folder.start()) {
      process.keeper(0).round();
      assertThat(folder.payload(0, KeptFolder.RESULTS)).doesNotExist();
    }
    folder.audit().isClean();
  }

  @Test
  void fileOfWhichAKeyLives_orOfTheLastSegment_stays() throws Exception {
    try (KeptFolder.Gate process = folder.start()) {
      process.session(true);
      process.session(false);
      Instant later = Instant.now().plus(Duration.ofDays(40));
      assertThat(process.submit(folder.order(later, PRUNE, "ann", "bob"), 11))
          .contains("3 keys shredded, 1 files deleted");
    }
    try (KeptFolder.Gate process = folder.start()) {
      process.keeper(11).round();
      assertThat(directory.resolve("journal/segments"))
          .isDirectoryContaining(file -> file.toString().endsWith(".7.payload"));
      assertThat(process.submit(folder.order(PRUNE, "ann", "bob"), 11))
          .contains("1 keys shredded, 1 files deleted");
    }
    assertThat(folder.audit().report().counts().keySet()).isEmpty();
  }

  @Test
  void rowsThatWereChanged_pruneNothing() throws Exception {
    List<UUID> results = folder.dataKeys(KeptFolder.RESULTS);
    Path rows = directory.resolve("journal/segments/%020d.rows".formatted(0));
    try (KeptFolder.Gate process = folder.start()) {
      byte[] bytes = Files.readAllBytes(rows);
      bytes[20] ^= 1;
      Files.write(rows, bytes);
      assertThat(process.submit(folder.order(PRUNE, "ann", "bob"), 11))
          .startsWith("refused: the rows are not those of checkpoint");
      live(process, results);
    }
  }

  @Test
  void withoutThePrunedRecord_aMissingPayloadIsFound() throws Exception {
    Files.delete(folder.payload(0, KeptFolder.RESULTS));
    assertThat(folder.audit().report().counts())
        .containsOnlyKeys(io.gatehouse.verifier.Kind.MISSING);
  }

  @Test
  void recordsAreOfTheirClass_andOnlyClearOnesOfNone() throws Exception {
    assertThat(folder.dataKeys(KeptFolder.RESULTS)).hasSize(2);
    assertThat(folder.dataKeys(KeptFolder.ORDINARY)).hasSize(3);
    assertThat(folder.dataKeys(0)).containsOnly(new UUID(0, 0));
    try (KeptFolder.Gate process = folder.start()) {
      process.submit(folder.order(new Action.Hold("case-7", ALL), "ann"), 1);
      assertThat(folder.dataKeys(0)).containsOnly(new UUID(0, 0));
    }
  }

  @Test
  void keeperOnItsThread_carriesOutWhatIsHandedIn() throws Exception {
    try (KeptFolder.Gate process = folder.start();
        Keeper _ = Keeper.start(process, java.time.Clock.systemUTC(), () -> {})) {
      OrderFolder.open(process.directory())
          .put(folder.order(new Action.Hold("case-7", ALL), "ann"));
      org.awaitility.Awaitility.await()
          .untilAsserted(() -> assertThat(directory.resolve("journal/orders")).isEmptyDirectory());
    }
    assertThat(folder.count(Kind.HOLD)).isEqualTo(1);
  }
}
