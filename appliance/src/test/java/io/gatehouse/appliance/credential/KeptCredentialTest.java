package io.gatehouse.appliance.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.plugin.secret.FetchedSecret;
import io.gatehouse.plugin.secret.Term;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What takes the place of a held credential, and when, by a clock that is moved by hand. */
final class KeptCredentialTest {
  private static final Term OPEN = new Term.Open();

  private final HandClock clock = new HandClock();
  private final Scripted origin = new Scripted();

  /** Runs what is due when it is moved. */
  private static final class HandClock implements Clock {
    private record Due(long at, Runnable task) {}

    private final List<Due> tasks = new ArrayList<>();
    private long now = 77;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void after(Duration time, Runnable task) {
      tasks.add(new Due(now + time.toNanos(), task));
    }

    void pass(Duration time) {
      long until = now + time.toNanos();
      Optional<Due> next = due(until);
      while (next.isPresent()) {
        now = next.get().at();
        tasks.remove(next.get());
        next.get().task().run();
        next = due(until);
      }
      now = until;
    }

    private Optional<Due> due(long until) {
      return tasks.stream()
          .filter(due -> due.at() <= until)
          .min((one, other) -> Long.compare(one.at(), other.at()));
    }
  }

  /** Answers with what was prepared; the last stays. */
  private static final class Scripted implements Origin {
    private record Prepared(String secret, Optional<String> user, Term term) {}

    private final Deque<Prepared> answers = new ArrayDeque<>();
    private final Deque<Optional<Duration>> extensions = new ArrayDeque<>();
    private Optional<Duration> refresh = Optional.empty();
    private boolean away;
    private boolean slow;
    private int fetched;
    private int extended;
    private final List<CompletableFuture<FetchedSecret>> waiting = new ArrayList<>();

    void has(String secret, Term term) {
      answers.add(new Prepared(secret, Optional.empty(), term));
    }

    void has(String secret, String user, Term term) {
      answers.add(new Prepared(secret, Optional.of(user), term));
    }

    private FetchedSecret next() {
      Prepared prepared =
          answers.size() > 1 ? answers.removeFirst() : Objects.requireNonNull(answers.peek());
      FetchedSecret secret =
          FetchedSecret.of(prepared.secret().getBytes(StandardCharsets.UTF_8), prepared.term());
      return prepared.user().map(secret::ofUser).orElse(secret);
    }

    @Override
    public CompletableFuture<FetchedSecret> fetch() {
      fetched++;
      if (away) {
        return CompletableFuture.failedFuture(new NoCredentialException("nobody there"));
      }
      if (slow) {
        waiting.add(new CompletableFuture<>());
        return waiting.getLast();
      }
      return CompletableFuture.completedFuture(next());
    }

    @Override
    public CompletableFuture<Optional<Duration>> extend(String lease) {
      extended++;
      return CompletableFuture.completedFuture(
          extensions.isEmpty() ? Optional.empty() : extensions.removeFirst());
    }

    @Override
    public Optional<Duration> refresh() {
      return refresh;
    }
  }

  private Credential begun(Optional<String> user) {
    return new KeptCredential(
            new KeptCredential.Name("target bank", user), origin, clock, new Readings())
        .begin()
        .join();
  }

  private Credential begun() {
    return begun(Optional.of("gate"));
  }

  private static String said(Credential credential) {
    try (Secret secret = Objects.requireNonNull(credential.password()).copy()) {
      return credential.user() + ":" + new String(secret.bytes(), StandardCharsets.UTF_8);
    }
  }

  private static String now(Credential credential) {
    return credential.current().map(KeptCredentialTest::said).orElse("ended");
  }

  private static String another(Credential refused) {
    return refused
        .another()
        .toCompletableFuture()
        .join()
        .map(KeptCredentialTest::said)
        .orElse("none");
  }

  private static Term ends(long seconds, String lease) {
    return new Term.Ends(Duration.ofSeconds(seconds), Optional.of(lease));
  }

  @Test
  void refusedOne_isReadAgain_andNewestGoesToEverybody() {
    origin.has("old", OPEN);
    origin.has("new", OPEN);
    Credential held = begun();

    assertThat(now(held)).isEqualTo("gate:old");
    assertThat(another(held)).isEqualTo("gate:new");
    assertThat(now(held)).isEqualTo("gate:new");
    assertThat(another(held)).as("who comes late with the old one").isEqualTo("gate:new");
    assertThat(origin.fetched).isEqualTo(2);
  }

  @Test
  void refusedOneThatStays_isAskedForAfterPauses() {
    origin.has("same", OPEN);
    Credential held = begun();

    List<Integer> asked = new ArrayList<>();
    for (int second = 0; second < 200; second++) {
      int before = origin.fetched;
      assertThat(another(held)).isEqualTo("none");
      if (origin.fetched > before) {
        asked.add(second);
      }
      clock.pass(Duration.ofSeconds(1));
    }

    assertThat(asked).containsExactly(0, 2, 6, 14, 30, 62, 122, 182);
  }

  @Test
  void refusalLongAfterTheLast_pausesShortlyAgain() {
    origin.has("same", OPEN);
    Credential held = begun();
    for (int i = 0; i < 100; i++) {
      another(held);
      clock.pass(Duration.ofSeconds(1));
    }
    clock.pass(Duration.ofMinutes(10));
    int before = origin.fetched;

    another(held);
    clock.pass(Duration.ofSeconds(1));
    another(held);
    clock.pass(Duration.ofSeconds(1));
    another(held);

    assertThat(origin.fetched).isEqualTo(before + 2);
  }

