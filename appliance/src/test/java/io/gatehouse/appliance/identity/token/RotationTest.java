package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.oidc.Answer;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys change and providers fail while tokens are checked, over HTTP. */
final class RotationTest {
  private static final int THREADS = 8;
  private static final int ROTATIONS = 20;
  private static final int ROUNDS = 20;
  private static final int AT_ONCE = 128;

  private final SetClock clock = new SetClock();
  private final OidcServer server = OidcServer.start(clock);
  private final Checking checking = Checking.of(clock, Checking.usual(server));

  @AfterEach
  void close() {
    checking.close();
    server.close();
  }

  @Test
  void rotationUnderLoad_dropsNobody() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    LongAdder accepted = new LongAdder();
    Queue<TokenAnswer> refused = new ConcurrentLinkedQueue<>();
    CountDownLatch begun = new CountDownLatch(THREADS);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String person = "person-" + i;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!over.get()) {
                      switch (checking.ask(server.tokens().about(person))) {
                        case TokenAnswer.Accepted ok -> accepted.increment();
                        case TokenAnswer.Refused no -> refused.add(no);
                      }
                      begun.countDown();
                    }
                  }));
    }
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    String first = server.tokens().about("first");
    int rotated = 0;
    while (rotated++ < ROTATIONS) {
      String key = server.keys().rotate().getKeyID();
      // With the new key at once, and with the oldest, which is published still.
      assertThat(checking.accepted(server.tokens().about("new")).subject())
          .as(key)
          .isEqualTo("new");
      assertThat(checking.accepted(first).subject()).isEqualTo("first");
      clock.pass(KeyRules.USUAL.pause().dividedBy(2));
    }
    over.set(true);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(refused).isEmpty();
    assertThat(accepted.sum()).isGreaterThan(ROTATIONS);
  }

  @Test
  void withdrawnKey_isRefusedAfterTheRefresh() {
    String old = server.tokens().about("alice");
    checking.accepted(old);
    String id = server.keys().current().getKeyID();
    server.keys().rotate();
    server.keys().withdraw(id);

    // Whoever comes with the new key brings the news.
    checking.accepted(server.tokens().about("bob"));

    assertThat(checking.refused(old)).isEqualTo(TokenRefusal.KEY_UNKNOWN);
  }

  @Test
  void emptySetOfKeys_withdrawsAll() {
    String token = server.tokens().about("alice");
    checking.accepted(token);
    server.answer(OidcServer.KEYS, Answer.json(200, Map.of("keys", List.of())));
    clock.pass(Duration.ofMinutes(10));

    assertThat(checking.refused(server.tokens().about("alice")))
        .isEqualTo(TokenRefusal.KEY_UNKNOWN);
  }

  @Test
  void stoppedProvider_isMissedForAnHourAndNotLonger() {
    assertStoppedIsMissedForAnHour(server::stop, server::startAgain);
  }

  @Test
  void providerThatAnswersNonsense_isMissedForAnHourAndNotLonger() {
    assertStoppedIsMissedForAnHour(
        () -> server.answer(OidcServer.KEYS, Answer.text(200, "<html>")),
        () -> server.answerAsUsual(OidcServer.KEYS));
  }

  private void assertStoppedIsMissedForAnHour(Runnable stop, Runnable start) {
    checking.accepted(server.tokens().about("alice"));
    stop.run();

    clock.pass(Duration.ofMinutes(59));
    assertThat(checking.accepted(server.tokens().about("alice")).subject()).isEqualTo("alice");
    clock.pass(Duration.ofMinutes(1));
    assertThat(checking.refused(server.tokens().about("alice")))
        .isEqualTo(TokenRefusal.KEYS_OUTDATED);

    start.run();
    clock.pass(KeyRules.USUAL.pause());
    assertThat(checking.accepted(server.tokens().about("alice")).subject()).isEqualTo("alice");
  }

  @Test
  void providerStoppedFromTheBeginning_opensNothing() {
    String token = server.tokens().about("alice");
    server.stop();

    assertThat(checking.refused(token)).isEqualTo(TokenRefusal.KEYS_UNAVAILABLE);
  }

  /** RSA signs until the first rotation, a curve after it. */
  @Test
  void speed_isTold() {
    double rsa = acceptedPerSecond(server.tokens().about("alice"));
    server.keys().rotate();
    double curve = acceptedPerSecond(server.tokens().about("alice"));

    System.out.printf("tokens: %.0f checks a second by RS256, %.0f by ES256%n", rsa, curve);
  }

  private double acceptedPerSecond(String token) {
    long accepted = 0;
    long began = 0;
    for (int round = -ROUNDS; round < ROUNDS; round++) {
      if (round == 0) {
        began = System.nanoTime();
        accepted = 0;
      }
      List<CompletableFuture<TokenAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        answers.add(checking.check().check(token).toCompletableFuture());
      }
      accepted +=
          answers.stream().filter(answer -> answer.join() instanceof TokenAnswer.Accepted).count();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat(accepted).isEqualTo((long) ROUNDS * AT_ONCE);
    return accepted / seconds;
  }
}
