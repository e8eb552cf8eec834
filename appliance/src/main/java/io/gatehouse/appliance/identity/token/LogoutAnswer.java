package io.gatehouse.appliance.identity.token;

import java.time.Instant;
import java.util.Optional;

/** What became of a logout token. */
public sealed interface LogoutAnswer {

  /**
   * Somebody was logged out.
   *
   * @param subject the provider's {@code sub}
   * @param session the provider's {@code sid}; it or the subject is there
   * @param id its {@code jti}
   * @param at when, by the provider's clock
   * @param expiry until when it could be sent again
   */
  record Told(
      String issuer,
      Optional<String> subject,
      Optional<String> session,
      String id,
      Instant at,
      Instant expiry)
      implements LogoutAnswer {}

  /** It says nothing. */
  record Refused(TokenRefusal reason) implements LogoutAnswer {}
}
