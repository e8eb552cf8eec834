package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.token.PublishedKey.Unusable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When keys are fetched and until when they are good, on a clock and threads that stand still. */
final class IssuerKeysTest {
  private static final KeyRules RULES = KeyRules.USUAL;
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final SetClock clock = new SetClock();
  private final Queue<Runnable> fetches = new ArrayDeque<>();
  private final Map<String, PublishedKey> published = new HashMap<>();
  private boolean out;
  private int fetched;
  private final IssuerKeys keys =
      new IssuerKeys(
          RULES,
          clock,
          this::fetch,
          fetches::add,
          new KeyEvents(TokenIssuer.of("https://idp.example", "gatehouse")));

  private KeySet fetch() throws KeysUnavailableException {
    fetched++;
    if (out) {
      throw new KeysUnavailableException("out");
    }
    return new KeySet(published);
  }

  private void publish(String id) {
    published.put(id, new Unusable(id));
  }

  private void run() {
    while (!fetches.isEmpty()) {
      fetches.remove().run();
    }
  }

  /** What a check gets that lets every fetch run. */
  private String ask(String id) {
    CompletableFuture<PublishedKey> key = keys.find(id);
    run();
    return outcome(key);
  }

  private static String outcome(CompletableFuture<PublishedKey> key) {
    if (!key.isDone()) {
      return "waits";
    }
    if (key.isCompletedExceptionally()) {
      return key.exceptionNow() instanceof RefusedTokenException refused
          ? refused.reason().code()
          : key.exceptionNow().toString();
    }
    return "found";
  }

  private void known(String id) {
    publish(id);
    assertThat(ask(id)).isEqualTo("found");
    fetched = 0;
  }

  @Test
  void nothingKnown_oneFetchServesAllWhoWait() {
    publish("a");
    CompletableFuture<PublishedKey> one = keys.find("a");
    CompletableFuture<PublishedKey> other = keys.find("a");

    assertThat(outcome(one)).isEqualTo("waits");
    run();

    assertThat(outcome(one)).isEqualTo("found");
    assertThat(outcome(other)).isEqualTo("found");
    assertThat(fetched).isEqualTo(1);
  }

  @Test
  void freshKeys_areNotFetchedAgain() {
    known("a");
    clock.pass(RULES.refresh().minus(MOMENT));

    assertThat(ask("a")).isEqualTo("found");
    assertThat(fetched).isZero();
  }

  @Test
  void agedKeys_areUsedWhileTheyAreFetched() {
    known("a");
    clock.pass(RULES.refresh());

    CompletableFuture<PublishedKey> key = keys.find("a");

    assertThat(outcome(key)).isEqualTo("found");
    assertThat(fetches).hasSize(1);
    run();
    assertThat(fetched).isEqualTo(1);
  }

  @Test
  void withdrawnKey_isRefusedAfterTheRefresh() {
    known("a");
    published.clear();
    publish("b");
    clock.pass(RULES.refresh());
    ask("a");

    assertThat(ask("a")).isEqualTo("key-unknown");
  }

  @Test
  void withdrawnKeyAfterLongIdleness_isRefusedAtOnce() {
    known("a");
    published.clear();
    clock.pass(RULES.refresh().multipliedBy(2));

    assertThat(ask("a")).isEqualTo("key-unknown");
  }

  @Test
  void outage_knownKeysWorkUntilItsEndAndNotLonger() {
    known("a");
    out = true;
    clock.pass(RULES.outage().minus(MOMENT));
    assertThat(ask("a")).isEqualTo("found");

    clock.pass(MOMENT);
    assertThat(ask("a")).isEqualTo("keys-outdated");
    clock.pass(RULES.pause());
    assertThat(ask("a")).isEqualTo("keys-outdated");
    clock.pass(Duration.ofDays(1));
    assertThat(ask("a")).isEqualTo("keys-outdated");

    out = false;
    clock.pass(RULES.pause());
    assertThat(ask("a")).isEqualTo("found");
  }

  @Test
  void outage_isTriedOnceAPauseAndNobodyWaits() {
    known("a");
    out = true;
    clock.pass(RULES.refresh());
    ask("a");
    fetched = 0;

    for (int seconds = 0; seconds <= 300; seconds += 3) {
      assertThat(outcome(keys.find("a"))).isEqualTo("found");
      run();
      clock.pass(Duration.ofSeconds(3));
    }

    assertThat(fetched).isEqualTo(300 / (int) RULES.pause().toSeconds());
  }

