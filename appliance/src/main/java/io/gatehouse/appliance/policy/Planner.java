package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.policy.Candidates.Candidate;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the plan of one command: asks all that can be asked now, keeps the rest. */
final class Planner {
  private final Facts facts;
  private final List<Candidate> denies = new ArrayList<>();
  private final List<Candidate> holds = new ArrayList<>();
  private final List<Candidate> openers = new ArrayList<>();

  /** Made when the first condition asks; most policies have few. */
  private Map<String, Object> variables = Map.of();

  private Planner(Facts facts) {
    this.facts = facts;
  }

  static Plan plan(List<Rule> rules, Facts facts) {
    Optional<String> doubt = doubt(facts.command());
    if (doubt.isPresent()) {
      return new SettledPlan(Verdicts.notUnderstood(doubt.get()));
    }
    Planner planner = new Planner(facts);
    rules.forEach(planner::add);
    return planner.plan();
  }

  /** Why nothing can be decided: no rule is asked then. */
  static Optional<String> doubt(Command command) {
    if (command.certainty() == Certainty.NONE) {
      return Optional.of(command.doubt());
    }
    Operation gravest = Operation.SESSION;
    for (Access access : command.accesses()) {
      gravest = gravest.or(access.operation());
    }
    boolean hidden = command.operation().compareTo(gravest) > 0;
    return hidden || gravest == Operation.UNKNOWN
        ? Optional.of(
            "it is said to "
                + Words.of(command.operation())
                + ", and no access that is known does that")
        : Optional.empty();
  }

  private void add(Rule rule) {
    List<Candidate> list =
        switch (rule.kind()) {
          case DENY -> denies;
          case HOLD -> holds;
          case MASK, LIMIT, DETECT, ALLOW, OMIT -> openers;
        };
    if (rule.kind().refuses() && !list.isEmpty() && list.getLast().residual().isEmpty()) {
      return; // an earlier one answers in any case
    }
    Match match = Match.of(rule, facts);
    if (match.possible()) {
      known(rule).ifPresent(known -> list.add(candidate(rule, known, match)));
    }
  }

  /** What its condition says before any execution; empty if that ends the matter. */
  private Optional<Truth> known(Rule rule) {
    if (rule.when().isEmpty() || rule.when().get().residual()) {
      return Optional.of(Truth.YES);
    }
    Truth truth = rule.when().get().ask(variables());
    return truth == Truth.NO ? Optional.empty() : Optional.of(truth);
  }

  private Candidate candidate(Rule rule, Truth known, Match match) {
    Set<io.gatehouse.plugin.Resource> masked =
        rule.kind() == RuleKind.MASK ? new LinkedHashSet<>(match.masked(facts)) : Set.of();
    return new Candidate(
        rule, known, rule.when().filter(Condition::residual), match.opened(), masked);
  }

  private Map<String, Object> variables() {
    if (variables.isEmpty()) {
      variables = facts.variables();
    }
    return variables;
  }

  private Plan plan() {
    BitSet direct = new BitSet();
    for (int i = 0; i < facts.accesses().size(); i++) {
      direct.set(i, !facts.accesses().get(i).indirect());
    }
    Candidates candidates = new Candidates(denies, holds, openers, facts.accesses(), direct);
    return candidates.settled()
        ? new SettledPlan(candidates.decide(_ -> Truth.MAYBE))
        : new ConditionalPlan(candidates, variables());
  }
}
