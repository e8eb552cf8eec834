package io.gatehouse.appliance.engine;

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

  public Analyses(int threads, int queue, Duration limit) {
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
      readers.execute(analysis);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
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
