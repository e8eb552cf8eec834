package io.gatehouse.appliance.policy;

/**
 * How the commands that a rule decides are put on record.
 *
 * @param results whether their results are
 * @param retention the name of the retention class; empty for the default one
 */
public record RecordTerms(boolean results, String retention) {
  /** Of rules that say nothing, and of those that are built in. */
  public static final RecordTerms DEFAULT = new RecordTerms(true, "");
}
