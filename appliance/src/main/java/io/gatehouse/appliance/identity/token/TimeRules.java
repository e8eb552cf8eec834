package io.gatehouse.appliance.identity.token;

import java.time.Duration;
import java.util.Optional;

/**
 * How an issuer's times are read.
 *
 * @param skew how far its clock and the gate's may be apart
 * @param age how long ago a token may have been issued
 */
public record TimeRules(Duration skew, Optional<Duration> age) {
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);

  public static final TimeRules USUAL = new TimeRules(Duration.ofSeconds(30), Optional.empty());

  public TimeRules {
    if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
      throw new IllegalArgumentException("the skew is between 0 and 5 minutes");
    }
    if (age.filter(limit -> !limit.isPositive()).isPresent()) {
      throw new IllegalArgumentException("the age of a token is limited to more than nothing");
    }
  }
}
