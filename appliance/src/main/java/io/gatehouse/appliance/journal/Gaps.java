package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.record.RecorderRecord;
import io.gatehouse.appliance.journal.tail.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The record of a time without a journal. */
final class Gaps {
  private static final long NANOS = 1_000_000_000L;

  private Gaps() {}

  static RecorderRecord.Gap record(Gap gap) {
    return new RecorderRecord.Gap(
        holes(gap.abandoned()),
        nanos(gap.from()),
        nanos(gap.until()),
        gap.reason().word(),
        gap.refused());
  }

  private static List<RecorderRecord.Hole> holes(List<Long> given) {
    List<RecorderRecord.Hole> holes = new ArrayList<>();
    for (long one : given) {
      boolean next = !holes.isEmpty() && holes.getLast().last() == one - 1;
      long first = next ? holes.removeLast().first() : one;
      holes.add(new RecorderRecord.Hole(first, one));
    }
    return holes;
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS + instant.getNano();
  }
}
