package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Verdict;
import java.util.Map;

/** A verdict that waits for the circumstances. */
record ConditionalPlan(Candidates candidates, Map<String, Object> facts) implements Plan {

  ConditionalPlan {
    facts = Map.copyOf(facts);
  }

  @Override
  public Verdict decide(Circumstances now) {
    return candidates.decide(condition -> condition.ask(facts, now));
  }

  @Override
  public boolean openable(Circumstances now) {
    return candidates.openable(
        condition -> hoped(condition, now, Truth.NO),
        condition -> hoped(condition, now, Truth.YES));
  }

  /**
   * @param best what it is where arguments decide
   */
  private Truth hoped(Condition condition, Circumstances now, Truth best) {
    NotGivenYet arguments = new NotGivenYet();
    Truth truth =
        condition.ask(facts, new Circumstances(now.now(), now.source(), now.binds(), arguments));
    return truth == Truth.MAYBE && arguments.asked() ? best : truth;
  }

  @Override
  public boolean constant() {
    return false;
  }
}
