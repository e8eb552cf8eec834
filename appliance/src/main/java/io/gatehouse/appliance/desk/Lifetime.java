package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.identity.token.Json;
import io.gatehouse.appliance.identity.token.JsonReader;
import io.gatehouse.appliance.identity.token.UnreadableJsonException;
import java.time.Duration;
import java.util.Optional;

/** How long a credential shall be good: {@code {"minutes": 30}}, or what is usual. */
final class Lifetime {
  private static final String MINUTES = "minutes";

  private Lifetime() {}

  /** Empty if the body says anything else, or more than is allowed. */
  static Optional<Duration> read(byte[] body, Duration usual) {
    if (body.length == 0) {
      return Optional.of(usual);
    }
    try {
      Json.Members asked = JsonReader.object(body);
      if (asked.byName().isEmpty()) {
        return Optional.of(usual);
      }
      return asked.byName().size() == 1
          ? asked.find(MINUTES).flatMap(minutes -> read(minutes, usual))
          : Optional.empty();
    } catch (UnreadableJsonException e) {
      return Optional.empty();
    }
  }

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
