package io.gatehouse.appliance.verdict;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.appliance.sql.NameState;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives equal contexts one number, so that sessions share verdicts and a lookup hashes a number
 * instead of a context. A context that was forgotten gets another number: what was known under the
 * old one is never found again. Thread-safe.
 */
public final class Contexts {
  private final AtomicLong last = new AtomicLong();
  private final Cache<Context, Long> numbers;

  /**
   * @param maximum how many, where one counts for as many as it holds names of a session's own
   */
  public Contexts(long maximum) {
    numbers =
        Caffeine.newBuilder()
            .maximumWeight(maximum)
            .<Context, Long>weigher((context, _) -> weight(context.names()))
            .executor(Runnable::run)
            .build();
  }

  private static int weight(NameState names) {
    return switch (names) {
      case NameState.Known known -> 1 + known.path().size() + known.temporary().size();
      case NameState.Unknown _ -> 1;
    };
  }

  long size() {
    return numbers.estimatedSize();
  }

  public long number(Context context) {
    return numbers.get(context, _ -> last.incrementAndGet());
  }
}
