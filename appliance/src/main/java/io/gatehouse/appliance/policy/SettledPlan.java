package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Verdict;

/** A verdict that no circumstance changes. */
public record SettledPlan(Verdict verdict) implements Plan {

  @Override
  public Verdict decide(Circumstances now) {
    return verdict;
  }

  @Override
  public boolean openable(Circumstances now) {
    return !(verdict instanceof Verdict.Deny);
  }

  @Override
  public boolean constant() {
    return true;
  }
}
