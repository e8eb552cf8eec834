package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.identity.token.Json;
import java.time.Duration;
import java.util.Optional;

/** How long a credential shall be good: {@code {"minutes": 30}}, or what is usual. */
final class Lifetime {
  static final String MINUTES = "minutes";

  private Lifetime() {}

  private static Optional<Duration> read(Json asked, Duration usual) {
    return asked instanceof Json.Numeric(double minutes)
            && minutes >= 1
            && minutes <= usual.toMinutes()
            && minutes == Math.rint(minutes)
        ? Optional.of(Duration.ofMinutes((long) minutes))
        : Optional.empty();
  }

  /** Of what else is asked for with it; empty if it is not allowed. */
  static Optional<Duration> of(Json.Members asked, Duration usual) {
    Optional<Json> minutes = asked.find(MINUTES);
    return minutes.isPresent() ? read(minutes.get(), usual) : Optional.of(usual);
  }

  static DeskAnswer refused(Duration usual) {
    return DeskAnswer.error(
        DeskAnswer.BAD,
        "lifetime-not-allowed",
        "the body is not {\"minutes\": n} with n from 1 to " + usual.toMinutes(),
        "leave the body out for " + usual.toMinutes() + " minutes");
  }
}
