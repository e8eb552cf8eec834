package io.gatehouse.appliance.identity.token;

import io.gatehouse.plugin.CallerKind;
import java.util.Optional;

/** Whether a token is a program's own. */
final class ClaimedKind {
  private ClaimedKind() {}

  static CallerKind read(Json.Members claims, ClaimRules rules) throws RefusedTokenException {
    if (rules.agents().isEmpty()) {
      return CallerKind.PERSON;
    }
    AgentRule rule = rules.agents().get();
    Optional<Json> claim = rule.claim().find(claims);
    if (claim.isEmpty()) {
      return CallerKind.PERSON;
    }
    if (!(claim.get() instanceof Json.Text(String value))) {
      throw new RefusedTokenException(TokenRefusal.ACTOR_INVALID);
    }
    return rule.values().isEmpty() || rule.values().contains(value)
        ? CallerKind.AGENT
        : CallerKind.PERSON;
  }
}
