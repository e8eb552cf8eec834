package io.gatehouse.appliance.identity.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer as they were fetched last, and when they are fetched again. Any thread
 * asks; nobody waits on a thread. One fetch is under way at a time.
 */
final class IssuerKeys {
  /** So many checks wait for one issuer; an issuer that is out must not use up all of them. */
  static final int MAX_WAITING = 256;

  /** One for a key that is new, and some for those who make ids up. */
  static final int FETCHES_FOR_UNKNOWN = 3;

  private final KeyRules rules;
  private final InstantSource clock;
  private final Callable<KeySet> source;
  private final Executor threads;
  private final KeyEvents events;

  // All below: guarded by this.
  private @Nullable KeySet known;
  private Instant fetched = Instant.EPOCH;
  private @Nullable Instant failed;
  private @Nullable CompletableFuture<?> running;
  private final Deque<Instant> forUnknown = new ArrayDeque<>();
  private int waiting;

  /**
   * Fetches nothing yet.
   *
   * @param threads runs a fetch, which may block it
   */
  IssuerKeys(
      KeyRules rules,
      InstantSource clock,
      Callable<KeySet> source,
      Executor threads,
      KeyEvents events) {
    this.rules = rules;
    this.clock = clock;
    this.source = source;
    this.threads = threads;
    this.events = events;
  }

  /** How a check goes on. */
  private sealed interface Step {
    record Found(PublishedKey key) implements Step {}

    record Refused(TokenRefusal reason) implements Step {}

    /** Until a fetch ends; {@code enough} if it began after the question. */
    record Wait(CompletableFuture<?> fetch, boolean enough) implements Step {}
  }

  /** How often a check has waited: what it waited for first may have begun before it asked. */
  private enum Patience {
    FRESH,
    WAITED,
    OVER
  }

  /** The key, or a {@link RefusedTokenException}; often at once. */
  CompletableFuture<PublishedKey> find(String id) {
    return find(id, Patience.FRESH);
  }

  private CompletableFuture<PublishedKey> find(String id, Patience patience) {
    return switch (next(id, patience)) {
      case Step.Found(PublishedKey key) -> CompletableFuture.completedFuture(key);
      case Step.Refused(TokenRefusal reason) ->
          CompletableFuture.failedFuture(new RefusedTokenException(reason));
      case Step.Wait(CompletableFuture<?> fetch, boolean enough) ->
          fetch.thenCompose(
              ended -> {
                synchronized (this) {
                  waiting--;
                }
                return find(id, enough ? Patience.OVER : Patience.WAITED);
              });
    };
  }

  private synchronized Step next(String id, Patience patience) {
    Instant now = clock.instant();
    Duration age = age(now);
    if (known == null || age.compareTo(rules.outage()) >= 0) {
      TokenRefusal reason =
          known == null ? TokenRefusal.KEYS_UNAVAILABLE : TokenRefusal.KEYS_OUTDATED;
      return patience == Patience.OVER ? new Step.Refused(reason) : wait(now, patience, reason);
    }
    Optional<PublishedKey> key = known.find(id);
    if (key.isEmpty()) {
      return unknown(now, patience);
    }
    if (age.compareTo(rules.refresh()) < 0) {
      return new Step.Found(key.get());
    }
    boolean longAgo = age.compareTo(rules.refresh().multipliedBy(2)) >= 0;
    if (longAgo && failed == null && patience != Patience.OVER) {
      return wait(now, patience, TokenRefusal.KEYS_UNAVAILABLE);
    }
    if (running == null && mayFetch(now)) {
      fetch(now);
    }
    return new Step.Found(key.get());
  }

  /** A clock that was set back says nothing of it; by a little it may. */
  private Duration age(Instant now) {
    return now.isBefore(fetched.minus(rules.pause()))
        ? rules.outage()
        : Duration.between(fetched, now);
  }

  private Step unknown(Instant now, Patience patience) {
    if (patience == Patience.OVER) {
      return new Step.Refused(TokenRefusal.KEY_UNKNOWN);
    }
    if (running == null) {
      forUnknown.removeIf(before -> over(before, now));
      if (!mayFetch(now) || forUnknown.size() >= FETCHES_FOR_UNKNOWN) {
        return new Step.Refused(TokenRefusal.KEY_UNKNOWN);
      }
      forUnknown.add(now);
    }
    return wait(now, patience, TokenRefusal.KEY_UNKNOWN);
  }

  private Step wait(Instant now, Patience patience, TokenRefusal otherwise) {
    if (waiting >= MAX_WAITING) {
      return new Step.Refused(TokenRefusal.BUSY);
    }
    CompletableFuture<?> joined = running;
    if (joined == null) {
      if (!mayFetch(now)) {
        return new Step.Refused(otherwise);
      }
      joined = fetch(now);
      waiting++;
      return new Step.Wait(joined, true);
    }
    waiting++;
    return new Step.Wait(joined, patience == Patience.WAITED);
  }

  private boolean mayFetch(Instant now) {
    return failed == null || over(failed, now);
  }

  private boolean over(Instant before, Instant now) {
    return !now.isBefore(before.plus(rules.pause())) || now.isBefore(before.minus(rules.pause()));
  }

  private CompletableFuture<?> fetch(Instant now) {
    CompletableFuture<@Nullable Void> fetch = new CompletableFuture<>();
    running = fetch;
    try {
      threads.execute(() -> run(now, fetch));
    } catch (RejectedExecutionException e) {
      settle(now, Optional.empty(), "the gate is being stopped");
      fetch.complete(null);
    }
    return fetch;
  }

  private void run(Instant began, CompletableFuture<@Nullable Void> fetch) {
    Optional<KeySet> keys = Optional.empty();
    String why = "unexpectedly";
    try {
      keys = Optional.of(source.call());
    } catch (KeysUnavailableException e) {
      why = String.valueOf(e.getMessage());
    } catch (Exception e) {
      // Of an unexpected one only the class: its message may quote an answer.
      why = "unexpectedly: " + e.getClass().getName();
    } finally {
      settle(began, keys, why);
      fetch.complete(null);
    }
  }

  /** Their age counts from when the fetch began: later the issuer may have withdrawn one. */
  private synchronized void settle(Instant began, Optional<KeySet> keys, String why) {
    running = null;
    if (keys.isPresent()) {
      if (known == null || failed != null || !known.equals(keys.get())) {
        events.fetched(keys.get());
      }
      known = keys.get();
      fetched = began;
      failed = null;
    } else {
      if (failed == null) {
        events.failed(why);
      }
      failed = clock.instant();
    }
  }
}
