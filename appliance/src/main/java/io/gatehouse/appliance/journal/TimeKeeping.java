package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.record.RecorderRecord;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts on record how the machine's clock is kept: once an hour, and when that changes. Owned by the
 * journal's keeper.
 */
final class TimeKeeping implements Journal.Chore {
  private static final long LOOK = TimeUnit.MINUTES.toNanos(1);
  private static final int LOOKS_AN_HOUR = 60;

  private final Supplier<RecorderRecord.Time> clock;
  private RecorderRecord.@Nullable Time said;
  private long due = System.nanoTime();
  private int looks;

  TimeKeeping(Supplier<RecorderRecord.Time> clock) {
    this.clock = clock;
  }

  @Override
  public void tick(Journal journal) throws IOException {
    if (System.nanoTime() - due < 0) {
      return;
    }
    RecorderRecord.Time now = clock.get();
    if (said == null || said.isSynchronized() != now.isSynchronized() || looks >= LOOKS_AN_HOUR) {
      journal.record(now);
      said = now;
      looks = 0;
    }
    looks++;
    due = System.nanoTime() + LOOK;
  }
}