  @Test
  void outageFromTheBeginning_refusesAndIsTriedOnceAPause() {
    out = true;

    assertThat(ask("a")).isEqualTo("keys-unavailable");
    assertThat(ask("a")).isEqualTo("keys-unavailable");
    assertThat(fetched).isEqualTo(1);

    out = false;
    publish("a");
    clock.pass(RULES.pause());
    assertThat(ask("a")).isEqualTo("found");
  }

  @Test
  void newKey_isFoundAtOnce() {
    known("a");
    publish("b");

    assertThat(ask("b")).isEqualTo("found");
    assertThat(ask("a")).isEqualTo("found");
    assertThat(fetched).isEqualTo(1);
  }

  @Test
  void newKeyAfterAFetchBegan_isFoundByTheNext() {
    known("a");
    clock.pass(RULES.refresh());
    keys.find("a");
    // The fetch that is under way has read the keys as they were; then the issuer rotates.
    Map<String, PublishedKey> before = Map.copyOf(published);
    CompletableFuture<PublishedKey> key = keys.find("b");
    published.clear();
    published.putAll(before);
    fetches.remove().run();
    publish("b");
    run();

    assertThat(outcome(key)).isEqualTo("found");
    assertThat(fetched).isEqualTo(2);
  }

  @Test
  void madeUpIds_causeThreeFetchesAPause() {
    known("a");

    for (int i = 0; i < 1_000; i++) {
      assertThat(ask("made-up-" + i)).isEqualTo("key-unknown");
    }
    assertThat(fetched).isEqualTo(IssuerKeys.FETCHES_FOR_UNKNOWN);
    assertThat(ask("a")).isEqualTo("found");

    clock.pass(RULES.pause());
    publish("b");
    assertThat(ask("b")).isEqualTo("found");
  }

  @Test
  void madeUpIdsInAnOutage_causeNoFetchesOfTheirOwn() {
    known("a");
    out = true;
    clock.pass(RULES.refresh());
    ask("a");
    fetched = 0;

    for (int i = 0; i < 10; i++) {
      assertThat(ask("made-up-" + i)).isEqualTo("key-unknown");
      assertThat(ask("a")).isEqualTo("found");
    }
    assertThat(fetched).isZero();
  }

  @Test
  void tooManyWaiting_areRefusedAndTheirPlacesComeBack() {
    publish("a");
    List<CompletableFuture<PublishedKey>> waiting = new ArrayList<>();
    for (int i = 0; i < IssuerKeys.MAX_WAITING; i++) {
      waiting.add(keys.find("a"));
    }

    assertThat(outcome(keys.find("a"))).isEqualTo("busy");
    run();

    assertThat(waiting).allSatisfy(key -> assertThat(outcome(key)).isEqualTo("found"));
    for (int i = 0; i < IssuerKeys.MAX_WAITING; i++) {
      keys.find("b-" + i);
    }
    run();
    assertThat(ask("a")).isEqualTo("found");
  }

  @Test
  void clockSetBack_fetchesAgain() {
    known("a");
    clock.pass(Duration.ofDays(-1));

    assertThat(ask("a")).isEqualTo("found");
    assertThat(fetched).isEqualTo(1);
  }

  @Test
  void clockSetBackInAnOutage_makesKeysNoYounger() {
    known("a");
    clock.pass(Duration.ofDays(-1));
    out = true;

    assertThat(ask("a")).isEqualTo("keys-outdated");
  }

  @Test
  void closedThreads_refuse() {
    IssuerKeys closed =
        new IssuerKeys(
            RULES,
            clock,
            this::fetch,
            task -> {
              throw new java.util.concurrent.RejectedExecutionException("closed");
            },
            new KeyEvents(TokenIssuer.of("https://idp.example", "gatehouse")));

    assertThat(outcome(closed.find("a"))).isEqualTo("keys-unavailable");
  }

  @Test
  void failureOfAnotherKind_isAnOutage() {
    IssuerKeys broken =
        new IssuerKeys(
            RULES,
            clock,
            () -> {
              throw new StackOverflowError();
            },
            task -> {
              try {
                task.run();
              } catch (StackOverflowError expected) {
                assertThat(expected).isNotNull();
              }
            },
            new KeyEvents(TokenIssuer.of("https://idp.example", "gatehouse")));

    assertThat(outcome(broken.find("a"))).isEqualTo("keys-unavailable");
    assertThat(outcome(broken.find("a"))).isEqualTo("keys-unavailable");
  }
}
