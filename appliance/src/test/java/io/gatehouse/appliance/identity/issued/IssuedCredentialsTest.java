package io.gatehouse.appliance.identity.issued;

import static io.gatehouse.appliance.control.Stages.done;
import static io.gatehouse.appliance.control.Stages.failure;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.ControlStore.Listing;
import io.gatehouse.appliance.control.Holder;
import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.control.NoStore;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.control.StoreFailure;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.postgres.scram.ScramClient;
import io.gatehouse.postgres.scram.ScramFailure;
import io.gatehouse.postgres.scram.ScramServer;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.login.Sha256;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IssuedCredentialsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;
  private final HandClock clock = new HandClock();
  private ControlStore store = new NoStore();

  @BeforeEach
  void open() throws Exception {
    store =
        ControlStore.open(
            new StoreLocation.InFile(folder.resolve("control/store.db")), StoreLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private IssuedCredentials credentials() throws Exception {
    return done(
        IssuedCredentials.of(
            store,
            new IssuedCredentials.Setting(Duration.ofHours(12), clock, RANDOM, Runnable::run)));
  }

  private Holder alice() {
    return new Holder(
        "alice@example.com",
        Optional.of("agent-7"),
        Set.of("dba", "readers"),
        clock.instant(),
        "https://idp.example.com",
        ProofMethod.TOKEN);
  }

  private static String text(Secret secret) {
    return new String(secret.bytes(), US_ASCII);
  }

  private static Secret wrong() {
    return Secret.of("0123456789abcdefghjkmnpqrstvwxyz".getBytes(US_ASCII));
  }

  /** Both sides as the gate has them: whether the server takes the client's proof. */
  private static boolean proves(ScramVerifier verifier, Secret password) throws ScramFailure {
    ScramServer server = new ScramServer(verifier, Optional.empty(), "SCRAM-SHA-256", RANDOM);
    ScramClient client = new ScramClient(List.of("SCRAM-SHA-256"), Optional.empty(), RANDOM);
    ScramClient.Challenge challenge = client.challenge(server.first(client.first()));
    ScramKeys keys = ScramKeys.derive(password, challenge.salt(), challenge.iterations());
    boolean proved = server.proves(client.last(keys));
    if (proved) {
      client.verify(server.last());
    }
    return proved;
  }

  @Test
  void newCredential_hasARandomName_andAPasswordOf160BitsThatCanBePasted() throws Exception {
    IssuedCredentials credentials = credentials();
    Set<String> names = new HashSet<>();
    Set<String> passwords = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      try (NewCredential credential = done(credentials.issue(alice(), HOUR))) {
        names.add(credential.credential().name());
        passwords.add(text(credential.password()));
      }
    }

    assertThat(names)
        .hasSize(50)
        .allMatch(IssuedName::hasForm)
        .allMatch(name -> name.matches("gh-[0-9a-z]{10}") && !name.contains("alice"));
    assertThat(passwords)
        .hasSize(50)
        .allMatch(password -> password.matches("[0-9abcdefghjkmnpqrstvwxyz]{32}"));
    assertThat(String.join("", passwords).chars().distinct().count())
        .as("all 32 characters are drawn")
        .isEqualTo(32);
  }

  @Test
  void rightPassword_provesIt_andSaysWhoItIs() throws Exception {
    IssuedCredentials credentials = credentials();
    try (NewCredential told = done(credentials.issue(alice(), HOUR))) {
      String name = told.credential().name();
      ScramVerifier verifier = done(credentials.verifierFor(name));

      assertThat(verifier.iterations()).isEqualTo(4_096);
      assertThat(proves(verifier, told.password())).isTrue();
      assertThat(proves(verifier, wrong())).isFalse();
      IssuedCredential proved = done(credentials.proved(name, verifier)).orElseThrow();
      assertThat(proved).isEqualTo(told.credential());
      assertThat(proved.holder().caller())
          .isEqualTo(
              new Caller(
                  "alice@example.com",
                  Set.of("dba", "readers"),
                  ProofMethod.ISSUED_CREDENTIAL,
                  Optional.of("agent-7")));
    }
  }

  @Test
  void storedKey_isWhatTheJdkDerives() throws Exception {
    IssuedCredentials credentials = credentials();
    try (NewCredential told = done(credentials.issue(alice(), HOUR))) {
      ScramVerifier verifier = done(credentials.verifierFor(told.credential().name()));
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(
                  new PBEKeySpec(
                      told.password().characters(), verifier.salt(), verifier.iterations(), 256))
              .getEncoded();
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(salted, "HmacSHA256"));

      assertThat(Sha256.digest(mac.doFinal("Client Key".getBytes(US_ASCII))))
          .isEqualTo(verifier.storedKey());
    }
  }

  /** The server's half of the fast path: XOR(SHA256(password), SHA256(stored, nonce)) comes in. */
  @Test
  void doubleDigest_checksAScrambleOfMysql() throws Exception {
    IssuedCredentials credentials = credentials();
    try (NewCredential told = done(credentials.issue(alice(), HOUR))) {
      byte[] stored = done(credentials.cachingSha2(told.credential().name())).orElseThrow();
      byte[] nonce = RANDOM.generateSeed(20);

      byte[] recovered = xor(scramble(told.password(), nonce), keyed(stored, nonce));
      byte[] fromWrong = xor(scramble(wrong(), nonce), keyed(stored, nonce));

      assertThat(Sha256.digest(recovered)).isEqualTo(stored);
      assertThat(Sha256.digest(fromWrong)).isNotEqualTo(stored);
    }
  }

  private static byte[] scramble(Secret password, byte[] nonce) {
    byte[] once = Sha256.digest(password.bytes());
    return xor(once, keyed(Sha256.digest(once), nonce));
  }

  private static byte[] keyed(byte[] digest, byte[] nonce) {
    byte[] both = java.util.Arrays.copyOf(digest, digest.length + nonce.length);
    System.arraycopy(nonce, 0, both, digest.length, nonce.length);
    return Sha256.digest(both);
  }

  private static byte[] xor(byte[] one, byte[] other) {
    byte[] result = new byte[one.length];
    for (int i = 0; i < one.length; i++) {
      result[i] = (byte) (one[i] ^ other[i]);
    }
    return result;
  }

  @Test
  void bearerToken_isTakenWhole_andNothingLikeIt() throws Exception {
    IssuedCredentials credentials = credentials();
    try (NewCredential told = done(credentials.issue(alice(), HOUR));
        NewCredential other = done(credentials.issue(alice(), HOUR));
        Secret token = told.bearerToken()) {
      String name = told.credential().name();
      String password = text(told.password());

      assertThat(text(token)).isEqualTo(name + "." + password);
      assertThat(done(credentials.bearer(token))).contains(told.credential());
      for (String hostile :
          List.of(
              "",
              ".",
              name,
              name + ".",
              "." + password,
              password,
              name + password,
              name + "." + password + " ",
              name + "." + password.toUpperCase(java.util.Locale.ROOT),
              name + "." + password.substring(1),
              name + "." + text(other.password()),
              other.credential().name() + "." + password,
              name.replace("gh-", "GH-") + "." + password,
              name + "\0." + password,
              "gh-0000000000." + password,
              "gh-' OR 1=1." + password)) {
        try (Secret secret = Secret.of(hostile.getBytes(US_ASCII))) {
          assertThat(done(credentials.bearer(secret))).as("[%s]", hostile).isEmpty();
        }
      }
    }
  }

  private void assertUnknown(IssuedCredentials credentials, NewCredential told, byte[] salt)
      throws Exception {
    String name = told.credential().name();
    ScramVerifier verifier = done(credentials.verifierFor(name));
    assertThat(verifier.salt()).as("the salt tells nothing").isEqualTo(salt);
    assertThat(verifier.iterations()).isEqualTo(4_096);
    assertThat(proves(verifier, told.password())).isFalse();
    assertThat(done(credentials.cachingSha2(name))).isEmpty();
    try (Secret token = told.bearerToken()) {
      assertThat(done(credentials.bearer(token))).isEmpty();
    }
  }

  @Test
  void expiredAndRevoked_areAsUnknown_onEveryWire() throws Exception {
    IssuedCredentials credentials = credentials();
    try (NewCredential expired = done(credentials.issue(alice(), HOUR));
        NewCredential revoked = done(credentials.issue(alice(), HOUR.multipliedBy(2)))) {
      String name = expired.credential().name();
      ScramVerifier good = done(credentials.verifierFor(name));
      byte[] revokedSalt = done(credentials.verifierFor(revoked.credential().name())).salt();

      assertThat(done(credentials.revoke(revoked.credential().name()))).isTrue();
      assertUnknown(credentials, revoked, revokedSalt);

      clock.pass(HOUR);
      assertUnknown(credentials, expired, good.salt());
      assertThat(done(credentials.proved(name, good))).as("ended during the exchange").isEmpty();

      done(store.forget(clock.instant()));
      assertUnknown(credentials, expired, good.salt());
    }
  }

  @Test
  void unknownName_hasASaltThatStays_acrossRestarts() throws Exception {
    String never = "gh-0123456789";
    ScramVerifier before = done(credentials().verifierFor(never));
    store.close();
    open();

    ScramVerifier after = done(credentials().verifierFor(never));

    assertThat(after.salt()).isEqualTo(before.salt());
    assertThat(done(credentials().verifierFor("gh-0123456780")).salt()).isNotEqualTo(before.salt());
    assertThat(done(credentials().proved(never, after))).isEmpty();
  }

  @Test
  void revokedCaller_losesAll_andMayLogInAgain() throws Exception {
    IssuedCredentials credentials = credentials();
    try (NewCredential told = done(credentials.issue(alice(), HOUR))) {
      Instant now = clock.instant();
      done(store.revoke(new Revocation.OfCaller("agent-7", now, now.plus(HOUR))));
      assertThat(done(credentials.cachingSha2(told.credential().name()))).isEmpty();
    }
    clock.pass(Duration.ofMillis(1));

    try (NewCredential again = done(credentials.issue(alice(), HOUR))) {
      assertThat(done(credentials.cachingSha2(again.credential().name()))).isPresent();
    }
  }

  @Test
  void revokingWhatIsNotThere_saysSo() throws Exception {
    assertThat(done(credentials().revoke("gh-0123456789"))).isFalse();
    assertThat(done(credentials().revoke("alice"))).isFalse();
    assertThat(done(store.changesSince(0)).version()).isZero();
  }

  @Test
  void list_showsWhoseTheyAre_andNothingSecret() throws Exception {
    IssuedCredentials credentials = credentials();
    try (NewCredential told = done(credentials.issue(alice(), HOUR))) {
      List<IssuedCredential> list = done(credentials.list(Listing.of("alice@example.com")));

      assertThat(list).containsExactly(told.credential());
      ScramVerifier verifier = done(credentials.verifierFor(told.credential().name()));
      assertThat(list.toString() + told + verifier)
          .doesNotContain(text(told.password()))
          .doesNotContain(verifier.encoded());
    }
  }

  @Test
  void lifetime_isBounded() throws Exception {
    IssuedCredentials credentials = credentials();
    for (Duration lifetime :
        List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofHours(12).plusNanos(1))) {
      assertThatThrownBy(() -> credentials.issue(alice(), lifetime))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void storeThatIsDown_failsEveryStage_andGivesNothing() throws Exception {
    IssuedCredentials credentials = credentials();
    store.close();

    assertThat(failure(credentials.issue(alice(), HOUR))).isEqualTo(StoreFailure.CLOSED);
    assertThat(failure(credentials.verifierFor("gh-0123456789"))).isEqualTo(StoreFailure.CLOSED);
    assertThat(failure(credentials.revoke("gh-0123456789"))).isEqualTo(StoreFailure.CLOSED);
    try (Secret token = Secret.of("gh-0123456789.x".getBytes(US_ASCII))) {
      assertThat(failure(credentials.bearer(token))).isEqualTo(StoreFailure.CLOSED);
    }
    assertThat(
            failure(
                IssuedCredentials.of(
                    new NoStore(),
                    new IssuedCredentials.Setting(HOUR, clock, RANDOM, Runnable::run))))
        .isEqualTo(StoreFailure.UNREACHABLE);
  }

  @Test
  void executorThatIsFull_failsAsOverloaded() throws Exception {
    IssuedCredentials credentials =
        done(
            IssuedCredentials.of(
                store,
                new IssuedCredentials.Setting(
                    HOUR,
                    clock,
                    RANDOM,
                    work -> {
                      throw new RejectedExecutionException("full");
                    })));

    assertThat(failure(credentials.issue(alice(), HOUR))).isEqualTo(StoreFailure.OVERLOADED);
  }
}
