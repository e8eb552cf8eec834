package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds rules that can never have an effect. Sound, not complete: what it names never has one, and
 * what it does not name may have none either.
 */
final class Unreachable {
  private Unreachable() {}

  /** Each such rule, and why. */
  static Map<Rule, String> among(List<Rule> rules) {
    Map<Rule, String> unreachable = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      List<Rule> earlier = rules.subList(0, i);
      alone(rule)
          .or(() -> behindEarlier(rule, earlier))
          .or(() -> behindDeny(rule, rules))
          .ifPresent(why -> unreachable.put(rule, why));
    }
    return unreachable;
  }

  private static Optional<String> alone(Rule rule) {
    return rule.matcher().resources().nothing()
        ? Optional.of("everything it names is excepted again")
        : Optional.empty();
  }

  private static Optional<String> behindEarlier(Rule rule, List<Rule> earlier) {
    if (rule.kind().bounds() && rule.bounds()) {
      return Optional.empty(); // its limits count beside another rule's
    }
    return earlier.stream()
        .filter(other -> other.kind() == rule.kind() && covers(other, rule))
        .filter(other -> sameSearch(other, rule) && sameFields(other, rule))
        .filter(other -> !rule.matcher().unreadBodies() || other.matcher().unreadBodies())
        .findFirst()
        .map(other -> named(other) + " matches whatever it matches and comes first");
  }

  private static Optional<String> behindDeny(Rule rule, List<Rule> rules) {
    if (rule.kind() == RuleKind.DENY || rule.kind() == RuleKind.OMIT) {
      return Optional.empty();
    }
    return rules.stream()
        .filter(other -> other.kind() == RuleKind.DENY && covers(other, rule))
        .findFirst()
        .map(other -> named(other) + " denies whatever it matches");
  }

  /** Searches add up, so only the same one that is as strict makes another superfluous. */
  private static boolean sameSearch(Rule first, Rule next) {
    return next.treatment()
        .search()
        .flatMap(
            wanted ->
                first
                    .treatment()
                    .search()
                    .map(
                        there ->
                            there.detector().equals(wanted.detector())
                                && there.found().compareTo(wanted.found()) >= 0
                                && (wanted.binaryPasses() || !there.binaryPasses())))
        .orElse(true);
  }

  /** So do masks of fields. */
  private static boolean sameFields(Rule first, Rule next) {
    Verdict.Fields fields = first.treatment().fields();
    return fields.equals(Verdict.Fields.ALL) || fields.equals(next.treatment().fields());
  }

  private static boolean covers(Rule wider, Rule narrower) {
    return wider.when().isEmpty() && wider.matcher().covers(narrower.matcher());
  }

  private static String named(Rule rule) {
    return "the rule \"" + rule.name() + "\" (" + rule.place() + ")";
  }
}
