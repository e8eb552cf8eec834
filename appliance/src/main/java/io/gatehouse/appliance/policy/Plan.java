package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Verdict;

/**
 * What a policy says of one command of one caller. Immutable and safe to share, so it may be cached
 * under everything that {@link Policy#plan} was given together with the policy's version; what is
 * not in there is asked again by each {@link #decide}.
 */
public sealed interface Plan permits SettledPlan, ConditionalPlan {

  /** Never fails: a condition that cannot be evaluated makes the verdict stricter. */
  Verdict decide(Circumstances now);

  /**
   * Whether some arguments of a call would let it run or hold it, each condition looked at by
   * itself. Those of now are not asked.
   */
  boolean openable(Circumstances now);

  /** Whether the verdict is the same under all circumstances. */
  boolean constant();
}
