package io.gatehouse.appliance.identity.guard;

import io.gatehouse.appliance.identity.Attempt;
import io.gatehouse.appliance.identity.Evidence;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.net.Limit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An attempt that a limit may be in the way of. It looks the same to the client then: what is
 * offered is a decoy, and whatever comes for it has failed. Owned by the session's event loop.
 */
final class WatchedAttempt implements Attempt {
  private final LoginGuard guard;
  private final Attempt attempt;
  private final LoginGuard.Keys keys;
  private Optional<Limit> over = Optional.empty();

  WatchedAttempt(LoginGuard guard, Attempt attempt, LoginGuard.Keys keys) {
    this.guard = guard;
    this.attempt = attempt;
    this.keys = keys;
  }

  @Override
  public CompletionStage<Offer> offer() {
    over = guard.over(keys, guessable());
    return over.isPresent() ? decoy() : attempt.offer();
  }

  @Override
  public CompletionStage<Offer> decoy() {
    return attempt.decoy();
  }

  @Override
  public boolean guessable() {
    return attempt.guessable();
  }

  /** Looked at again: many may have been offered something at once. */
  @Override
  public CompletionStage<Evidence> prove(Proof proof) {
    Optional<Limit> limit = over.or(() -> guard.over(keys, guessable()));
    if (limit.isPresent()) {
      destroy(proof);
      guard.refused(limit.get());
      return CompletableFuture.completedFuture(new Evidence.Failed("limit " + limit.get().key()));
    }
    return attempt.prove(proof).thenApply(this::counted);
  }

  private static void destroy(Proof proof) {
    switch (proof) {
      case Proof.ClearPassword(var secret) -> secret.close();
      case Proof.BearerToken(var secret) -> secret.close();
      case Proof.Scram _, Proof.Certificate _ -> {
        // Nothing in it is secret.
      }
    }
  }

  /** On any thread. */
  private Evidence counted(Evidence evidence) {
    switch (evidence) {
      case Evidence.Proven _ -> guard.succeeded(keys);
      case Evidence.Failed failed -> {
        if (failed.counts()) {
          guard.failed(keys, guessable());
        }
      }
    }
    return evidence;
  }
}
