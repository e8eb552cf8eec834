package io.gatehouse.appliance.credential;

import io.gatehouse.appliance.config.SourcesConfig;
import io.gatehouse.plugin.secret.FetchedSecret;
import io.gatehouse.plugin.secret.SecretSource;
import io.gatehouse.plugin.secret.SecretUnavailableException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A source of secrets of a plugin, with the one thread that asks it: one that hangs keeps nobody
 * but itself.
 */
final class OpenSource implements AutoCloseable {
  /** Each credential has one question under way, two at most. */
  private static final int MOST_WAITING = 1_024;

  private static final long CLOSE_SECONDS = 2;

  private final String name;
  private final SecretSource source;
  private final SourcesConfig.Source config;
  private final ScheduledExecutorService deadlines;
  private final ThreadPoolExecutor thread;

  OpenSource(
      String name,
      SecretSource source,
      SourcesConfig.Source config,
      ScheduledExecutorService deadlines) {
    this.name = name;
    this.source = source;
    this.config = config;
    this.deadlines = deadlines;
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("source-" + name).daemon().factory());
  }

  private interface Question<T> {
    T ask() throws SecretUnavailableException;
  }

  Origin origin(Map<String, String> reference) {
    return new Origin() {
      @Override
      public CompletableFuture<FetchedSecret> fetch() {
        return ask(() -> source.fetch(reference));
      }

      @Override
      public CompletableFuture<Optional<Duration>> extend(String lease) {
        return ask(() -> source.extend(lease));
      }

      @Override
      public Optional<Duration> refresh() {
        return config.refresh();
      }
    };
  }

  private <T> CompletableFuture<T> ask(Question<T> question) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      Future<?> asked = thread.submit(() -> answer(question, result));
      Future<?> deadline =
          deadlines.schedule(
              () -> {
                if (result.completeExceptionally(
                    failure("no answer within " + config.answer().toSeconds() + " seconds"))) {
                  asked.cancel(true);
                }
              },
              config.answer().toMillis(),
              TimeUnit.MILLISECONDS);
      result.whenComplete((_, _) -> deadline.cancel(false));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(failure("it is closed, or too many questions wait"));
    }
    return result;
  }

  /** What a plugin throws without having declared it may have anything in its message. */
  private <T> void answer(Question<T> question, CompletableFuture<T> result) {
    try {
      T answer = question.ask();
      if (!result.complete(answer) && answer instanceof FetchedSecret late) {
        late.close();
      }
    } catch (SecretUnavailableException e) {
      String reason = e.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      result.completeExceptionally(failure(reason + ": " + e.getMessage()));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(failure("it failed with " + e.getClass().getName()));
    }
  }

  private NoCredentialException failure(String reason) {
    return new NoCredentialException("source " + name + ": " + reason);
  }

  /** A question that is under way is interrupted; one that does not end is left behind. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        source.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
