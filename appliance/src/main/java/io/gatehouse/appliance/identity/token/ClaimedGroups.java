package io.gatehouse.appliance.identity.token;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The groups that a token claims. */
final class ClaimedGroups {
  static final int MAX_GROUPS = 1_000;

  private ClaimedGroups() {}

  static Set<String> read(Json.Members claims, ClaimRules rules, ClaimedNames names)
      throws RefusedTokenException {
    refuseIfElsewhere(claims, rules.groups().head());
    Optional<Json> claim = rules.groups().find(claims);
    if (claim.isEmpty()) {
      return Set.of();
    }
    if (!(claim.get() instanceof Json.Items(List<Json> values)) || values.size() > MAX_GROUPS) {
      throw new RefusedTokenException(TokenRefusal.GROUPS_INVALID);
    }
    Set<String> groups = new HashSet<>();
    for (Json value : values) {
      String name =
          names
              .name(value)
              .orElseThrow(() -> new RefusedTokenException(TokenRefusal.GROUPS_INVALID));
      if (rules.groupNames().isEmpty()) {
        groups.add(name);
      } else if (value instanceof Json.Text(String theirs)) {
        Optional.ofNullable(rules.groupNames().get(theirs)).ifPresent(groups::add);
      }
    }
    return groups;
  }

  /**
   * OpenID Connect Core 1.0 section 5.6.2, as Entra ID uses it when there are too many groups;
   * {@code hasgroups} is its other way. Whatever stands there but a plain "no" is taken for a yes.
   */
  private static void refuseIfElsewhere(Json.Members claims, String head)
      throws RefusedTokenException {
    Optional<Json> elsewhere = claims.find("_claim_names");
    boolean named =
        elsewhere.isPresent()
            && !(elsewhere.get() instanceof Json.Members names && !names.has(head));
    boolean hinted =
        head.equals("groups")
            && claims
                .find("hasgroups")
                .filter(hint -> !hint.equals(new Json.Truth(false)))
                .isPresent();
    if (named || hinted) {
      throw new RefusedTokenException(TokenRefusal.GROUPS_ELSEWHERE);
    }
  }
}
