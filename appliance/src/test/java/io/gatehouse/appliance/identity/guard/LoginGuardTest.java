package io.gatehouse.appliance.identity.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.Attempt;
import io.gatehouse.appliance.identity.CertificateWay;
import io.gatehouse.appliance.identity.Entrance;
import io.gatehouse.appliance.identity.Evidence;
import io.gatehouse.appliance.identity.LocalWay;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.Users;
import io.gatehouse.appliance.identity.certificate.CertificateCallers;
import io.gatehouse.appliance.identity.certificate.ClientAuthority;
import io.gatehouse.appliance.identity.certificate.NameKind;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** With a clock of its own, through the users file's own way in. */
class LoginGuardTest {
  private static final String HOME = "10.0.0.1";
  private static final String ATTACKER = "10.6.6.6";
  private static final ScramVerifier VERIFIER =
      ScramVerifier.derive(
          Secret.of("pw".toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());

  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
  private final List<Limit> reached = new ArrayList<>();
  private final LoginGuard guard = new LoginGuard(Limits.DEFAULTS, nanos::get, reached::add);
  private final Entrance entrance =
      new Entrance(
          List.of(),
          new LocalWay(
              () ->
                  new Users(
                      List.of(
                          new User("ann", VERIFIER, Set.of()),
                          new User("bob", VERIFIER, Set.of()))),
              InstantSource.system()));

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static <T> T now(CompletionStage<T> stage) {
    assertThat(stage.toCompletableFuture()).isDone();
    return stage.toCompletableFuture().join();
  }

  private Attempt attempt(String name, String from) {
    return guard.watched(
        entrance.attempt(
            new Arrival(1, "main", new InetSocketAddress(0)),
            new LoginRequest(name, "bank", Map.of(), Optional.empty())),
        name,
        new InetSocketAddress(InetAddress.ofLiteral(from), 4_000));
  }

  private Evidence login(String name, String from, boolean right) {
    Attempt attempt = attempt(name, from);
    assertThat(now(attempt.offer())).isInstanceOf(Offer.Scram.class);
    return now(attempt.prove(new Proof.Scram(right)));
  }

  private boolean in(String name, String from) {
    return login(name, from, true) instanceof Evidence.Proven;
  }

  private String failure(String name, String from) {
    return ((Evidence.Failed) login(name, from, false)).reason();
  }

  private void guess(String name, String from, int times) {
    for (int time = 0; time < times; time++) {
      failure(name, from);
    }
  }

  /** From another address each time. */
  private void guessFromAfar(String name, int times) {
    for (int time = 0; time < times; time++) {
      failure(name, "192.0.%d.%d".formatted(time / 250, time % 250));
    }
  }

  @Test
  void guesser_isRefusedTheRightPasswordToo_overTheLimit() {
    guess("ann", ATTACKER, 9);
    assertThat(failure("ann", ATTACKER)).isEqualTo("password");
    assertThat(failure("ann", ATTACKER)).isEqualTo("limit failed-logins-per-name");
    assertThat(in("ann", ATTACKER)).isFalse();
    assertThat(reached).containsOnly(Limit.FAILED_LOGINS_PER_NAME).hasSize(2);
  }

  @Test
  void overTheLimit_theOfferIsTheSame() {
    String before = verifier(attempt("ann", ATTACKER));
    guess("ann", ATTACKER, 40);
    assertThat(verifier(attempt("ann", ATTACKER))).isEqualTo(before);
  }

  private static String verifier(Attempt attempt) {
    return ((Offer.Scram) now(attempt.offer())).verifier().encoded();
  }

  @Test
  void owner_comesInFromWhereSheCameFrom_whateverOthersTry() {
    assertThat(in("ann", HOME)).isTrue();
    guessFromAfar("ann", 5_000);
    guess("ann", ATTACKER, 1_000);
    assertThat(in("ann", HOME)).isTrue();
    assertThat(in("ann", "10.9.9.9")).as("somewhere new").isFalse();
    assertThat(in("bob", "10.9.9.9")).as("another name").isTrue();
  }

  @Test
  void ownersNeighbour_keepsOutWhoIsNewThere_andNotHer() {
    assertThat(in("ann", HOME)).isTrue();
    for (int name = 0; name < 100; name++) {
      failure("made-up-" + name, HOME);
    }
    assertThat(failure("made-up", HOME)).isEqualTo("limit failed-logins-per-source");
    assertThat(in("bob", HOME)).isFalse();
    assertThat(in("ann", HOME)).isTrue();
    assertThat(in("bob", "10.9.9.9")).as("another source").isTrue();
  }

  @Test
  void knownSource_mayNotGuessForEver() {
    assertThat(in("ann", HOME)).isTrue();
    guess("ann", HOME, 10);
    assertThat(failure("ann", HOME)).isEqualTo("limit failed-logins-per-name");
    assertThat(in("ann", HOME)).isFalse();
    assertThat(in("ann", "10.9.9.9")).as("somewhere else").isTrue();
    pass(Duration.ofSeconds(6));
    assertThat(in("ann", HOME)).isTrue();
  }

  @Test
  void limit_runsOffSteadily() {
    guess("ann", ATTACKER, 50);
    pass(Duration.ofMillis(5_999));
    assertThat(in("ann", ATTACKER)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(failure("ann", ATTACKER)).isEqualTo("password");
    assertThat(failure("ann", ATTACKER)).startsWith("limit ");
    pass(Duration.ofSeconds(60));
    guess("ann", ATTACKER, 9);
    assertThat(in("ann", ATTACKER)).isTrue();
  }

  @Test
  void success_isRememberedAWeek() {
    assertThat(in("ann", HOME)).isTrue();
    pass(LoginGuard.LATELY.minusSeconds(1));
    guessFromAfar("ann", 100);
    assertThat(in("ann", HOME)).isTrue();
    pass(LoginGuard.LATELY.plusSeconds(1));
    guessFromAfar("ann", 100);
    assertThat(in("ann", HOME)).isFalse();
  }

  @Test
  void networkOf64_isOneSource() {
    for (int host = 0; host < 60; host++) {
      assertThat(failure("made-up-" + host, "2001:db8:1:2::" + Integer.toHexString(host)))
          .isEqualTo("password");
    }
    assertThat(failure("made-up", "2001:db8:1:2:ffff::1"))
        .isEqualTo("limit failed-logins-per-source");
    assertThat(failure("made-up", "2001:db8:1:3::1")).isEqualTo("password");
  }

  @Test
  void manyOffersAtOnce_areNotMoreGuesses() {
    List<Attempt> attempts = new ArrayList<>();
    for (int one = 0; one < 1_000; one++) {
      Attempt attempt = attempt("ann", ATTACKER);
      now(attempt.offer());
      attempts.add(attempt);
    }
    long looked =
        attempts.stream()
            .map(attempt -> (Evidence.Failed) now(attempt.prove(new Proof.Scram(false))))
            .filter(failed -> failed.reason().equals("password"))
            .count();
    assertThat(looked).isEqualTo(10);
  }

  /** The tables are made at the beginning; what floods them evicts what failed least. */
  @Test
  void millionNames_forgetNoNameThatIsOverItsLimit_norWhoIsKnown() {
    assertThat(in("bob", HOME)).isTrue();
    guess("ann", ATTACKER, 20);
    guessFromAfar("bob", 20);
    for (int name = 0; name < 1_000_000; name++) {
      guard.failed(guard.keys("flood-" + name, networks(name)), true);
    }
    assertThat(failure("ann", ATTACKER)).isEqualTo("limit failed-logins-per-name");
    assertThat(failure("bob", ATTACKER)).isEqualTo("limit failed-logins-per-name");
    assertThat(in("bob", HOME)).isTrue();
  }

  private static InetSocketAddress networks(int number) {
    byte[] address = ByteBuffer.allocate(16).putInt(0x20010db8).putInt(number).array();
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), 4_000);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Many share a name for tokens: one with a bad token does not keep them out at ten. */
  @Test
  void whatCannotBeGuessed_isLimitedBySourceAlone_whereItIsKnownToo() {
    LoginGuard.Keys keys = guard.keys("token", new InetSocketAddress(HOME, 4_000));
    guard.succeeded(keys);
    for (int time = 0; time < 60; time++) {
      assertThat(guard.over(keys, false)).isEmpty();
      guard.failed(keys, false);
    }
    assertThat(guard.over(keys, false)).contains(Limit.FAILED_LOGINS_PER_SOURCE);
    assertThat(guard.over(guard.keys("token", new InetSocketAddress(ATTACKER, 1)), false))
        .isEmpty();
    assertThat(in("ann", HOME)).isTrue();
  }

  /** Somebody may come with a token or a certificate of their own under any name. */
  @Test
  void whoProvedAnother_isNotKnownForAName() throws Exception {
    X509Certificate eve =
        new ClientAuthority().signed(one -> one.addSanDnsName("eve")).getCertificate();
    Entrance byCertificate =
        new Entrance(
            List.of(
                new CertificateWay(
                    "ann",
                    new CertificateCallers(
                        NameKind.DNS,
                        Map.of("eve", new CertificateCallers.Holder("eve", Set.of()))),
                    InstantSource.system())),
            entrance.rest());
    LoginRequest.TlsFacts tls =
        new LoginRequest.TlsFacts("TLSv1.3", "any", Optional.empty(), List.of(eve));
    Attempt proved =
        guard.watched(
            byCertificate.attempt(
                new Arrival(1, "certificates", new InetSocketAddress(0)),
                new LoginRequest("ann", "bank", Map.of(), Optional.of(tls))),
            "ann",
            new InetSocketAddress(InetAddress.ofLiteral(ATTACKER), 4_000));
    assertThat(now(proved.offer())).isInstanceOf(Offer.Certificate.class);
    assertThat(now(proved.prove(new Proof.Certificate()))).isInstanceOf(Evidence.Proven.class);

    guessFromAfar("ann", 10);
    assertThat(failure("ann", ATTACKER)).isEqualTo("limit failed-logins-per-name");
  }

  @Test
  void unixSocket_isASourceToo() {
    Attempt attempt =
        guard.watched(
            entrance.attempt(
                new Arrival(1, "main", new InetSocketAddress(0)),
                new LoginRequest("ann", "bank", Map.of(), Optional.empty())),
            "ann",
            new java.net.SocketAddress() {
              private static final long serialVersionUID = 1L;
            });
    now(attempt.offer());
    assertThat(now(attempt.prove(new Proof.Scram(true)))).isInstanceOf(Evidence.Proven.class);
  }
}
