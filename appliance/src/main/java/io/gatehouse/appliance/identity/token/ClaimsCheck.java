package io.gatehouse.appliance.identity.token;

import io.gatehouse.appliance.control.SignOn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the claims of a token whose signature is sound prove. */
record ClaimsCheck(TokenIssuer issuer, ClaimedNames names) {

  TokenIdentity identity(Json.Members claims, Instant now) throws RefusedTokenException {
    TokenTimes.Lifetime lifetime = TokenTimes.require(claims, issuer.times(), now);
    Optional<String> client = TokenKind.require(claims, issuer);
    String subject = subject(claims);
    Set<String> groups = ClaimedGroups.read(claims, issuer.claims(), names);
    List<String> actors = ClaimedActors.read(claims, issuer, names);
    return new TokenIdentity(
        subject,
        groups,
        actors,
        issuer.issuer(),
        client,
        tokenId(claims),
        lifetime.issued(),
        lifetime.expiry(),
        ClaimedKind.read(claims, issuer.claims()),
        signOn(claims, lifetime));
  }

  private String subject(Json.Members claims) throws RefusedTokenException {
    Json subject =
        issuer
            .claims()
            .subject()
            .find(claims)
            .orElseThrow(() -> new RefusedTokenException(TokenRefusal.SUBJECT_MISSING));
    return names
        .name(subject)
        .orElseThrow(() -> new RefusedTokenException(TokenRefusal.SUBJECT_INVALID));
  }

  /** What cannot be a name is not what a logout would be about. */
  private static SignOn signOn(Json.Members claims, TokenTimes.Lifetime lifetime) {
    return new SignOn(
        text(claims, "sub"), text(claims, "sid"), lifetime.issued().orElse(Instant.EPOCH));
  }

  /** For the record only, so one that cannot be recorded is left out. */
  private static Optional<String> tokenId(Json.Members claims) {
    return text(claims, "jti");
  }

  private static Optional<String> text(Json.Members claims, String name) {
    return claims
        .find(name)
        .flatMap(id -> id instanceof Json.Text(String text) ? Optional.of(text) : Optional.empty())
        .filter(ClaimedNames::acceptable);
  }
}
