package io.gatehouse.appliance.identity.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who acts for the subject of a token (RFC 8693 section 4.1), and who did before. */
final class ClaimedActors {
  static final int MAX_ACTORS = 8;
  private static final String ACT = "act";

  private ClaimedActors() {}

  /** The current one first. */
  static List<String> read(Json.Members claims, TokenIssuer issuer, ClaimedNames names)
      throws RefusedTokenException {
    if (claims.find("_claim_names").orElse(null) instanceof Json.Members elsewhere
        && elsewhere.has(ACT)) {
      throw new RefusedTokenException(TokenRefusal.ACTOR_INVALID);
    }
    Optional<Json> act = claims.find(ACT);
    if (act.isEmpty() && issuer.claims().actor().isPresent()) {
      act = issuer.claims().actor().get().find(claims);
      if (act.isPresent() && act.get() instanceof Json.Text) {
        return List.of(name(act.get(), names));
      }
    }
    return chain(act, issuer, names);
  }

  private static List<String> chain(
      Optional<Json> outermost, TokenIssuer issuer, ClaimedNames names)
      throws RefusedTokenException {
    List<String> actors = new ArrayList<>();
    for (Optional<Json> act = outermost; act.isPresent(); ) {
      if (!(act.get() instanceof Json.Members actor) || actors.size() >= MAX_ACTORS) {
        throw new RefusedTokenException(TokenRefusal.ACTOR_INVALID);
      }
      Optional<Json> home = actor.find("iss");
      if (home.isPresent() && !home.get().equals(new Json.Text(issuer.issuer()))) {
        throw new RefusedTokenException(TokenRefusal.ACTOR_INVALID);
      }
      actors.add(name(actor.find("sub").orElse(new Json.Null()), names));
      act = actor.find(ACT);
    }
    return actors;
  }

  private static String name(Json value, ClaimedNames names) throws RefusedTokenException {
    return names
        .name(value)
        .orElseThrow(() -> new RefusedTokenException(TokenRefusal.ACTOR_INVALID));
  }
}
