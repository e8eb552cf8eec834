package io.gatehouse.appliance.control;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The few threads that wait for the database, and their connections: one thread has one at a time.
 * What failed is closed with whatever it had begun, so the next one starts with a new connection.
 */
final class StoreThreads implements AutoCloseable {
  private final Database database;
  private final Duration timeout;
  private final ThreadPoolExecutor executor;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  StoreThreads(Database database, StoreLimits limits) {
    this.database = database;
    this.timeout = limits.timeout();
    executor =
        new ThreadPoolExecutor(
            limits.threads(),
            limits.threads(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.waiting()),
            named());
  }

  private static ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return work ->
        Thread.ofPlatform()
            .daemon()
            .name("control-store-" + number.incrementAndGet())
            .unstarted(work);
  }

  /** Returns at once; what waits longer than the timeout fails, and is not begun any more. */
  <T extends @Nullable Object> CompletionStage<T> run(Transaction.Work<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      executor.execute(() -> answer(answer, work));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(rejected());
    }
    return answer
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .exceptionallyCompose(thrown -> CompletableFuture.failedStage(timely(thrown)));
  }

  private StoreException rejected() {
    return executor.isShutdown()
        ? new StoreException(StoreFailure.CLOSED, "the control store is closed")
        : new StoreException(
            StoreFailure.OVERLOADED,
            "%d already wait for the control store".formatted(executor.getQueue().size()));
  }

  private Throwable timely(Throwable thrown) {
    return thrown instanceof TimeoutException
        ? new StoreException(
            StoreFailure.TIMED_OUT,
            "the control store did not answer within " + timeout.toMillis() + " ms",
            thrown)
        : thrown;
  }

  private <T extends @Nullable Object> void answer(
      CompletableFuture<T> answer, Transaction.Work<T> work) {
    if (answer.isDone()) {
      return;
    }
    try {
      answer.complete(withConnection(work));
    } catch (StoreException e) {
      answer.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(
          new StoreException(StoreFailure.BROKEN, "the control store failed: " + e, e));
    }
  }

  /** On the calling thread. */
  <T extends @Nullable Object> T withConnection(Transaction.Work<T> work) throws StoreException {
    Connection connection = null;
    boolean done = false;
    try {
      connection = connection();
      T result = work.on(connection);
      done = true;
      return result;
    } catch (SQLException e) {
      throw database.failure(e);
    } finally {
      giveBack(connection, done);
    }
  }

  private Connection connection() throws SQLException, StoreException {
    for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
      if (kept.isValid(Math.max(1, Math.toIntExact(timeout.toSeconds())))) {
        return kept;
      }
      close(kept);
    }
    return database.connect();
  }

  private void giveBack(@Nullable Connection connection, boolean done) {
    if (connection != null) {
      if (done && !executor.isShutdown()) {
        idle.push(connection);
      } else {
        close(connection);
      }
    }
  }

  /** Whatever it had begun is rolled back. */
  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException alreadyGone) {
      // The failure that matters is the one that led here.
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    executor.getQueue().clear();
    try {
      executor.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
      close(kept);
    }
    database.close();
  }
}
