package io.gatehouse.appliance.identity.token;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** For whom a token is, and whether it is of a kind that proves who sends it. */
final class TokenKind {
  /** OpenID Connect Core 1.0 sections 2 and 3.3.2.11; FAPI 1.0 part 2 for the last. */
  private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash", "s_hash");

  /** RFC 9068, OpenID Connect, Okta, Entra ID of version 1. */
  private static final List<String> CLIENTS = List.of("azp", "client_id", "cid", "appid");

  private TokenKind() {}

  /** The client for whom it was issued, if it says so. */
  static Optional<String> require(Json.Members claims, TokenIssuer issuer)
      throws RefusedTokenException {
    if (claims.has("cnf")) {
      throw new RefusedTokenException(TokenRefusal.BOUND_TO_KEY);
    }
    boolean idToken = idToken(claims);
    if (idToken && !issuer.kinds().idTokens()) {
      throw new RefusedTokenException(TokenRefusal.ID_TOKEN);
    }
    boolean several = requireAudience(claims, issuer.audiences());
    if (idToken && several && !claims.has("azp")) {
      throw new RefusedTokenException(TokenRefusal.CLIENT_WRONG);
    }
    return requireClient(claims, issuer.kinds().clients());
  }

  private static boolean idToken(Json.Members claims) throws RefusedTokenException {
    boolean signs = OF_ID_TOKENS.stream().anyMatch(claims::has);
    Optional<Json> own = claims.find("typ");
    if (claims.has("events")) {
      throw new RefusedTokenException(TokenRefusal.OTHER_KIND);
    }
    if (own.isEmpty()) {
      return signs;
    }
    if (own.get() instanceof Json.Text(String type)) {
      if (type.equalsIgnoreCase("Bearer")) {
        return signs;
      }
      if (type.equalsIgnoreCase("ID")) {
        return true;
      }
    }
    throw new RefusedTokenException(TokenRefusal.OTHER_KIND);
  }

  /** Whether there are several. */
  private static boolean requireAudience(Json.Members claims, Set<String> ours)
      throws RefusedTokenException {
    Optional<Json> audience = claims.find("aud");
    if (audience.isEmpty()) {
      throw new RefusedTokenException(TokenRefusal.AUDIENCE_MISSING);
    }
    List<Json> theirs =
        audience.get() instanceof Json.Items(List<Json> several)
            ? several
            : List.of(audience.get());
    boolean found = false;
    for (Json one : theirs) {
      if (!(one instanceof Json.Text(String name))) {
        throw new RefusedTokenException(TokenRefusal.AUDIENCE_WRONG);
      }
      found |= ours.contains(name);
    }
    if (!found) {
      throw new RefusedTokenException(TokenRefusal.AUDIENCE_WRONG);
    }
    return theirs.size() > 1;
  }

  /**
   * Each claim that names it has to name one that is allowed: they may differ, in exchanged tokens.
   */
  private static Optional<String> requireClient(Json.Members claims, Set<String> allowed)
      throws RefusedTokenException {
    Optional<String> client = Optional.empty();
    for (String claim : CLIENTS) {
      Optional<Json> value = claims.find(claim);
      if (value.isEmpty()) {
        continue;
      }
      if (!(value.get() instanceof Json.Text(String name))
          || !ClaimedNames.acceptable(name)
          || (!allowed.isEmpty() && !allowed.contains(name))) {
        throw new RefusedTokenException(TokenRefusal.CLIENT_WRONG);
      }
      client = client.or(() -> Optional.of(name));
    }
    if (client.isEmpty() && !allowed.isEmpty()) {
      throw new RefusedTokenException(TokenRefusal.CLIENT_WRONG);
    }
    return client;
  }
}
