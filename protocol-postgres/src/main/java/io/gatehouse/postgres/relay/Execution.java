package io.gatehouse.postgres.relay;

import io.gatehouse.spi.Decision;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;

/**
 * A command that the gate let through.
 *
 * @param sequence names it towards the gate
 * @param started System.nanoTime at the moment it was forwarded
 * @param run the decision
 */
record Execution(long sequence, long started, Decision.Run run) {

  /** Whether its result may pass without being looked at, and later messages may follow at once. */
  static boolean free(Decision.Run run) {
    return run.plan().equals(ResultPlan.UNTOUCHED) && run.limits().equals(ResultLimits.NONE);
  }

  boolean guarded() {
    return !free(run);
  }
}
