package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.control.Changes;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.identity.token.TokenIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a token proves what was revoked. It is sound all the same, so without asking it would
 * turn into a credential that nobody revoked. Thread-safe.
 */
final class Withdrawn {
  private final ControlStore store;
  private final InstantSource clock;

  // Guarded by this. What the store keeps no longer is not kept here either.
  private final Map<String, Ended> callers = new HashMap<>();
  private final Map<Id, Ended> tokens = new HashMap<>();
  private final Map<Id, Ended> logins = new HashMap<>();
  private final Map<Id, Ended> subjects = new HashMap<>();
  private long version;

  private record Ended(Instant at, Instant keptUntil) {
    Ended later(Ended other) {
      return new Ended(
          at.isAfter(other.at) ? at : other.at,
          keptUntil.isAfter(other.keptUntil) ? keptUntil : other.keptUntil);
    }
  }

  private record Id(String issuer, String token) {}

  Withdrawn(ControlStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** As of now: the store is asked each time. */
  CompletionStage<Boolean> withdrawn(TokenIdentity token) {
    return store
        .changesSince(version())
        .thenCompose(
            changes -> {
              learn(changes);
              return changes.more()
                  ? withdrawn(token)
                  : CompletableFuture.completedStage(ended(token));
            });
  }

  private synchronized long version() {
    return version;
  }

  private synchronized void learn(Changes changes) {
    Instant now = clock.instant();
    callers.values().removeIf(ended -> ended.keptUntil.isBefore(now));
    tokens.values().removeIf(ended -> ended.keptUntil.isBefore(now));
    logins.values().removeIf(ended -> ended.keptUntil.isBefore(now));
    subjects.values().removeIf(ended -> ended.keptUntil.isBefore(now));
    for (Revocation one : changes.revocations()) {
      Ended ended = new Ended(one.at(), one.keptUntil());
      switch (one) {
        case Revocation.OfCaller caller -> callers.merge(caller.name(), ended, Ended::later);
        case Revocation.OfToken token ->
            tokens.merge(new Id(token.issuer(), token.id()), ended, Ended::later);
        case Revocation.OfSignOn login ->
            logins.merge(new Id(login.issuer(), login.session()), ended, Ended::later);
        case Revocation.OfProviderSubject somebody ->
            subjects.merge(new Id(somebody.issuer(), somebody.subject()), ended, Ended::later);
        case Revocation.OfCredential _, Revocation.OfSession _, Revocation.OfGroups _ -> {}
      }
    }
    version = changes.version();
  }

  /** One that does not say when it was issued was issued before everything. */
  private synchronized boolean ended(TokenIdentity token) {
    Instant issued = token.issued().orElse(Instant.EPOCH);
    boolean caller =
        Stream.concat(Stream.of(token.subject()), token.actors().stream())
            .anyMatch(name -> since(callers.get(name), issued));
    String issuer = token.issuer();
    boolean loggedOut =
        token.signOn().session().filter(id -> logins.containsKey(new Id(issuer, id))).isPresent()
            || token
                .signOn()
                .subject()
                .filter(name -> since(subjects.get(new Id(issuer, name)), issued))
                .isPresent();
    return caller
        || loggedOut
        || token.tokenId().map(id -> tokens.containsKey(new Id(token.issuer(), id))).orElse(false);
  }

  private static boolean since(@Nullable Ended ended, Instant issued) {
    return ended != null && !ended.at.isBefore(issued);
  }
}
