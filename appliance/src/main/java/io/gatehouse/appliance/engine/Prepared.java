package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.sql.NameState;
import org.jspecify.annotations.Nullable;

/**
 * What is left at the preparation of a statement, in its memo.
 *
 * @param submission that prepared it
 * @param names what names meant to it
 * @param record the sequence of its intent in the journal, -1 if there is none
 * @param retention the class of that record
 */
record Prepared(long submission, NameState names, long record, String retention) {
  /** What is not on record, or not yet. */
  Prepared(long submission, NameState names) {
    this(submission, names, -1, "");
  }

  /**
   * Whether the server may read what was prepared otherwise than it would be read now.
   *
   * @param memo what was left at its preparation
   */
  static boolean readOtherwise(@Nullable Object memo, NameState now) {
    return memo instanceof Prepared made && !made.names.readsAs(now);
  }
}
