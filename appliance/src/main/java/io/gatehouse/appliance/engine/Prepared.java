package io.gatehouse.appliance.engine;

/**
 * What is left at the preparation of a statement, in its memo.
 *
 * @param submission that prepared it
 * @param record the sequence of its intent in the journal, -1 if there is none
 * @param retention the class of that record
 */
record Prepared(long submission, long record, String retention) {
  /** What is not on record, or not yet. */
  Prepared(long submission) {
    this(submission, -1, "");
  }
}
