package io.gatehouse.appliance.identity.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When the provider is asked.
 *
 * @param every from one answer to the next question
 * @param outage how long groups are good without an answer
 */
public record RefreshRules(Duration every, Duration outage) {
  /** After no answer; a provider that is down is not to be asked by everybody at once. */
  private static final Duration RETRY = Duration.ofSeconds(30);

  /** On either side, so that what was issued together is not asked about together for ever. */
  private static final double JITTER = 0.1;

  public RefreshRules {
    if (!every.isPositive() || outage.compareTo(every) <= 0) {
      throw new IllegalArgumentException(
          "groups have to be good for longer than until the next question");
    }
  }

  Instant next(Instant now, RandomGenerator random) {
    return now.plus(jittered(every, random));
  }

  Instant retry(Instant now, RandomGenerator random) {
    return now.plus(jittered(every.compareTo(RETRY) < 0 ? every : RETRY, random));
  }

  private static Duration jittered(Duration usual, RandomGenerator random) {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis((long) (usual.toMillis() * factor));
  }

  Instant goodUntil(Instant asked) {
    return asked.plus(outage);
  }
}
