package io.gatehouse.appliance.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a policy comes into force, and who is on record for it. */
final class PolicyStoreTest {
  private static final String READS = "rules: [{name: r, verdict: allow, operations: [read]}]\n";
  private static final String WRITES = "rules: [{name: w, verdict: allow, operations: [write]}]\n";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T10:00:00.123456Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private Path place;
  private PolicyStore store;

  @BeforeEach
  void makeStore() {
    place = folder.resolve("store");
    store = new PolicyStore(place, MaskCheck.NONE);
  }

  private Path file(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml);
  }

  private Activation activate(String operator, Path... files) throws Exception {
    return store.activate(List.of(files), operator, CLOCK);
  }

  @Test
  void activatedPolicy_isInForce_withItsAuthorOnRecord() throws Exception {
    Activation activation = activate("alice", file("a.yaml", READS));

    LoadedPolicy loaded = PolicyStore.open(place, MaskCheck.NONE);
    assertThat(loaded.policy().digest()).isEqualTo(activation.digest()).hasSize(64);
    assertThat(loaded.activation())
        .contains(
            new Activation(
                Instant.parse("2026-11-21T10:00:00.123Z"),
                "alice",
                activation.digest(),
                Optional.empty(),
                1));
    assertThat(loaded.author()).isEqualTo("alice");
  }

  @Test
  void nextActivation_replacesAndNamesTheLast_andKeepsItsFiles() throws Exception {
    Activation first = activate("alice", file("a.yaml", READS));
    Activation second = activate("bob smith", file("a.yaml", WRITES));

    assertThat(second.replaced()).contains(first.digest());
    assertThat(PolicyStore.open(place, MaskCheck.NONE).author()).isEqualTo("bob smith");
    assertThat(Files.readAllLines(place.resolve("activations.log")))
        .containsExactly(first.line(), second.line());
    assertThat(place.resolve("versions").resolve(first.digest()).resolve("a.yaml"))
        .hasContent(READS);
  }

  @Test
  void samePolicyAgain_isAnotherActivation() throws Exception {
    activate("alice", file("a.yaml", READS));
    activate("bob", file("b.yaml", WRITES));
    Activation third = activate("carl", file("a.yaml", READS));

    assertThat(PolicyStore.open(place, MaskCheck.NONE).activation()).contains(third);
  }

  @Test
  void badFile_changesNothing_andTheOldPolicyStaysInForce() throws Exception {
    Activation first = activate("alice", file("a.yaml", READS));
    List<Path> before = everything();
    Path bad = file("b.yaml", "rules: [{name: x, verdict: fly}]");

    assertThatThrownBy(() -> activate("bob", file("c.yaml", WRITES), bad))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageStartingWith(bad + ":1: rules[0].verdict: must be one of");

    assertThat(PolicyStore.open(place, MaskCheck.NONE).activation()).contains(first);
    assertThat(everything()).isEqualTo(before);
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.sorted().toList();
    }
  }

  @Test
  void failedReload_leavesTheOldPolicyInForce() throws Exception {
    Path plain = file("plain.yaml", READS);
    ActivePolicy active = new ActivePolicy(PolicyStore.open(plain, MaskCheck.NONE));
    Policy before = active.current();
    file("plain.yaml", "rules: [{name: r, verdict: allow, when: 'database =='}]");

    assertThatThrownBy(() -> active.activate(PolicyStore.open(plain, MaskCheck.NONE)))
        .isInstanceOf(InvalidFileException.class);

    assertThat(active.current()).isSameAs(before);
  }

  @Test
  void changedVersion_isRefused() throws Exception {
    Activation activation = activate("alice", file("a.yaml", READS));
    Path kept = place.resolve("versions").resolve(activation.digest()).resolve("a.yaml");
    Files.writeString(kept, WRITES);

    assertThatThrownBy(() -> PolicyStore.open(place, MaskCheck.NONE))
        .isInstanceOf(InvalidFileException.class)
        .hasMessage(kept.getParent() + ": was changed after it was activated");
    assertThatThrownBy(() -> activate("alice", file("a.yaml", READS)))
        .isInstanceOf(InvalidFileException.class);
  }

  @Test
  void pointerToNothing_isRefused() throws Exception {
    activate("alice", file("a.yaml", READS));
    for (String digest : List.of("", "../../etc", "0".repeat(64))) {
      Files.writeString(place.resolve("active"), digest);

      assertThatThrownBy(() -> PolicyStore.open(place, MaskCheck.NONE))
          .isInstanceOf(InvalidFileException.class)
          .hasMessage(place.resolve("active") + ": does not name a policy of this store");
    }
  }

  @Test
  void policyThatTheLastRecordIsNotAbout_hasAnUnknownAuthor() throws Exception {
    Activation first = activate("alice", file("a.yaml", READS));
    activate("bob", file("a.yaml", WRITES));
    Files.writeString(place.resolve("active"), first.digest());

    assertThat(PolicyStore.open(place, MaskCheck.NONE).author()).isEqualTo("unknown");
  }

  @Test
  void plainFiles_haveAnUnknownAuthor() throws Exception {
    file("a.yaml", READS);
    file("b.yaml", WRITES);
    file("b.test.yaml", "not a policy");
    file("notes.txt", "not a policy");

    assertThat(PolicyStore.open(folder, MaskCheck.NONE).policy().ruleCount()).isEqualTo(2);
    assertThat(PolicyStore.open(folder, MaskCheck.NONE).author()).isEqualTo("unknown");
    assertThat(PolicyStore.open(folder.resolve("a.yaml"), MaskCheck.NONE).policy().ruleCount())
        .isEqualTo(1);
  }

  @Test
  void policyInForce_isLoggedWithDigestVersionAndAuthor() throws Exception {
    Activation activation = activate("alice", file("a.yaml", READS));
    LoadedPolicy loaded = PolicyStore.open(place, MaskCheck.NONE);
    try (RecordedLog log = RecordedLog.atTrace()) {
      new ActivePolicy(loaded);

      assertThat(String.join("\n", log.lines()))
          .contains("policy in force")
          .contains(activation.digest())
          .contains("alice")
          .contains(String.valueOf(loaded.policy().version()));
    }
  }

  @Test
  void policyWithoutARecord_isLoggedWithAnUnknownAuthor() throws Exception {
    ActivePolicy active = new ActivePolicy(Policies.policy(READS));
    Policy next = Policies.policy(WRITES);
    try (RecordedLog log = RecordedLog.atTrace()) {
      active.activate(next);

      assertThat(active.current()).isSameAs(next);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("policy in force", "author=unknown", "policy=" + next.digest());
    }
  }

  @Test
  void tornRecord_isALineOfItsOwn() throws Exception {
    activate("alice", file("a.yaml", READS));
    Path record = place.resolve("activations.log");
    String torn = Files.readString(record) + "time=2026-11-21T10:0";
    Files.writeString(record, torn);

    Activation next = activate("bob", file("a.yaml", WRITES));

    assertThat(Files.readString(record)).isEqualTo(torn + "\n" + next.line() + "\n");
    assertThat(PolicyStore.open(place, MaskCheck.NONE).author()).isEqualTo("bob");
  }

  @Test
  void secondActivationAtTheSameTime_isRefused() throws Exception {
    Activation first = activate("alice", file("a.yaml", READS));
    try (FileChannel channel =
            FileChannel.open(place.resolve("activations.log"), StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      assertThatThrownBy(() -> activate("bob", file("a.yaml", WRITES)))
          .hasMessage("another activation is under way; nothing was changed");
    }
    assertThat(PolicyStore.open(place, MaskCheck.NONE).activation()).contains(first);
  }

  @Test
  void fileThatWouldNotBeFoundAgain_isRefused() throws Exception {
    for (String name : List.of("policy.yml", "a.test.yaml", "policy")) {
      Path file = file(name, READS);
      assertThatThrownBy(() -> activate("alice", file))
          .hasMessage(file + ": is not named like a policy: NAME.yaml");
    }
  }

  @Test
  void twoFilesOfOneName_areRefused() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path first = file("a.yaml", READS);
    Path second = Files.writeString(other.resolve("a.yaml"), WRITES);

    assertThatThrownBy(() -> activate("alice", first, second))
        .hasMessage(second + ": has the same name as " + first);
  }

  @Test
  void orderOfFiles_isThatOfTheirNames() throws Exception {
    Path a = file("a.yaml", READS);
    Path b = file("b.yaml", WRITES);

    assertThat(PolicyFiles.of(List.of(b, a))).containsExactly(a, b);
    assertThat(activate("alice", b, a).digest()).isEqualTo(activate("alice", a, b).digest());
  }

  @Test
  void digest_followsNamesContentsAndTheirBorders() throws Exception {
    String both = Policy.load(List.of(file("a.yaml", READS), file("b.yaml", WRITES))).digest();

    assertThat(Policy.load(List.of(file("a.yaml", READS), file("c.yaml", WRITES))).digest())
        .isNotEqualTo(both);
    assertThat(Policy.load(List.of(file("a.yaml", READS + " "), file("b.yaml", WRITES))).digest())
        .isNotEqualTo(both);
    Policy again = Policy.load(List.of(file("a.yaml", READS), file("b.yaml", WRITES)));
    assertThat(again.digest()).isEqualTo(both);
    assertThat(Policy.load(List.of(file("a.yaml", READS))).version())
        .isGreaterThan(again.version());
  }

  @Test
  void absentAndEmptyPlaces_areProblems() {
    assertThatThrownBy(() -> PolicyStore.open(folder.resolve("absent"), MaskCheck.NONE))
        .hasMessage(folder.resolve("absent") + ": there is no such file");
    assertThatThrownBy(() -> PolicyStore.open(folder, MaskCheck.NONE))
        .hasMessage(folder + ": has no file that ends in .yaml");
  }
}
