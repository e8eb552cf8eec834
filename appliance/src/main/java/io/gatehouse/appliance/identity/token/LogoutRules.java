package io.gatehouse.appliance.identity.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a logout token has to be like (OpenID Connect Back-Channel Logout 1.0, sections 2.4 and
 * 2.6).
 *
 * @param issuer of whom alone logouts are heard
 * @param clients for whom: one of them is in {@code aud}
 */
public record LogoutRules(String issuer, Set<String> clients) {
  static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  /** Explicit types are recommended there, but many providers have none or the usual one. */
  private static final Set<String> TYPES = Set.of("logout+jwt", "jwt");

  /** Two minutes are recommended; what lives much longer would have to be remembered as long. */
  private static final Duration LONGEST = Duration.ofHours(1);

  public LogoutRules {
    clients = Set.copyOf(clients);
  }

  void requireHeader(TokenHeader header, TokenIssuer from) throws RefusedTokenException {
    if (!from.issuer().equals(issuer)) {
      throw new RefusedTokenException(TokenRefusal.ISSUER_UNKNOWN);
    }
    header.requireAlgorithm(from);
    if (header.type().filter(type -> !TYPES.contains(KindRules.plain(type))).isPresent()) {
      throw new RefusedTokenException(TokenRefusal.TYPE_NOT_ALLOWED);
    }
  }

  LogoutAnswer.Told read(Json.Members claims, TimeRules times, Instant now)
      throws RefusedTokenException {
    TokenTimes.Lifetime lifetime =
        TokenTimes.require(claims, new TimeRules(times.skew(), Optional.empty()), now);
    Instant issued =
        lifetime.issued().orElseThrow(() -> new RefusedTokenException(TokenRefusal.ISSUE_MISSING));
    if (lifetime.expiry().isAfter(issued.plus(LONGEST))) {
      throw new RefusedTokenException(TokenRefusal.LIVES_TOO_LONG);
    }
    requireAudience(claims);
    requireEvent(claims);
    Optional<String> subject = name(claims, "sub");
    Optional<String> session = name(claims, "sid");
    if (subject.isEmpty() && session.isEmpty()) {
      throw new RefusedTokenException(TokenRefusal.SUBJECT_MISSING);
    }
    String id =
        name(claims, "jti").orElseThrow(() -> new RefusedTokenException(TokenRefusal.ID_MISSING));
    return new LogoutAnswer.Told(
        issuer, subject, session, id, issued, lifetime.expiry().plus(times.skew()));
  }

  private void requireAudience(Json.Members claims) throws RefusedTokenException {
    Optional<Json> audience = claims.find("aud");
    if (audience.isEmpty()) {
      throw new RefusedTokenException(TokenRefusal.AUDIENCE_MISSING);
    }
    List<Json> all =
        audience.get() instanceof Json.Items(List<Json> several)
            ? several
            : List.of(audience.get());
    boolean texts = all.stream().allMatch(one -> one instanceof Json.Text);
    boolean ours =
        all.stream()
            .anyMatch(one -> one instanceof Json.Text(String text) && clients.contains(text));
    if (!texts || !ours) {
      throw new RefusedTokenException(TokenRefusal.AUDIENCE_WRONG);
    }
  }

  /** What keeps other tokens from being taken for one. */
  private static void requireEvent(Json.Members claims) throws RefusedTokenException {
    boolean event =
        claims.find("events").orElse(null) instanceof Json.Members events
            && events.byName().size() == 1
            && events.find(EVENT).orElse(null) instanceof Json.Members;
    if (!event || claims.has("nonce")) {
      throw new RefusedTokenException(TokenRefusal.NOT_A_LOGOUT);
    }
  }

  /** One that is there and is no name is not left out: it would say who it is about. */
  private static Optional<String> name(Json.Members claims, String claim)
      throws RefusedTokenException {
    Optional<Json> value = claims.find(claim);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Json.Text(String text) && ClaimedNames.acceptable(text)) {
      return Optional.of(text);
    }
    throw new RefusedTokenException(TokenRefusal.SUBJECT_INVALID);
  }
}
