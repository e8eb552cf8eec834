package io.gatehouse.appliance.identity.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.saml.SamlAnswer.Accepted;
import io.gatehouse.appliance.identity.saml.SamlAnswer.Refused;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What was used once is of no use again, and what is remembered has an end. */
class ReplayTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(SamlScene.NOW);
  private final InstantSource clock = now::get;

  private OpenRequests requests() {
    return new OpenRequests(clock, new SecureRandom());
  }

  @Test
  void responseThatCameAlready_isRefused_inWhateverFormItComesAgain() {
    SamlScene scene = new SamlScene();
    String response = scene.signedTwice();
    assertThat(scene.answer(response)).isInstanceOf(Accepted.class);
    assertThat(scene.answer(response)).isEqualTo(new Refused(SamlRefusal.REQUEST_UNKNOWN));
    assertThat(scene.answer(response.replace("ID=\"_r1\"", "ID=\"_r1\" ")))
        .isEqualTo(new Refused(SamlRefusal.REQUEST_UNKNOWN));
  }

  @Test
  void assertionForAnotherRequestWithTheSameId_isAReplay() {
    SamlScene scene = new SamlScene();
    assertThat(scene.answer(scene.signed())).isInstanceOf(Accepted.class);
    String other = scene.requests().add(SamlScene.WAITING, "192.0.2.7").orElseThrow();
    assertThat(scene.answer(scene.signed(draft -> draft.replace(scene.request(), other))))
        .isEqualTo(new Refused(SamlRefusal.REPLAYED));
  }

  @Test
  void twoAnswersToOneRequest_openOneLogin() {
    SamlScene scene = new SamlScene();
    assertThat(scene.answer(scene.signed())).isInstanceOf(Accepted.class);
    assertThat(scene.answer(scene.signed(draft -> draft.replace("_a1", "_a2"))))
        .isEqualTo(new Refused(SamlRefusal.REQUEST_UNKNOWN));
  }

  @Test
  void manyThatComeTogether_openOneLogin() throws Exception {
    SamlScene scene = new SamlScene();
    byte[] form = SamlScene.form(scene.signed());
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<SamlAnswer>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        all.add(() -> scene.answer(form));
      }
      List<SamlAnswer> answers = new ArrayList<>();
      for (Future<SamlAnswer> one : threads.invokeAll(all)) {
        answers.add(one.get());
      }
      assertThat(answers).filteredOn(Accepted.class::isInstance).hasSize(1);
    }
  }

  @Test
  void fullMemory_refuses_untilSomethingExpired() throws Exception {
    SeenAssertions seen = new SeenAssertions(2);
    seen.remember("a", SamlScene.NOW.plusSeconds(10), SamlScene.NOW);
    seen.remember("b", SamlScene.NOW.plusSeconds(20), SamlScene.NOW);
    assertThat(reason(seen, "c", SamlScene.NOW)).contains(SamlRefusal.REPLAY_MEMORY_FULL);
    assertThat(reason(seen, "c", SamlScene.NOW.plusSeconds(10))).isEmpty();
    assertThat(reason(seen, "c", SamlScene.NOW.plusSeconds(20))).contains(SamlRefusal.REPLAYED);
  }

  private static Optional<SamlRefusal> reason(SeenAssertions seen, String id, Instant now) {
    try {
      seen.remember(id, now.plusSeconds(60), now);
      return Optional.empty();
    } catch (RefusedResponseException e) {
      return Optional.of(e.reason());
    }
  }

  @Test
  void request_isForgottenAfterTenMinutes() {
    OpenRequests requests = requests();
    String id = requests.add(SamlScene.WAITING, "192.0.2.7").orElseThrow();
    now.set(SamlScene.NOW.plus(OpenRequests.KEPT).minusNanos(1));
    assertThat(requests.find(id)).isPresent();
    now.set(SamlScene.NOW.plus(OpenRequests.KEPT));
    assertThat(requests.find(id)).isEmpty();
    assertThat(requests.take(id)).isFalse();
  }

  @Test
  void oneSource_makesItsOwnOldestGo_andNobodyElses() {
    OpenRequests requests = requests();
    String elsewhere = requests.add(SamlScene.WAITING, "192.0.2.8").orElseThrow();
    String first = requests.add(SamlScene.WAITING, "2001:db8::1").orElseThrow();
    for (int i = 0; i < OpenRequests.MOST_OF_ONE_SOURCE; i++) {
      assertThat(requests.add(SamlScene.WAITING, "2001:db8::" + Integer.toHexString(i + 2)))
          .isPresent();
    }
    assertThat(requests.find(first)).isEmpty();
    assertThat(requests.find(elsewhere)).isPresent();
  }

  @Test
  void tooManyFromEverywhere_areRefused_untilTheyEnd() {
    OpenRequests requests = requests();
    for (int i = 0; i < OpenRequests.MOST; i++) {
      assertThat(requests.add(SamlScene.WAITING, "10.0." + i / 256 + "." + i % 256)).isPresent();
    }
    assertThat(requests.add(SamlScene.WAITING, "192.0.2.7")).isEmpty();
    now.set(SamlScene.NOW.plus(OpenRequests.KEPT).plus(Duration.ofSeconds(1)));
    assertThat(requests.add(SamlScene.WAITING, "192.0.2.7")).isPresent();
  }
}
