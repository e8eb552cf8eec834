package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.policy.Explanation.RuleFinding;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Verdict;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says of each rule what {@link Planner} makes of it, in words. */
final class Explainer {
  private final Facts facts;
  private final Circumstances now;
  private final Map<String, Object> variables;
  private final Optional<String> doubt;

  Explainer(Facts facts, Circumstances now) {
    this.facts = facts;
    this.now = now;
    variables = facts.variables();
    doubt = Planner.doubt(facts.command());
  }

  Explanation explain(List<Rule> rules) {
    Verdict verdict = Planner.plan(rules, facts).decide(now);
    return new Explanation(rules.stream().map(this::finding).toList(), verdict, why(verdict));
  }

  private RuleFinding finding(Rule rule) {
    if (doubt.isPresent()) {
      return no(rule, "no rule is asked, because the command was not understood");
    }
    Match match = Match.of(rule, facts);
    return switch (match.obstacle()) {
      case CALLER -> no(rule, "is about other callers");
      case TARGET -> no(rule, "is about other targets than " + facts.target().name());
      case DATABASE -> no(rule, "is about other databases than " + facts.database());
      case TRAITS -> no(rule, "is about commands with other traits");
      case ACCESSES -> no(rule, "is about other operations or other things");
      case NONE -> conditional(match);
    };
  }

  private RuleFinding conditional(Match match) {
    Rule rule = match.rule();
    Truth truth = rule.when().map(condition -> condition.ask(variables, now)).orElse(Truth.YES);
    if (truth == Truth.NO) {
      return no(rule, "its condition does not hold");
    }
    String unanswered =
        truth == Truth.MAYBE
            ? "its condition could not be evaluated; it restricts all the same: "
            : "";
    if (rule.kind() == RuleKind.ALLOW) {
      return allow(match, truth);
    }
    return new RuleFinding(rule.name(), rule.kind(), true, unanswered + named(match.touched()));
  }

  private RuleFinding allow(Match match, Truth truth) {
    Rule rule = match.rule();
    if (truth == Truth.MAYBE) {
      return no(rule, "its condition could not be evaluated; its limits count, it opens nothing");
    }
    if (match.opened().isEmpty()) {
      return no(
          rule,
          "it cannot be told for certain that it is about "
              + named(match.touched())
              + ", or it does not say bodies: unread, which code that nobody read needs; its limits"
              + " count, it opens nothing");
    }
    return new RuleFinding(rule.name(), rule.kind(), true, named(match.opened()));
  }

  private static RuleFinding no(Rule rule, String why) {
    return new RuleFinding(rule.name(), rule.kind(), false, why);
  }

  private String named(BitSet accesses) {
    return accesses.stream()
        .mapToObj(i -> facts.accesses().get(i))
        .map(Explainer::named)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String named(Access access) {
    return Words.of(access.operation()) + " " + access.resource();
  }

  private String why(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Deny deny when deny.rule().equals(Verdicts.NOT_UNDERSTOOD) ->
          "what is not understood is denied: " + deny.message();
      case Verdict.Deny deny when deny.rule().equals(Verdicts.DEFAULT_DENY) ->
          "what no rule allows is denied: " + deny.message();
      case Verdict.Deny deny -> deny.rule() + " is the first deny rule that matches";
      case Verdict.Hold hold ->
          hold.rule() + " is the first hold rule that matches, and no deny rule does";
      case Verdict.AllowMasked masked ->
          "everything is allowed, if these are masked: "
              + masked.masked().stream()
                  .map(
                      one ->
                          one.resource()
                              + " ("
                              + one.mask()
                              + ", "
                              + Words.of(one.strength())
                              + fields(one.fields())
                              + ")")
                  .collect(Collectors.joining(", "));
      case Verdict.Allow _ -> "everything that the command touches directly is allowed";
    };
  }

  private static String fields(Verdict.Fields fields) {
    return fields.paths().isEmpty() ? "" : ", in " + String.join(" and ", fields.paths());
  }
}
