package io.gatehouse.appliance.identity.token;

import java.time.Instant;
import java.util.Optional;

/**
 * By what a token is known, as it says itself: nothing of it is proved, so it is good for ending it
 * only.
 *
 * @param id its {@code jti}
 * @param expiry its {@code exp}, where that is a time
 */
public record NamedToken(String issuer, String id, Optional<Instant> expiry) {

  /** Empty if it is none, or does not say. Without a reason, which could quote it. */
  public static Optional<NamedToken> read(String token) {
    try {
      Json.Members claims = CompactToken.parse(token).claims();
      Optional<Instant> expiry =
          claims.find("exp").orElse(null) instanceof Json.Numeric(double seconds)
                  && seconds >= 0
                  && seconds < Integer.MAX_VALUE * 2.0
              ? Optional.of(Instant.ofEpochSecond((long) seconds))
              : Optional.empty();
      return claims.find("iss").orElse(null) instanceof Json.Text(String issuer)
              && claims.find("jti").orElse(null) instanceof Json.Text(String id)
              && ClaimedNames.acceptable(id)
          ? Optional.of(new NamedToken(issuer, id, expiry))
          : Optional.empty();
    } catch (RefusedTokenException e) {
      return Optional.empty();
    }
  }
}
