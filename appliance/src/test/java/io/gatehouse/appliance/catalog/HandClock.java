package io.gatehouse.appliance.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Time that only the test moves; tasks come from any thread and run on the test's. */
public final class HandClock implements LiveCatalogs.Timer {
  private final AtomicLong nanos = new AtomicLong(1_000);
  private final List<Due> tasks = new ArrayList<>();

  private record Due(long at, Runnable task) {}

  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    tasks.add(new Due(nanos.get() + delay.toNanos(), task));
  }

  /** Runs what is due on the way, each at its own time. */
  public void advance(Duration by) {
    long until = nanos.get() + by.toNanos();
    Optional<Due> due = next(until);
    while (due.isPresent()) {
      remove(due.get());
      nanos.set(due.get().at());
      due.get().task().run();
      due = next(until);
    }
    nanos.set(until);
  }

  private synchronized void remove(Due due) {
    tasks.remove(due);
  }

  private synchronized Optional<Due> next(long until) {
    return tasks.stream().filter(task -> task.at() <= until).min(Comparator.comparingLong(Due::at));
  }
}
