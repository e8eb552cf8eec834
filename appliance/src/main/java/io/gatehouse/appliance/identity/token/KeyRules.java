package io.gatehouse.appliance.identity.token;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How an issuer's keys are kept.
 *
 * @param refresh how old they may be before they are fetched again
 * @param outage how old they may be and be used, while they cannot be fetched
 * @param pause how long nothing is fetched after a failure, and in which unknown keys cause no more
 *     than a few fetches
 * @param connect how long a connection may take
 * @param answer how long an answer may take, from the request to its last byte
 */
public record KeyRules(
    Duration refresh, Duration outage, Duration pause, Duration connect, Duration answer) {
  public static final KeyRules USUAL =
      new KeyRules(
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5));

  public KeyRules {
    if (!Stream.of(refresh, outage, pause, connect, answer).allMatch(Duration::isPositive)) {
      throw new IllegalArgumentException("the times about keys are more than nothing");
    }
    if (outage.compareTo(refresh.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException("keys are kept at least twice as long as until a refresh");
    }
  }

  public KeyRules withAnswer(Duration other) {
    return new KeyRules(refresh, outage, pause, connect, other);
  }
}
