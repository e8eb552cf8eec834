package io.gatehouse.appliance.identity.issued;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.ControlStore.Listing;
import io.gatehouse.appliance.control.Holder;
import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.control.StoreException;
import io.gatehouse.appliance.control.StoreFailure;
import io.gatehouse.appliance.control.StoredCredential;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.login.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Issues, proves and revokes credentials. Returns at once from any thread; passwords are derived on
 * the executor, the rest is the store's. A stage fails where the {@linkplain ControlStore store}
 * does, and with it the login that needed it. An unknown, an expired and a revoked name are
 * answered alike.
 */
public final class IssuedCredentials {
  /** Five bits each: 160 bits. */
  private static final int PASSWORD_CHARACTERS = 32;

  /** Of names with 50 random bits one that is taken is news; three in a row are a fault. */
  private static final int MOST_TRIES = 3;

  /** What a token that can be none is compared with. */
  private static final byte[] NO_DIGEST = new byte[Sha256.BYTES];

  private final ControlStore store;
  private final Derivation derivation;
  private final Duration longest;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Executor executor;

  private IssuedCredentials(ControlStore store, byte[] saltKey, Setting setting) {
    this.store = store;
    this.derivation = new Derivation(saltKey);
    this.longest = setting.longest();
    this.clock = setting.clock();
    this.random = setting.random();
    this.executor = setting.executor();
  }

  /**
   * What they work with.
   *
   * @param longest lifetime of a credential
   * @param executor bounded, for a few milliseconds of computing each; never an event loop
   */
  public record Setting(
      Duration longest, InstantSource clock, SecureRandom random, Executor executor) {}

  /** Reads the store's key once. */
  public static CompletionStage<IssuedCredentials> of(ControlStore store, Setting setting) {
    return store.saltKey().thenApply(key -> new IssuedCredentials(store, key, setting));
  }

  /**
   * A new credential, which the stage's user closes. One whose stage failed may be in the store;
   * its password is gone, so nobody can use it.
   *
   * @param lifetime more than nothing and no more than the longest
   */
  public CompletionStage<NewCredential> issue(Holder holder, Duration lifetime) {
    if (!lifetime.isPositive() || lifetime.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "a credential lasts longer than nothing and at most " + longest);
    }
    return issue(holder, lifetime, 1);
  }

  private CompletionStage<NewCredential> issue(Holder holder, Duration lifetime, int tries) {
    return derived(holder, lifetime)
        .thenCompose(made -> keep(made))
        .exceptionallyCompose(
            thrown -> {
              StoreException e = StoreException.from(thrown);
              return e.failure() == StoreFailure.NAME_TAKEN && tries < MOST_TRIES
                  ? issue(holder, lifetime, tries + 1)
                  : CompletableFuture.failedStage(e);
            });
  }

  private record Made(NewCredential told, StoredCredential stored) {}

  private CompletionStage<Made> derived(Holder holder, Duration lifetime) {
    try {
      return CompletableFuture.supplyAsync(() -> make(holder, lifetime), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(
          new StoreException(
              StoreFailure.OVERLOADED, "too many credentials are being issued already", e));
    }
  }

  private Made make(Holder holder, Duration lifetime) {
    String name = IssuedName.random(random);
    Secret password = Secret.of(Base32.random(PASSWORD_CHARACTERS, random));
    Instant now = clock.instant();
    IssuedCredential credential =
        new IssuedCredential(name, holder, now, now.plus(lifetime), Optional.empty());
    return new Made(
        new NewCredential(credential, password),
        new StoredCredential(credential, derivation.verifiers(name, password)));
  }

  private CompletionStage<NewCredential> keep(Made made) {
    return store
        .put(made.stored())
        .whenComplete(
            (_, thrown) -> {
              if (thrown != null) {
                made.told().close();
              }
            })
        .thenApply(_ -> made.told());
  }

  /**
   * What a SCRAM exchange for the name runs against; one that no password fits where it is not
   * good.
   */
  public CompletionStage<ScramVerifier> verifierFor(String name) {
    return usable(name)
        .thenApply(
            found ->
                found
                    .map(stored -> stored.verifiers().scram())
                    .orElseGet(() -> derivation.unknown(name)));
  }

  /** One that no password fits, with the salt that the name always has; the store is not asked. */
  public ScramVerifier decoyFor(String name) {
    return derivation.unknown(name);
  }

  /**
   * Whose it is, after the exchange: if it still is good, and still has the verifier that was
   * proved.
   */
  public CompletionStage<Optional<IssuedCredential>> proved(String name, ScramVerifier verifier) {
    return usable(name)
        .thenApply(
            found ->
                found
                    .filter(
                        stored ->
                            MessageDigest.isEqual(
                                stored.verifiers().scram().storedKey(), verifier.storedKey()))
                    .map(StoredCredential::credential));
  }

  /** SHA-256(SHA-256(password)) of a name that is good, for caching_sha2_password. */
  public CompletionStage<Optional<byte[]>> cachingSha2(String name) {
    return usable(name).thenApply(found -> found.map(stored -> stored.verifiers().cachingSha2()));
  }

  /** Whose token it is, if it is good. The token stays the caller's. */
  public CompletionStage<Optional<IssuedCredential>> bearer(Secret token) {
    byte[] digest = Sha256.digest(token.bytes());
    return BearerToken.name(token)
        .map(this::usable)
        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()))
        .thenApply(
            found -> {
              byte[] expected = found.map(stored -> stored.verifiers().bearer()).orElse(NO_DIGEST);
              boolean same = MessageDigest.isEqual(digest, expected);
              return found.filter(_ -> same).map(StoredCredential::credential);
            });
  }

  private CompletionStage<Optional<StoredCredential>> usable(String name) {
    return IssuedName.hasForm(name)
        ? store.find(name, clock.instant())
        : CompletableFuture.completedStage(Optional.empty());
  }

  /** Whether there was one of that name, in whatever state; it is over now. */
  public CompletionStage<Boolean> revoke(String name) {
    if (!IssuedName.hasForm(name)) {
      return CompletableFuture.completedStage(false);
    }
    return store
        .show(name)
        .thenCompose(
            found ->
                found
                    .map(
                        credential ->
                            store.revoke(
                                new Revocation.OfCredential(
                                    name, clock.instant(), credential.expiresAt())))
                    .map(written -> written.thenApply(_ -> true))
                    .orElseGet(() -> CompletableFuture.completedStage(false)));
  }

  /** Those that have not been forgotten, good or not; nothing secret is among it. */
  public CompletionStage<List<IssuedCredential>> list(Listing listing) {
    return store.list(listing);
  }
}
