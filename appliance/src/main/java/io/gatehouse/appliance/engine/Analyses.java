package io.gatehouse.appliance.engine;

import io.gatehouse.spi.net.Limit;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which text is read and planned: few, since it is work and not waiting, with a
 * queue that ends. Thread-safe.
 */
public final class Analyses implements AutoCloseable {
  private final ThreadPoolExecutor readers;
  private final ScheduledThreadPoolExecutor timers;
  private final Duration limit;

  private final Observer observer;

  /** Told of what becomes of analyses, on any thread; must not block. */
  public interface Observer {
    Observer NOBODY =
        new Observer() {
          @Override
          public void read(long nanos) {}

          @Override
          public void reached(Limit limit) {}
        };

    /** One is over; waiting does not count. */
    void read(long nanos);

    /** One came to nothing, or did not begin. */
    void reached(Limit limit);
  }

  public Analyses(int threads, int queue, Duration limit) {
    this(threads, queue, limit, Observer.NOBODY);
  }

  public Analyses(int threads, int queue, Duration limit, Observer observer) {
    this.observer = observer;
    this.limit = limit;
    readers =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().daemon().name("analysis-", 0).factory());
    timers =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("deadlines-", 0).factory());
    timers.setRemoveOnCancelPolicy(true);
  }

  /** Whether there was room for it. */
  boolean start(Runnable analysis) {
    try {
      readers.execute(() -> timed(analysis));
      return true;
    } catch (RejectedExecutionException full) {
      observer.reached(Limit.ANALYSIS_QUEUE);
      return false;
    }
  }

  private void timed(Runnable analysis) {
    long began = System.nanoTime();
    try {
      analysis.run();
    } finally {
      observer.read(System.nanoTime() - began);
    }
  }

  /** An analysis came to nothing because of a limit. */
  void reached(Limit reached) {
    observer.reached(reached);
  }

  /** How many have not begun. */
  public int waiting() {
    return readers.getQueue().size();
  }

  /** For what is read of catalogs; a full queue is a failed reading. */
  public Executor executor() {
    return readers;
  }

  Duration limit() {
    return limit;
  }

  /** Does something short after a time, unless it is cancelled. */
  public ScheduledFuture<?> after(Duration time, Runnable something) {
    return timers.schedule(something, saturated(time), TimeUnit.MILLISECONDS);
  }

  private static long saturated(Duration time) {
    return time.toSeconds() >= Long.MAX_VALUE / 1_000_000 ? Long.MAX_VALUE / 2 : time.toMillis();
  }

  @Override
  public void close() {
    readers.shutdownNow();
    timers.shutdownNow();
  }
}
