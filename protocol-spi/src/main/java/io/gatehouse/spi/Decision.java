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
   * @param record where its result is put on record, as the client gets it
   */
  record Run(ResultPlan plan, ResultLimits limits, ResultRecord record) implements Decision {

    /** Its result is not put on record. */
    public Run(ResultPlan plan, ResultLimits limits) {
      this(plan, limits, ResultRecord.NONE);
    }

    /** The same, its result put on record there. */
    public Run recordedIn(ResultRecord newRecord) {
      return new Run(plan, limits, newRecord);
    }
  }

  /** Do not forward it; the client gets an error that its session survives. */
  record Refuse(Refusal refusal) implements Decision {}
}
