package io.gatehouse.appliance.session;

import io.gatehouse.appliance.control.Changes;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.control.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each second: ends sessions whose time is up, and asks the control store what was revoked. Its one
 * thread never waits for the store; all that is not volatile is that thread's.
 */
public final class SessionWatch implements LiveSessions.Sight, AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.session");

  private final LiveSessions sessions;
  private final Optional<ControlStore> store;
  private final Setting setting;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("session-watch").factory());
  private final CountDownLatch answeredOnce = new CountDownLatch(1);

  private final Confirmations confirmations;
  private long version;
  private long asked;
  private boolean asking;

  /** What was there at the start was revoked before, and is on record from then. */
  private boolean caughtUp;

  /** Nanoseconds; what is answered is true as of the question. */
  private volatile long known;

  private volatile boolean everKnown;

  /** Revocations did not fit, so that not all are known until they are read anew. */
  private volatile boolean overflown;

  private boolean reading;
  private boolean readAnew;
  private boolean wasBlind;
  private long forgotten;
  private final long began;
  private volatile String failure = "no answer yet";

  /**
   * What it works with.
   *
   * @param blind without an answer for longer, nobody is let in by what can be revoked
   * @param nanos of a clock that never goes back
   * @param acted told of each revocation that comes, on the watch's thread, which it may hold
   */
  public record Setting(
      Duration blind, InstantSource clock, LongSupplier nanos, Consumer<Acted> acted) {}

  /**
   * A revocation came.
   *
   * @param sessions how many it ended here at once
   */
  public record Acted(Revocation revocation, int sessions) {}

  private SessionWatch(LiveSessions sessions, Optional<ControlStore> store, Setting setting) {
    this.sessions = sessions;
    this.store = store;
    this.setting = setting;
    confirmations = new Confirmations(sessions, setting, this::onThread);
    began = setting.nanos().getAsLong();
    forgotten = began;
  }

  /** Waits a while for the first answer, so not on an event loop. Closed before the store is. */
  public static SessionWatch start(
      LiveSessions sessions, Optional<ControlStore> store, Setting setting) {
    SessionWatch watch = new SessionWatch(sessions, store, setting);
    if (store.isPresent()) {
      sessions.seenBy(watch);
    }
    watch.thread.scheduleWithFixedDelay(watch::tick, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    if (store.isPresent()) {
      watch.awaitFirst();
    }
    return watch;
  }

  private void awaitFirst() {
    try {
      if (!answeredOnce.await(FIRST.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the control store has not said yet what is revoked");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    try {
      sessions.expire();
      store.ifPresent(
          place -> {
            if (!asking) {
              ask(place);
            }
            confirmations.ask(place);
            sayIfBlind();
            forgetSometimes(place);
          });
    } catch (RuntimeException e) {
      // Else it would be the last tick.
      LOG.atError().addKeyValue("reason", e.toString()).log("the watch over sessions failed");
    }
  }

  private void ask(ControlStore place) {
    if (readAnew) {
      beginAnew();
    }
    asking = true;
    asked = setting.nanos().getAsLong();
    onThread(place.changesSince(version), (changes, thrown) -> answered(place, changes, thrown));
  }

  /** What becomes of a question. */
  interface Answer<T> {
    void come(@Nullable T answer, @Nullable Throwable thrown);
  }

  private <T> void onThread(CompletionStage<T> stage, Answer<T> next) {
    stage.whenComplete(
        (answer, thrown) -> {
          try {
            thread.execute(() -> next.come(answer, thrown));
          } catch (RejectedExecutionException e) {
            // It was closed meanwhile.
          }
        });
  }

  private void answered(ControlStore place, @Nullable Changes changes, @Nullable Throwable thrown) {
    asking = false;
    if (changes == null) {
      LOG.atDebug()
          .addKeyValue("reason", String.valueOf(thrown))
          .log("the control store did not say what is revoked");
      reason(thrown);
      return;
    }
    changes.revocations().forEach(one -> revoked(place, one));
    version = changes.version();
    if (changes.more()) {
      ask(place);
      return;
    }
    caughtUp = true;
    overflown = overflown && !reading;
    reading = false;
    known = asked;
    everKnown = true;
    answeredOnce.countDown();
  }

  private void reason(@Nullable Throwable thrown) {
    failure =
        thrown == null
            ? "no answer"
            : StoreException.from(thrown).failure().name().toLowerCase(Locale.ROOT);
  }

  private void revoked(ControlStore place, Revocation revocation) {
    if (!sessions.revocations().add(revocation)) {
      overflown = true;
      reading = false;
    }
    int ended = sessions.revoke(revocation);
    if (revocation instanceof Revocation.OfCaller caller) {
      sessions.doubtful(caller).forEach(one -> askAbout(place, one, caller));
    }
    if (caughtUp) {
      LOG.atInfo()
          .addKeyValue("what", kind(revocation))
          .addKeyValue("sessions", ended)
          .log("revoked");
      setting.acted().accept(new Acted(revocation, ended));
    }
  }

  /** Its gate's clock may have been ahead; if the store does not say that it is good, it ends. */
  private void askAbout(ControlStore place, LiveSession session, Revocation.OfCaller caller) {
    String name = session.who().standing().credential().orElseThrow();
    onThread(
        place.find(name, setting.clock().instant()),
        (found, _) -> {
          if (found == null || found.isEmpty()) {
            sessions.end(one -> one.equals(session), Ending.of(caller));
          }
        });
  }

  /** A word for the kind of it. */
  public static String kind(Revocation revocation) {
    return switch (revocation) {
      case Revocation.OfCaller _ -> "caller";
      case Revocation.OfCredential _ -> "credential";
      case Revocation.OfSession _ -> "session";
      case Revocation.OfToken _ -> "token";
      case Revocation.OfSignOn _ -> "login";
      case Revocation.OfProviderSubject _ -> "subject";
      case Revocation.OfGroups _ -> "groups";
    };
  }

  /** At the start the first answer is on its way. */
  private void sayIfBlind() {
    boolean beginning = !everKnown && setting.nanos().getAsLong() - began < FIRST.toNanos();
    boolean blind = !beginning && obstacle().isPresent();
    if (blind != wasBlind) {
      wasBlind = blind;
      if (blind) {
        LOG.atError()
            .addKeyValue("reason", obstacle().orElse(""))
            .log("logins by tokens and issued credentials are refused");
      } else {
        LOG.info("logins by tokens and issued credentials are possible again");
      }
    }
  }

  private void forgetSometimes(ControlStore place) {
    long now = setting.nanos().getAsLong();
    if (now - forgotten < FORGET_EVERY.toNanos()) {
      return;
    }
    forgotten = now;
    onThread(
        place.forget(setting.clock().instant()),
        (_, thrown) -> {
          if (thrown != null) {
            LOG.atWarn()
                .addKeyValue("reason", StoreException.from(thrown).getMessage())
                .log("the control store forgot nothing");
          }
        });
    sessions.revocations().forget(setting.clock().instant());
    readAnew = overflown;
  }

  /** Until all are read, nobody is let in who could be among them. */
  private void beginAnew() {
    sessions.revocations().clear();
    version = 0;
    readAnew = false;
    reading = true;
    caughtUp = false;
  }

  /** Seconds since what is revoked was known. */
  public double ageSeconds() {
    return everKnown ? (setting.nanos().getAsLong() - known) / 1e9 : Double.NaN;
  }

  @Override
  public Optional<String> obstacle() {
    if (overflown) {
      return Optional.of(
          "more than " + LiveSessions.MOST_REVOCATIONS + " revocations are in force");
    }
    boolean recent = everKnown && setting.nanos().getAsLong() - known <= setting.blind().toNanos();
    return recent
        ? Optional.empty()
        : Optional.of(
            "the control store has not said what is revoked for more than "
                + setting.blind().toSeconds()
                + " s: "
                + failure);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
