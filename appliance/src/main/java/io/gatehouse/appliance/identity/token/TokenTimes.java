package io.gatehouse.appliance.identity.token;

import java.time.Instant;
import java.util.Optional;

/** The times of a token (RFC 7519 sections 4.1.4 to 4.1.6) against the clock. */
final class TokenTimes {
  /**
   * The end of the year 9999; what is later, or before 1970, is no time but a trick or a mistake.
   */
  private static final double LAST = 253_402_300_799d;

  private static final double MILLIS = 1_000d;

  private TokenTimes() {}

  /** From when to when it is good. */
  record Lifetime(Optional<Instant> issued, Instant expiry) {}

  /** Its lifetime, if it is valid now. */
  static Lifetime require(Json.Members claims, TimeRules rules, Instant now)
      throws RefusedTokenException {
    Optional<Instant> expiry = time(claims, "exp");
    Optional<Instant> notBefore = time(claims, "nbf");
    Optional<Instant> issued = time(claims, "iat");
    if (expiry.isEmpty()) {
      throw new RefusedTokenException(TokenRefusal.EXPIRY_MISSING);
    }
    Instant end = expiry.get();
    refuseIf(
        issued.filter(end::isBefore).isPresent() || notBefore.filter(end::isBefore).isPresent(),
        TokenRefusal.TIME_INVALID);
    refuseIf(!now.isBefore(end.plus(rules.skew())), TokenRefusal.EXPIRED);
    Instant latest = now.plus(rules.skew());
    refuseIf(notBefore.filter(latest::isBefore).isPresent(), TokenRefusal.NOT_YET_VALID);
    refuseIf(issued.filter(latest::isBefore).isPresent(), TokenRefusal.ISSUED_LATER);
    requireAge(issued, rules, now);
    return new Lifetime(issued, end);
  }

  private static void requireAge(Optional<Instant> issued, TimeRules rules, Instant now)
      throws RefusedTokenException {
    if (rules.age().isPresent()) {
      Instant earliest = now.minus(rules.age().get()).minus(rules.skew());
      refuseIf(issued.isEmpty(), TokenRefusal.ISSUE_MISSING);
      refuseIf(issued.filter(earliest::isAfter).isPresent(), TokenRefusal.TOO_OLD);
    }
  }

  private static Optional<Instant> time(Json.Members claims, String name)
      throws RefusedTokenException {
    Optional<Json> claim = claims.find(name);
    if (claim.isEmpty()) {
      return Optional.empty();
    }
    if (claim.get() instanceof Json.Numeric(double seconds) && seconds >= 0 && seconds <= LAST) {
      return Optional.of(Instant.ofEpochMilli((long) (seconds * MILLIS)));
    }
    throw new RefusedTokenException(TokenRefusal.TIME_INVALID);
  }

  private static void refuseIf(boolean refused, TokenRefusal reason) throws RefusedTokenException {
    if (refused) {
      throw new RefusedTokenException(reason);
    }
  }
}
