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
  public boolean constant() {
    return false;
  }
}
