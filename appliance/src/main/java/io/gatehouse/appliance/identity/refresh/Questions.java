package io.gatehouse.appliance.identity.refresh;

import io.gatehouse.appliance.control.Holder;
import io.gatehouse.appliance.control.Refreshes;
import io.gatehouse.appliance.control.Refreshes.Due;
import io.gatehouse.appliance.control.Refreshes.Renewal;
import io.gatehouse.appliance.control.Refreshes.Renewed;
import io.gatehouse.appliance.control.Refreshes.Sealed;
import io.gatehouse.appliance.control.Refreshes.Taken;
import io.gatehouse.appliance.control.StoreException;
import io.gatehouse.appliance.identity.token.TokenAnswer;
import io.gatehouse.appliance.identity.token.TokenCheck;
import io.gatehouse.appliance.identity.token.TokenIdentity;
import io.gatehouse.appliance.identity.token.TokenRefusal;
import io.gatehouse.appliance.journal.record.CredentialRecord;
import io.gatehouse.appliance.journal.record.JournalRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question to the provider after the other, each from a taken row to what is in the store then.
 * Blocks its caller, which is a virtual thread. Nothing of a token is in a log.
 */
public final class Questions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.refresh");

  /** Of writes that lose a refresh token when they fail. */
  private static final int MOST_TRIES = 3;

  /** Say nothing about the token. */
  private static final Set<TokenRefusal> OURS =
      EnumSet.of(
          TokenRefusal.KEYS_UNAVAILABLE,
          TokenRefusal.KEYS_OUTDATED,
          TokenRefusal.BUSY,
          TokenRefusal.FAILED);

  private final Parts parts;
  private final TokenEndpoint provider;

  /**
   * What it works with.
   *
   * @param ledger where it is put on record; not waited for
   */
  public record Parts(
      Refreshes store,
      RefreshSeal seal,
      RefreshRules rules,
      TokenCheck tokens,
      InstantSource clock,
      RandomGenerator random,
      Function<JournalRecord, CompletionStage<?>> ledger) {}

  /** Of a provider, as its public client. */
  public Questions(String issuer, String client, SSLContext trust, Parts parts) {
    this.parts = parts;
    provider = new TokenEndpoint(issuer, client, trust);
  }

  Outcome ask(Taken taken) {
    try {
      return asked(taken);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("credential", taken.credential().name())
          .addKeyValue("exception", e.getClass().getName())
          .log("a refresh failed unexpectedly");
      return Outcome.LOST;
    }
  }

  private Outcome asked(Taken taken) {
    Instant began = parts.clock().instant();
    Optional<String> token = parts.seal().open(taken.credential().name(), taken.sealed());
    if (token.isEmpty()) {
      return unanswered(taken, "its refresh token was sealed under another key", Optional.empty());
    }
    return switch (provider.ask(token.get())) {
      case ProviderAnswer.Silent(String why) -> unanswered(taken, why, Optional.empty());
      case ProviderAnswer.Refused() -> withdrawn(taken, "invalid_grant");
      case ProviderAnswer.Granted granted -> granted(taken, granted, began);
    };
  }

  private Outcome granted(Taken taken, ProviderAnswer.Granted granted, Instant began) {
    Optional<Sealed> next =
        granted.next().map(token -> parts.seal().seal(taken.credential().name(), token));
    TokenAnswer answer = parts.tokens().check(granted.access()).toCompletableFuture().join();
    return switch (answer) {
      case TokenAnswer.Accepted(TokenIdentity identity) ->
          same(taken.credential().holder(), identity)
              ? renewed(taken, renewal(identity, next, began))
              : withdrawn(taken, "another caller");
      case TokenAnswer.Refused refused ->
          OURS.contains(refused.reason())
              ? unanswered(taken, "token " + refused.reason().code(), next)
              : withdrawn(taken, "token " + refused.reason().code());
    };
  }

  private static boolean same(Holder holder, TokenIdentity identity) {
    return holder.subject().equals(identity.subject())
        && holder.issuer().equals(identity.issuer())
        && holder.actor().equals(identity.actors().stream().findFirst())
        && holder.kind() == identity.kind();
  }

  private Renewal renewal(TokenIdentity identity, Optional<Sealed> next, Instant began) {
    return new Renewal(
        next,
        identity.groups(),
        identity.issued().orElse(began),
        new Due(
            parts.rules().next(parts.clock().instant(), parts.random()),
            parts.rules().goodUntil(began)));
  }

  private Outcome renewed(Taken taken, Renewal renewal) {
    Optional<Renewed> written =
        insisted(taken, () -> parts.store().renew(taken, renewal)).flatMap(found -> found);
    if (written.isEmpty()) {
      return lost(taken);
    }
    if (!written.get().changed()) {
      return Outcome.SAME;
    }
    Holder holder = taken.credential().holder();
    LOG.atInfo()
        .addKeyValue("credential", taken.credential().name())
        .addKeyValue("caller", holder.subject())
        .log("groups changed");
    keep(
        new CredentialRecord.Refreshed(
            taken.credential().name(), holder.subject(), written.get().before(), renewal.groups()));
    return Outcome.CHANGED;
  }

  private Outcome withdrawn(Taken taken, String why) {
    Optional<Boolean> written =
        insisted(taken, () -> parts.store().withdraw(taken, parts.clock().instant()));
    if (written.isEmpty() || !written.get()) {
      return lost(taken);
    }
    LOG.atInfo()
        .addKeyValue("credential", taken.credential().name())
        .addKeyValue("caller", taken.credential().holder().subject())
        .addKeyValue("reason", why)
        .log("credential withdrawn");
    keep(
        new CredentialRecord.Withdrawn(
            taken.credential().name(), taken.credential().holder().subject(), why));
    return Outcome.WITHDRAWN;
  }

  /** Nothing became known; by a token that was replaced already it would never be again. */
  private Outcome unanswered(Taken taken, String why, Optional<Sealed> next) {
    LOG.atWarn()
        .addKeyValue("credential", taken.credential().name())
        .addKeyValue("reason", why)
        .log("the provider did not confirm groups");
    Instant due = parts.rules().retry(parts.clock().instant(), parts.random());
    Optional<Boolean> written = insisted(taken, () -> parts.store().postpone(taken, due, next));
    return written.isPresent() ? Outcome.UNANSWERED : lost(taken);
  }

  private static Outcome lost(Taken taken) {
    LOG.atWarn()
        .addKeyValue("credential", taken.credential().name())
        .log("what the provider said is not in the store");
    return Outcome.LOST;
  }

  private <T> Optional<T> insisted(Taken taken, Supplier<CompletionStage<T>> write) {
    for (int i = 0; i < MOST_TRIES; i++) {
      try {
        return Optional.of(write.get().toCompletableFuture().join());
      } catch (CompletionException e) {
        LOG.atWarn()
            .addKeyValue("credential", taken.credential().name())
            .addKeyValue("reason", StoreException.from(e).failure())
            .log("the control store did not take what the provider said");
      }
    }
    return Optional.empty();
  }

  /** It has taken effect already. */
  private void keep(JournalRecord one) {
    parts
        .ledger()
        .apply(one)
        .whenComplete(
            (_, problem) -> {
              if (problem != null) {
                LOG.atError().addKeyValue("reason", problem.toString()).log("not on record");
              }
            });
  }

  @Override
  public void close() {
    provider.close();
  }
}
