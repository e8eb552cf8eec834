package io.gatehouse.appliance.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.identity.Evidence.Proven;
import io.gatehouse.appliance.identity.Standing;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which sessions end, and that none slips through between a login and a revocation. */
class LiveSessionsTest {
  private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");
  private static final Instant KEPT = START.plusSeconds(86_400);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final AtomicReference<Instant> time = new AtomicReference<>(START);
  private final InstantSource clock = time::get;
  private final LiveSessions sessions = new LiveSessions(Duration.ofSeconds(10), clock);

  private static Proven token(String subject, Instant proven, Instant until) {
    return new Proven(
        Caller.of(subject, Set.of(), ProofMethod.TOKEN),
        new Standing(
            Optional.of("https://idp"),
            Optional.of("t-" + subject),
            Optional.empty(),
            proven,
            Optional.of(until)));
  }

  private static Proven local(String subject) {
    return new Proven(
        Caller.of(subject, Set.of(), ProofMethod.LOCAL_PASSWORD),
        new Standing(
            Optional.empty(), Optional.empty(), Optional.empty(), START, Optional.empty()));
  }

  private Kills entered(Proven who) {
    Kills kills = new Kills();
    assertThat(sessions.enter(new LiveSession(UUID.randomUUID(), who, kills))).isEmpty();
    return kills;
  }

  private Optional<Refusal> refused(Proven who) {
    return sessions.enter(new LiveSession(UUID.randomUUID(), who, new Kills()));
  }

  @Test
  void session_endsWhenItsProofHas_andItMayOutliveIt() {
    Kills short1 = entered(token("ann", START, START.plusSeconds(60)));
    Kills long1 = entered(token("bob", START, START.plusSeconds(61)));
    Kills never = entered(local("eve"));
    time.set(START.plusSeconds(70).minusMillis(1));
    assertThat(sessions.expire()).isZero();
    time.set(START.plusSeconds(70));
    assertThat(sessions.expire()).isEqualTo(1);
    assertThat(short1.reasons).containsExactly(CloseReason.EXPIRED);
    assertThat(long1.reasons).isEmpty();
    assertThat(never.reasons).isEmpty();
    assertThat(refused(token("ann", START, START.plusSeconds(60)))).isPresent();
    assertThat(sessions.over(token("ann", START, START.plusSeconds(60)))).contains("expired");
    assertThat(sessions.count()).isEqualTo(2);
  }

  @Test
  void caller_endsWhatWasProvedUpToThen() {
    Kills before = entered(token("ann", START, KEPT));
    Kills after = entered(token("ann", START.plusMillis(1), KEPT));
    Kills other = entered(token("bob", START, KEPT));
    Revocation ann = new Revocation.OfCaller("ann", START, KEPT);
    sessions.revocations().add(ann);
    assertThat(sessions.revoke(ann)).isEqualTo(1);
    assertThat(before.reasons).containsExactly(CloseReason.REVOKED);
    assertThat(after.reasons).isEmpty();
    assertThat(other.reasons).isEmpty();
    assertThat(sessions.over(token("ann", START, KEPT))).contains("revoked");
    assertThat(sessions.over(token("ann", START.plusMillis(1), KEPT))).isEmpty();
  }

  @Test
  void token_isThatOfItsIssuer() {
    Kills session = entered(token("ann", START, KEPT));
    assertThat(sessions.revoke(new Revocation.OfToken("https://other", "t-ann", START, KEPT)))
        .isZero();
    assertThat(sessions.revoke(new Revocation.OfToken("https://idp", "t-ann", START, KEPT)))
        .isEqualTo(1);
    assertThat(session.reasons).hasSize(1);
  }

  @Test
  void sessionThatLeftBeforeItWasEntered_isNotKept() {
    LiveSession session = new LiveSession(UUID.randomUUID(), local("ann"), new Kills());
    sessions.leave(session);
    sessions.enter(session);
    assertThat(sessions.count()).isZero();
  }

