package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Verdict;
import java.util.Optional;

/**
 * One command and what a policy should say of it.
 *
 * @param place where it is written
 * @param asked the statement or the command
 */
record Example(
    String name,
    Rule.Place place,
    Caller caller,
    Target target,
    String database,
    Asked asked,
    Expected expected) {

  /** What is asked, and when. */
  record Asked(Optional<String> statement, Optional<Command> command, Circumstances now) {}

  /**
   * The verdict that should come.
   *
   * @param rule the rule that should give it, where that matters
   */
  record Expected(RuleKind verdict, Optional<String> rule) {

    boolean metBy(Verdict given) {
      return kind(given) == verdict && rule.map(given.rule()::equals).orElse(true);
    }

    @Override
    public String toString() {
      return verdict.word() + rule.map(name -> " by " + name).orElse("");
    }
  }

  static RuleKind kind(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Deny _ -> RuleKind.DENY;
      case Verdict.Hold _ -> RuleKind.HOLD;
      case Verdict.AllowMasked _ -> RuleKind.MASK;
      case Verdict.Allow _ -> RuleKind.ALLOW;
    };
  }

  /** What is wrong; empty if the policy says what is expected. */
  Optional<String> run(Policy policy, CommandReader reader) {
    Command command =
        asked
            .command()
            .orElseGet(() -> reader.read(target.name(), database, asked.statement().orElse("")));
    Explanation explanation = policy.explain(caller, target, database, command, asked.now());
    Verdict given = explanation.verdict();
    if (expected.metBy(given)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: %s: expected %s, got %s by %s: %s"
            .formatted(place, name, expected, kind(given).word(), given.rule(), explanation.why()));
  }
}
