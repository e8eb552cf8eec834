package io.gatehouse.appliance.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.config.BindConfig;
import io.gatehouse.appliance.config.DeskConfig;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.ControlStore.Listing;
import io.gatehouse.appliance.control.Holder;
import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.control.StoredCredential;
import io.gatehouse.appliance.control.Verifiers;
import io.gatehouse.appliance.identity.issued.IssuedCredentials;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.identity.token.ClaimRules;
import io.gatehouse.appliance.identity.token.KeyRules;
import io.gatehouse.appliance.identity.token.KindRules;
import io.gatehouse.appliance.identity.token.SignatureAlgorithm;
import io.gatehouse.appliance.identity.token.TimeRules;
import io.gatehouse.appliance.identity.token.TokenCheck;
import io.gatehouse.appliance.identity.token.TokenIssuer;
import io.gatehouse.appliance.identity.token.TokenIssuers;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.net.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is issued when something else breaks in between: nothing that anybody could use. */
class CounterTest {
  @TempDir private Path folder;
  private final OidcServer provider = OidcServer.start(InstantSource.system());
  private ControlStore store;
  private TokenCheck tokens;

  @BeforeEach
  void open() throws Exception {
    store =
        ControlStore.open(
            new StoreLocation.InFile(folder.resolve("store/control.db")), StoreLimits.DEFAULT);
    TokenIssuer issuer =
        new TokenIssuer(
            provider.issuer(),
            Set.of(OidcServer.AUDIENCE),
            SignatureAlgorithm.USUAL,
            KindRules.USUAL,
            TimeRules.USUAL,
            ClaimRules.USUAL,
            KeyRules.USUAL);
    tokens =
        new TokenCheck(
            new TokenIssuers(List.of(issuer)), InstantSource.system(), SSLContext.getDefault());
    provider.tokens().person("erika", "analysts");
  }

  @AfterEach
  void close() {
    tokens.close();
    store.close();
    provider.close();
  }

  private Counter counter(Ledger ledger) {
    IssuedCredentials credentials =
        IssuedCredentials.of(
                store,
                new IssuedCredentials.Setting(
                    Duration.ofHours(12),
                    InstantSource.system(),
                    new SecureRandom(),
                    Runnable::run))
            .toCompletableFuture()
            .join();
    DeskConfig config =
        new DeskConfig(
            new BindConfig(InetAddress.getLoopbackAddress(), 0),
            new DeskConfig.DeskTls(folder, folder),
            Duration.ofMinutes(60),
            Optional.of(new DeskConfig.Provider(provider.issuer(), "cli", List.of("openid"))),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    return new Counter(
        config,
        Limits.DEFAULTS,
        new Counter.Parts(tokens, credentials, store, ledger),
        InstantSource.system());
  }

  private DeskAnswer issue(Counter counter, String token) {
    return counter
        .answer(
            new Asked(
                "POST",
                Counter.CREDENTIALS,
                Optional.of(new Presented.Token(token)),
                new byte[0],
                "192.0.2.7"))
        .toCompletableFuture()
        .join();
  }

  private List<IssuedCredential> kept() {
    return store.list(Listing.ofAll()).toCompletableFuture().join();
  }

  private static String text(DeskAnswer answer) {
    return new String(answer.body(), StandardCharsets.US_ASCII);
  }

  @Test
  void whatCannotBeRecorded_isRevokedAndNotTold() {
    DeskAnswer answer =
        issue(
            counter(_ -> CompletableFuture.failedStage(new IOException("the disk is full"))),
            provider.tokens().about("erika"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(text(answer)).doesNotContain("gh-", "password", "disk");
    assertThat(kept()).hasSize(1).allMatch(one -> one.revokedAt().isPresent());
  }

  @Test
  void ledgerThatThrows_isAFailureLikeAnother() {
    DeskAnswer answer =
        issue(
            counter(
                _ -> {
                  throw new IllegalStateException("closed");
                }),
            provider.tokens().about("erika"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(kept()).allMatch(one -> one.revokedAt().isPresent());
  }

  @Test
  void callerRevokedWhileTheirsIsIssued_getsNothing() {
    Instant now = Instant.now();
    IssuedCredentials racing =
        IssuedCredentials.of(
                store,
                new IssuedCredentials.Setting(
                    Duration.ofHours(12),
                    // The revocation is in the store before the credential is, and dated before it.
                    () -> {
                      store
                          .revoke(new Revocation.OfCaller("erika", now, now.plusSeconds(3_600)))
                          .toCompletableFuture()
                          .join();
                      return Instant.now().plusSeconds(5);
                    },
                    new SecureRandom(),
                    Runnable::run))
            .toCompletableFuture()
            .join();
    Counter.Parts parts =
        new Counter.Parts(tokens, racing, store, _ -> CompletableFuture.completedFuture(0L));
    Counter counter =
        new Counter(
            new DeskConfig(
                new BindConfig(InetAddress.getLoopbackAddress(), 0),
                new DeskConfig.DeskTls(folder, folder),
                Duration.ofMinutes(60),
                Optional.of(new DeskConfig.Provider(provider.issuer(), "cli", List.of("openid"))),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty()),
            Limits.DEFAULTS,
            parts,
            InstantSource.system());
    assertThat(issue(counter, provider.tokens().about("erika")).status()).isEqualTo(401);
    assertThat(kept()).hasSize(1).allMatch(one -> one.revokedAt().isPresent());
  }

  @Test
  void expiredCredentials_keepNobodyFromANewOne() throws Exception {
    Instant past = Instant.now().minusSeconds(3_600);
    Holder erika =
        new Holder("erika", Optional.empty(), Set.of(), past, provider.issuer(), ProofMethod.TOKEN);
    Verifiers verifiers =
        new Verifiers(
            ScramVerifier.decoy(new byte[32], "any", ScramVerifier.LEAST_ITERATIONS),
            new byte[32],
            new byte[32]);
    for (int i = 0; i < ControlStore.MOST_ROWS; i++) {
      IssuedCredential expired =
          new IssuedCredential(
              "gh-%010d".formatted(i), erika, past, past.plusSeconds(60), Optional.empty());
      store.put(new StoredCredential(expired, verifiers)).toCompletableFuture().join();
    }
    Counter counter = counter(_ -> CompletableFuture.completedFuture(0L));
    assertThat(issue(counter, provider.tokens().about("erika")).status()).isEqualTo(201);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void storeThatIsClosed_servesNobody() {
    Counter counter = counter(_ -> CompletableFuture.completedFuture(0L));
    store.close();
    assertThat(issue(counter, provider.tokens().about("erika")).status()).isEqualTo(503);
  }
}