  /** Each is refused or ended, whatever comes first. */
  @Test
  void loginsAndRevocationsAtOnce_leaveNobodyIn() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      LiveSessions both = new LiveSessions(Duration.ZERO, clock);
      Kills kills = new Kills();
      Proven ann = token("ann", START, KEPT);
      Revocation revocation =
          random.nextBoolean()
              ? new Revocation.OfCaller("ann", START, KEPT)
              : new Revocation.OfToken("https://idp", "t-ann", START, KEPT);
      CyclicBarrier start = new CyclicBarrier(2);
      Thread revoking =
          Thread.ofPlatform()
              .start(
                  () -> {
                    meet(start);
                    both.revocations().add(revocation);
                    both.revoke(revocation);
                  });
      meet(start);
      boolean in = both.enter(new LiveSession(UUID.randomUUID(), ann, kills)).isEmpty();
      revoking.join();
      assertThat(in && kills.reasons.isEmpty()).as("round %d of seed %d", round, seed).isFalse();
      assertThat(both.count()).as("round %d of seed %d", round, seed).isZero();
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private ControlStore store() throws Exception {
    return ControlStore.open(
        new StoreLocation.InFile(folder.resolve("control/store.db")), StoreLimits.DEFAULT);
  }

  private SessionWatch watch(
      LiveSessions of, ControlStore store, AtomicLong nanos, List<SessionWatch.Acted> acted) {
    return SessionWatch.start(
        of,
        Optional.of(store),
        new SessionWatch.Setting(Duration.ofMinutes(1), clock, nanos::get, acted::add));
  }

  private static void revoke(ControlStore store, Revocation revocation) {
    store.revoke(revocation).toCompletableFuture().join();
  }

  @Test
  void whatIsRevokedBeforeTheStart_isKnownAtTheStart_andOnlyWhatComesIsTold() throws Exception {
    List<SessionWatch.Acted> acted = new CopyOnWriteArrayList<>();
    try (ControlStore store = store()) {
      revoke(store, new Revocation.OfCaller("ann", START, KEPT));
      try (SessionWatch watch = watch(sessions, store, new AtomicLong(), acted)) {
        assertThat(watch.ageSeconds()).isZero();
        assertThat(refused(token("ann", START, KEPT)))
            .hasValueSatisfying(one -> assertThat(one.kind()).isEqualTo(Refusal.Kind.IDENTITY));
        Kills bob = entered(token("bob", START, KEPT));
        revoke(store, new Revocation.OfCaller("bob", START, KEPT));
        await().atMost(PATIENCE).until(() -> !acted.isEmpty());
        assertThat(bob.reasons).containsExactly(CloseReason.REVOKED);
        assertThat(acted)
            .extracting(SessionWatch.Acted::revocation)
            .containsExactly(new Revocation.OfCaller("bob", START, KEPT));
      }
    }
  }

  @Test
  void storeThatIsGone_isNoticedAfterAWhile_andSessionsGoOn() throws Exception {
    AtomicLong nanos = new AtomicLong();
    ControlStore store = store();
    try (SessionWatch watch = watch(sessions, store, nanos, new ArrayList<>())) {
      Kills session = entered(token("ann", START, KEPT));
      store.close();
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThat(sessions.obstacle()).isEmpty();
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(sessions.obstacle()).hasValueSatisfying(LiveSessionsTest::saysSo));
      assertThat(watch.ageSeconds()).isGreaterThan(60);
      assertThat(refused(token("bob", START, KEPT)))
          .hasValueSatisfying(one -> assertThat(one.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
      entered(local("eve"));
      assertThat(session.reasons).isEmpty();
    }
  }

  private static void saysSo(String obstacle) {
    assertThat(obstacle).contains("more than 60 s", "closed");
  }

  @Test
  void moreRevocationsThanFit_letNobodyInWhoCouldBeAmongThem_andEndSessionsAllTheSame()
      throws Exception {
    AtomicLong nanos = new AtomicLong();
    LiveSessions few = new LiveSessions(Duration.ZERO, clock, 3);
    try (ControlStore store = store();
        SessionWatch watch = watch(few, store, nanos, new ArrayList<>())) {
      Kills last = new Kills();
      few.enter(new LiveSession(UUID.randomUUID(), token("user-4", START, KEPT), last));
      for (int user = 0; user < 5; user++) {
        revoke(store, new Revocation.OfCaller("user-" + user, START, START.plusSeconds(60)));
      }
      await().atMost(PATIENCE).until(() -> !last.reasons.isEmpty());
      assertThat(few.obstacle()).isPresent();
      assertThat(few.revoked()).isEqualTo(3);
      time.set(START.plusSeconds(3_600));
      nanos.addAndGet(Duration.ofMinutes(11).toNanos());
      await().atMost(PATIENCE).until(() -> few.obstacle().isEmpty());
      assertThat(few.revoked()).isZero();
      assertThat(watch.ageSeconds()).isLessThan(60);
    }
  }
}
