package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A rule whose tags are still names, because another file may define them.
 *
 * @param matcher without what tags select
 */
record RuleDraft(
    String name,
    RuleKind kind,
    Rule.Place place,
    Rule.Matcher matcher,
    ResourcesDraft resources,
    Optional<Condition> when,
    Ending ending) {

  /** What a rule adds to its verdict. */
  record Ending(
      String message, Verdict.Bounds limits, Rule.Treatment treatment, RecordTerms record) {}

  /** The rule, its tags resolved. */
  Rule resolve(Function<ResourcesDraft.TagName, List<Selector>> selectors) {
    Rule.Matcher m = matcher;
    return new Rule(
        name,
        kind,
        place,
        new Rule.Matcher(
            m.callers(),
            m.targets(),
            m.databases(),
            m.operations(),
            resources.resolve(selectors),
            m.traits(),
            m.unreadBodies()),
        when,
        ending.message(),
        ending.limits(),
        ending.treatment(),
        ending.record());
  }
}
