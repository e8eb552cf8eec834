package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.config.DeskConfig;
import io.gatehouse.appliance.identity.token.Json;
import io.gatehouse.appliance.identity.token.JsonReader;
import io.gatehouse.appliance.identity.token.UnreadableJsonException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is wished of a credential: {@code {"minutes": 30}}, or what is usual.
 *
 * @param lifetime how long it shall be good
 * @param refreshToken by what the provider can be asked again, if the desk wants to
 */
record Wish(Duration lifetime, Optional<String> refreshToken) {
  private static final String REFRESH = "refresh_token";

  /** RFC 6749, appendix A.17. */
  private static final Pattern TOKEN = Pattern.compile("[\\x20-\\x7E]{1,16384}");

  /** Empty if the body says anything else, or more than is allowed. */
  static Optional<Wish> read(byte[] body, DeskConfig config) {
    if (body.length == 0) {
      return Optional.of(new Wish(config.lifetime(), Optional.empty()));
    }
    try {
      Json.Members asked = JsonReader.object(body);
      Set<String> known =
          config.refresh().isPresent()
              ? Set.of(Lifetime.MINUTES, REFRESH)
              : Set.of(Lifetime.MINUTES);
      boolean sound =
          known.containsAll(asked.byName().keySet())
              && (!asked.has(REFRESH) || token(asked).isPresent());
      return Lifetime.of(asked, config.lifetime())
          .filter(_ -> sound)
          .map(lifetime -> new Wish(lifetime, token(asked)));
    } catch (UnreadableJsonException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> token(Json.Members asked) {
    return asked.find(REFRESH).orElse(null) instanceof Json.Text(String token)
        ? Optional.of(token).filter(TOKEN.asMatchPredicate())
        : Optional.empty();
  }

  static DeskAnswer refused(DeskConfig config) {
    long most = config.lifetime().toMinutes();
    return DeskAnswer.error(
        DeskAnswer.BAD,
        "lifetime-not-allowed",
        "the body is not {\"minutes\": n} with n from 1 to "
            + most
            + (config.refresh().isPresent() ? ", with a refresh_token or without" : ""),
        "leave the body out for " + most + " minutes");
  }

  @Override
  public String toString() {
    return "Wish[" + lifetime + "]";
  }
}
