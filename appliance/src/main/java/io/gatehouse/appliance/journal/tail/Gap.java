package io.gatehouse.appliance.journal.tail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A time without a journal, for the record that says so.
 *
 * @param refused records that were not taken meanwhile
 * @param abandoned sequences that were given out and then not written, since the last gap
 */
public record Gap(
    Instant from, Instant until, StopReason reason, long refused, List<Long> abandoned) {
  public Gap {
    abandoned = List.copyOf(abandoned);
  }

  /** One of both, for a record that could not be written between them. */
  public Gap and(Gap next) {
    List<Long> all = new ArrayList<>(abandoned);
    all.addAll(next.abandoned);
    return new Gap(from, next.until, reason, refused + next.refused, all);
  }
}