  @Test
  void manyRefusedAtOnce_askOnce() {
    origin.has("old", OPEN);
    origin.has("new", OPEN);
    Credential held = begun();
    origin.slow = true;

    List<CompletableFuture<Optional<Credential>>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(held.another().toCompletableFuture());
    }
    assertThat(origin.waiting).hasSize(1);
    assertThat(all).noneMatch(CompletableFuture::isDone);
    origin.waiting.getFirst().complete(origin.next());

    assertThat(all).allSatisfy(one -> assertThat(said(one.join().orElseThrow())).endsWith("new"));
  }

  @Test
  void unchangedSecret_staysTheSameObject() {
    origin.has("same", OPEN);
    Credential held = begun();

    another(held);

    assertThat(held.current()).containsSame(held);
  }

  @Test
  void leaseThatCanBeExtended_keepsTheSecret_untilLittleIsAdded() {
    origin.has("first", "v-1", ends(90, "lease-1"));
    origin.has("second", "v-2", ends(90, "lease-2"));
    origin.extensions.add(Optional.of(Duration.ofSeconds(90)));
    origin.extensions.add(Optional.of(Duration.ofSeconds(20)));
    Credential held = begun(Optional.empty());

    clock.pass(Duration.ofSeconds(59));
    assertThat(origin.extended).isZero();
    clock.pass(Duration.ofSeconds(2));
    assertThat(origin.extended).isEqualTo(1);
    assertThat(now(held)).isEqualTo("v-1:first");
    clock.pass(Duration.ofSeconds(60));

    assertThat(origin.extended).isEqualTo(2);
    assertThat(now(held)).isEqualTo("v-2:second");
    assertThat(held.keeper().changesUser()).isTrue();
  }

  @Test
  void sourceThatIsAway_leavesTheLastSecretUntilItsEnd() {
    origin.has("first", ends(90, "lease"));
    Credential held = begun();
    origin.away = true;

    clock.pass(Duration.ofSeconds(89));
    assertThat(now(held)).isEqualTo("gate:first");
    assertThat(origin.fetched).isBetween(4, 40);
    clock.pass(Duration.ofSeconds(1));

    assertThat(now(held)).isEqualTo("ended");
    assertThat(another(held)).isEqualTo("none");
    origin.away = false;
    clock.pass(Duration.ofSeconds(30));
    assertThat(now(held)).isEqualTo("gate:first");
  }

  @Test
  void endedOne_isFetchedByWhoNeedsIt() {
    origin.has("first", new Term.Ends(Duration.ofSeconds(3), Optional.empty()));
    origin.has("second", OPEN);
    Credential held = begun();
    origin.away = true;
    clock.pass(Duration.ofSeconds(4));
    origin.away = false;

    assertThat(now(held)).isEqualTo("ended");
    assertThat(another(held)).isEqualTo("gate:second");
  }

  @Test
  void secretThatIsReplacedAtATime_isFetchedRightAfterIt() {
    origin.has("first", new Term.Replaced(Duration.ofSeconds(10)));
    origin.has("second", new Term.Replaced(Duration.ofSeconds(100)));
    Credential held = begun();

    clock.pass(Duration.ofSeconds(10));
    assertThat(now(held)).isEqualTo("gate:first");
    clock.pass(Duration.ofSeconds(2));
    assertThat(now(held)).isEqualTo("gate:second");
  }

  @Test
  void refreshOfTheSource_asksWithoutAReason() {
    origin.refresh = Optional.of(Duration.ofSeconds(5));
    origin.has("first", OPEN);
    origin.has("second", OPEN);
    Credential held = begun();

    clock.pass(Duration.ofSeconds(6));

    assertThat(now(held)).isEqualTo("gate:second");
  }

  @Test
  void userThatIsNotTheConfigured_isRefused() {
    origin.has("secret", "somebody", OPEN);

    assertThatThrownBy(this::begun).hasMessageContaining("names another user");
    assertThatThrownBy(() -> begun(Optional.of("")))
        .hasMessageContaining("names another user")
        .hasMessageNotContaining("somebody");
  }

  @Test
  void emptySecretOrNoUser_isRefused() {
    origin.has("", OPEN);
    assertThatThrownBy(this::begun).hasMessageContaining("is empty");
    origin.has("secret", OPEN);
    origin.answers.removeFirst();
    assertThatThrownBy(() -> begun(Optional.empty())).hasMessageContaining("names a user");
  }

  @Test
  void everythingThatHappens_saysNoSecret() {
    origin.has("planted-77", OPEN);
    origin.has("planted-78", OPEN);
    try (RecordedLog log = RecordedLog.atTrace()) {
      Credential held = begun();
      another(held);
      clock.pass(Duration.ofSeconds(10));
      another(held.current().orElseThrow());
      origin.away = true;
      clock.pass(Duration.ofSeconds(10));
      another(held.current().orElseThrow());

      assertThat(log.lines())
          .hasSize(3)
          .anyMatch(line -> line.contains("replaced"))
          .anyMatch(line -> line.contains("nobody there"))
          .noneMatch(line -> line.contains("planted"));
    }
  }
}
