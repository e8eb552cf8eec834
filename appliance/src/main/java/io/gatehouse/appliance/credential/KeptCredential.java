package io.gatehouse.appliance.credential;

import io.gatehouse.plugin.secret.FetchedSecret;
import io.gatehouse.plugin.secret.Term;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One held credential, and what takes its place: before it ends, when its source said that it
 * changes, every so often, and when a server refuses it. The last one stays good until its end.
 * Thread-safe.
 */
final class KeptCredential implements Credential.Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(KeptCredential.class);

  /** After the time at which a source replaces a secret, so that it has done so. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  private static final Duration SOONEST = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(30);

  /**
   * @param place where it is in the configuration, for messages
   * @param user empty where its source says who it is
   */
  record Name(String place, Optional<String> user) {}

  private final Name name;
  private final Origin origin;
  private final Clock clock;
  private final Readings readings;

  // All below: guarded by this.
  private final Pause pause = new Pause();
  private @Nullable Credential newest;
  private Term term = new Term.Open();
  private long since;

  /** Tells a plan that was made before something else happened. */
  private long plans;

  private @Nullable CompletableFuture<Optional<Credential>> reading;

  KeptCredential(Name name, Origin origin, Clock clock, Readings readings) {
    this.name = name;
    this.origin = origin;
    this.clock = clock;
    this.readings = readings;
  }

  /** The first one. Fails with {@link NoCredentialException}. */
  CompletableFuture<Credential> begin() {
    return origin.fetch().thenApply(this::take);
  }

  @Override
  public synchronized Optional<Credential> current(Credential held) {
    return over() ? Optional.empty() : Optional.ofNullable(newest);
  }

  @Override
  public boolean changesUser() {
    return name.user.isEmpty();
  }

  private boolean over() {
    return term instanceof Term.Ends(Duration in, _) && passed().compareTo(in) >= 0;
  }

  private Duration passed() {
    return Duration.ofNanos(clock.nanos() - since);
  }

  @Override
  public CompletionStage<Optional<Credential>> another(Credential refused) {
    CompletableFuture<Optional<Credential>> answer;
    synchronized (this) {
      if (newest != null && !newest.equals(refused) && !over()) {
        return CompletableFuture.completedFuture(Optional.of(newest));
      }
      if (reading != null) {
        return reading;
      }
      if (!pause.over(clock.nanos())) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      answer = new CompletableFuture<>();
      reading = answer;
    }
    origin.fetch().whenComplete((fetched, failure) -> answer(refused, answer, fetched, failure));
    return answer;
  }

  private void answer(
      Credential refused,
      CompletableFuture<Optional<Credential>> answer,
      @Nullable FetchedSecret fetched,
      @Nullable Throwable failure) {
    Optional<Credential> another = Optional.empty();
    try {
      if (fetched == null) {
        failed(failure);
      } else {
        Credential taken = take(fetched);
        another = taken.equals(refused) ? Optional.empty() : Optional.of(taken);
        if (another.isEmpty()) {
          LOG.atWarn()
              .addKeyValue("place", name.place)
              .log("the server refuses the held credential, and its source has no other");
        }
      }
    } catch (CompletionException e) {
      failed(e);
    } finally {
      synchronized (this) {
        reading = null;
      }
      answer.complete(another);
    }
  }

  /** Wipes what was fetched. What is the same as before stays, and what was derived of it. */
  private Credential take(FetchedSecret fetched) {
    try (fetched) {
      String user = user(fetched);
      if (fetched.bytes().length == 0) {
        throw new CompletionException(new NoCredentialException("the secret there is empty"));
      }
      Credential taken;
      synchronized (this) {
        term = fetched.term();
        since = clock.nanos();
        Credential before = newest;
        boolean same = before != null && before.user().equals(user) && same(before, fetched);
        taken =
            before != null && same
                ? before
                : new Credential(user, HeldSecret.of(Secret.of(fetched.bytes())), this);
        newest = taken;
        if (before != null && !same) {
          readings.replacedOne();
          LOG.atInfo()
              .addKeyValue("place", name.place)
              .addKeyValue("user", user)
              .log("held credential replaced");
        }
      }
      plan(due());
      return taken;
    }
  }

  private String user(FetchedSecret fetched) {
    String user =
        name.user
            .or(fetched::user)
            .orElseThrow(
                () ->
                    new CompletionException(
                        new NoCredentialException(
                            "neither the configuration nor the source names a user")));
    if (fetched.user().filter(named -> !named.equals(user)).isPresent()) {
      throw new CompletionException(
          new NoCredentialException("the source names another user than the configuration"));
    }
    return user;
  }

  private static boolean same(Credential before, FetchedSecret fetched) {
    HeldSecret held = before.password();
    if (held == null) {
      return false;
    }
    try (Secret secret = held.copy()) {
      return MessageDigest.isEqual(secret.bytes(), fetched.bytes());
    }
  }

  /** When it is to be looked after next, if ever. */
  private synchronized Optional<Duration> due() {
    Optional<Duration> byTerm =
        switch (term) {
          case Term.Open() -> Optional.empty();
          case Term.Ends(Duration in, _) -> Optional.of(in.multipliedBy(2).dividedBy(3));
          case Term.Replaced(Duration in) -> Optional.of(in.plus(AFTERWARDS));
        };
    Optional<Duration> refresh = origin.refresh();
    return byTerm.isPresent() && refresh.isPresent()
        ? Optional.of(shorter(byTerm.get(), refresh.get()))
        : byTerm.or(() -> refresh);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void plan(Optional<Duration> delay) {
    long plan;
    synchronized (this) {
      plan = ++plans;
    }
    delay.ifPresent(
        time ->
            clock.after(
                time.compareTo(SOONEST) < 0 ? SOONEST : time,
                () -> {
                  if (current(plan)) {
                    look();
                  }
                }));
  }

  private synchronized boolean current(long plan) {
    return plan == plans;
  }

  private void look() {
    Term now;
    synchronized (this) {
      now = term;
    }
    switch (now) {
      case Term.Ends(Duration in, Optional<String> lease) when lease.isPresent() ->
          origin
              .extend(lease.get())
              .exceptionally(_ -> Optional.empty())
              .thenAccept(left -> extended(in, lease.get(), left));
      case Term.Ends _, Term.Open _, Term.Replaced _ -> fetchAnother();
    }
  }

  /**
   * What is extended by little will not be for long: another is fetched while it is still good. A
   * question that failed says nothing about the next.
   */
  private void extended(Duration granted, String lease, Optional<Duration> left) {
    if (left.isEmpty() || left.get().multipliedBy(2).compareTo(granted) < 0) {
      fetchAnother();
      return;
    }
    synchronized (this) {
      if (!(term instanceof Term.Ends(_, Optional<String> now))
          || !now.equals(Optional.of(lease))) {
        return; // another was taken in the meantime
      }
      term = new Term.Ends(left.get(), Optional.of(lease));
      since = clock.nanos();
    }
    plan(due());
  }

  private void fetchAnother() {
    origin
        .fetch()
        .thenAccept(this::take)
        .exceptionally(
            failure -> {
              failed(failure);
              plan(Optional.of(retry()));
              return null;
            });
  }

  private synchronized Duration retry() {
    return term instanceof Term.Ends(Duration in, _)
        ? shorter(RETRY, in.minus(passed()).dividedBy(4))
        : RETRY;
  }

  private void failed(@Nullable Throwable failure) {
    readings.failedOnce();
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    LOG.atWarn()
        .addKeyValue("place", name.place)
        .addKeyValue("reason", cause == null ? "unknown" : reason(cause))
        .log("no other held credential, the last one stays until its end");
  }

  /** Only what was made for reading may be read. */
  private static String reason(Throwable cause) {
    return cause instanceof NoCredentialException
        ? String.valueOf(cause.getMessage())
        : cause.getClass().getName();
  }
}
