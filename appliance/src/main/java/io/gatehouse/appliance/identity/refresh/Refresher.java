package io.gatehouse.appliance.identity.refresh;

import io.gatehouse.appliance.control.Refreshes;
import io.gatehouse.appliance.control.Refreshes.Taken;
import io.gatehouse.appliance.control.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is due from the store and has it asked about, some at a time. A thread of its own
 * looks each second and never waits; questions are asked on virtual threads.
 */
public final class Refresher implements AutoCloseable {
  /** Questions of one gate at a time. */
  static final int MOST_AT_ONCE = 16;

  /** Longer than two answers of the provider, a check with new keys, and the store's retries. */
  static final Duration LEASE = Duration.ofMinutes(1);

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.refresh");

  private final Refreshes store;
  private final InstantSource clock;
  private final Questions questions;
  private final Consumer<Outcome> counted;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final AtomicBoolean taking = new AtomicBoolean();
  private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("refresh").factory());

  private Refresher(
      Refreshes store, InstantSource clock, Questions questions, Consumer<Outcome> counted) {
    this.store = store;
    this.clock = clock;
    this.questions = questions;
    this.counted = counted;
  }

  /**
   * Closed before the store is, with its questions.
   *
   * @param counted told on any thread, and at once
   */
  public static Refresher start(
      Refreshes store, InstantSource clock, Questions questions, Consumer<Outcome> counted) {
    Refresher started = new Refresher(store, clock, questions, counted);
    started.thread.scheduleWithFixedDelay(
        started::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return started;
  }

  private void tick() {
    if (!taking.compareAndSet(false, true)) {
      return;
    }
    int free = places.drainPermits();
    if (free == 0) {
      taking.set(false);
      return;
    }
    try {
      store.take(clock.instant(), LEASE, free).whenComplete((taken, e) -> took(free, taken, e));
    } catch (RuntimeException e) {
      // Else it would be the last tick.
      took(free, null, e);
    }
  }

  private void took(int free, @Nullable List<Taken> taken, @Nullable Throwable problem) {
    int used = taken == null ? 0 : taken.size();
    places.release(free - used);
    taking.set(false);
    if (taken == null) {
      LOG.atDebug()
          .addKeyValue("reason", problem == null ? "" : StoreException.from(problem).getMessage())
          .log("what is due is not known");
      return;
    }
    boolean more = used == free;
    taken.forEach(one -> begin(one, more));
  }

  private void begin(Taken one, boolean more) {
    try {
      asking.execute(
          () -> {
            try {
              counted.accept(questions.ask(one));
            } finally {
              places.release();
              if (more) {
                again();
              }
            }
          });
    } catch (RejectedExecutionException e) {
      places.release();
    }
  }

  /** Not only each second where there is more than fits into one. */
  private void again() {
    try {
      thread.execute(this::tick);
    } catch (RejectedExecutionException e) {
      // It was closed meanwhile.
    }
  }

  /** What is under way is cut off; its lease ends by itself. */
  @Override
  public void close() {
    thread.shutdownNow();
    asking.shutdownNow();
    questions.close();
  }
}
