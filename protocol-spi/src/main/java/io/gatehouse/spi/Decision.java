package io.gatehouse.spi;

/** The gate's final word on a submission. */
public sealed interface Decision extends Answer {

  /** Forward it; nothing about its result is of interest. */
  Run RUN = new Run(ResultPlan.UNTOUCHED, ResultLimits.NONE);

  /**
   * Forward it.
   *
   * @param plan what happens to its result
   * @param limits what ends it early, always in an error, never in a shorter success
   */
  record Run(ResultPlan plan, ResultLimits limits) implements Decision {}

  /** Do not forward it; the client gets an error that its session survives. */
  record Refuse(Refusal refusal) implements Decision {}
}
