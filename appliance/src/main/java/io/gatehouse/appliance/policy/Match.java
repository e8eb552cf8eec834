package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Resource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * How far a rule matches a command before its condition is asked.
 *
 * @param obstacle what keeps it from matching at all
 * @param touched the accesses that it matches or may match
 * @param opened those of them that it opens: direct ones that it matches for certain
 */
record Match(Rule rule, Obstacle obstacle, BitSet touched, BitSet opened) {

  /** The first thing that keeps a rule from matching, in the order in which it is looked at. */
  enum Obstacle {
    NONE,
    CALLER,
    TARGET,
    DATABASE,
    TRAITS,
    ACCESSES
  }

  static Match of(Rule rule, Facts facts) {
    Obstacle gate = gate(rule.matcher(), facts);
    if (gate != Obstacle.NONE) {
      return new Match(rule, gate, new BitSet(), new BitSet());
    }
    BitSet touched = new BitSet();
    BitSet opened = new BitSet();
    boolean opens = rule.kind().opens() && (facts.allRead() || rule.matcher().unreadBodies());
    List<Access> accesses = facts.accesses();
    for (int i = 0; i < accesses.size(); i++) {
      Access access = accesses.get(i);
      Truth truth =
          rule.kind() == RuleKind.ALLOW && access.indirect()
              ? Truth.NO
              : access(rule.matcher(), access);
      touched.set(i, truth != Truth.NO);
      opened.set(i, truth == Truth.YES && opens && !access.indirect());
    }
    return new Match(rule, touched.isEmpty() ? Obstacle.ACCESSES : Obstacle.NONE, touched, opened);
  }

  private static Obstacle gate(Rule.Matcher matcher, Facts facts) {
    if (!matcher.callers().matches(facts.caller())) {
      return Obstacle.CALLER;
    }
    if (matcher.targets().isPresent() && !matcher.targets().get().matches(facts.target().name())) {
      return Obstacle.TARGET;
    }
    if (matcher.databases().isPresent() && !matcher.databases().get().matches(facts.database())) {
      return Obstacle.DATABASE;
    }
    return matcher.traits().matches(facts.command().traits()) ? Obstacle.NONE : Obstacle.TRAITS;
  }

  private static Truth access(Rule.Matcher matcher, Access access) {
    if (!matcher.operations().isEmpty() && !matcher.operations().contains(access.operation())) {
      return Truth.NO;
    }
    return matcher.resources().matches(access.resource());
  }

  boolean possible() {
    return obstacle == Obstacle.NONE;
  }

  /** What a mask covers: also what is reached through other things. */
  List<Resource> masked(Facts facts) {
    List<Resource> masked = new ArrayList<>();
    touched.stream().forEach(i -> masked.add(facts.accesses().get(i).resource()));
    return masked;
  }
}
