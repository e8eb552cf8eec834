package io.gatehouse.appliance.identity.token;

import java.util.Map;
import java.util.Optional;

/**
 * Which claims of an issuer say what.
 *
 * @param subject who it is; a text
 * @param groups the groups; an array of texts
 * @param groupNames what a group of the provider is called here; where there are any, groups that
 *     are not among them are dropped
 * @param actor where the agent is, if there is no {@code act}
 * @param namespace what goes before names of the provider, so that no other issuer has the same
 * @param agents which tokens are programs' own; without it none is
 */
public record ClaimRules(
    ClaimPath subject,
    ClaimPath groups,
    Map<String, String> groupNames,
    Optional<ClaimPath> actor,
    String namespace,
    Optional<AgentRule> agents) {
  public static final ClaimRules USUAL =
      new ClaimRules(
          ClaimPath.parse("sub"),
          ClaimPath.parse("groups"),
          Map.of(),
          Optional.empty(),
          "",
          Optional.empty());

  private static final int MAX_NAMESPACE = 64;

  public ClaimRules {
    groupNames = Map.copyOf(groupNames);
    if (!groupNames.values().stream().allMatch(ClaimedNames::acceptable)) {
      throw new IllegalArgumentException("the name of a group has characters that no name has");
    }
    boolean sound = namespace.isEmpty() || ClaimedNames.acceptable(namespace);
    if (!sound || namespace.length() > MAX_NAMESPACE) {
      throw new IllegalArgumentException("a namespace is a name of at most 64 characters");
    }
  }

  public ClaimRules withSubject(String path) {
    return new ClaimRules(ClaimPath.parse(path), groups, groupNames, actor, namespace, agents);
  }

  public ClaimRules withGroups(String path) {
    return new ClaimRules(subject, ClaimPath.parse(path), groupNames, actor, namespace, agents);
  }

  public ClaimRules withGroupNames(Map<String, String> names) {
    return new ClaimRules(subject, groups, names, actor, namespace, agents);
  }

  public ClaimRules withActor(String path) {
    return new ClaimRules(
        subject, groups, groupNames, Optional.of(ClaimPath.parse(path)), namespace, agents);
  }

  public ClaimRules withNamespace(String other) {
    return new ClaimRules(subject, groups, groupNames, actor, other, agents);
  }

  public ClaimRules withAgents(AgentRule rule) {
    return new ClaimRules(subject, groups, groupNames, actor, namespace, Optional.of(rule));
  }
}
