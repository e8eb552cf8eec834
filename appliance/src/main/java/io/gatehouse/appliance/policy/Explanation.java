package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Verdict;
import java.util.List;

/**
 * How a verdict came about, for people.
 *
 * @param rules every rule of the policy, in file order
 * @param verdict what {@link Plan#decide} answers under the same circumstances
 * @param why one sentence
 */
public record Explanation(List<RuleFinding> rules, Verdict verdict, String why) {

  public Explanation {
    rules = List.copyOf(rules);
  }

  /**
   * What one rule says of the command.
   *
   * @param rule its name
   * @param kind the verdict it is for
   * @param matched whether it counts
   * @param why what it matched, or the first thing that kept it from matching
   */
  public record RuleFinding(String rule, RuleKind kind, boolean matched, String why) {}
}
