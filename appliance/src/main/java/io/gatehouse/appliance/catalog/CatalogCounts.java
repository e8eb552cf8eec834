package io.gatehouse.appliance.catalog;

import java.util.concurrent.atomic.LongAdder;

/** What became of the catalogs of one target so far. Thread-safe. */
public final class CatalogCounts {
  private final LongAdder changes = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder notifications = new LongAdder();

  void changed() {
    changes.increment();
  }

  void failed() {
    failures.increment();
  }

  void notified() {
    notifications.increment();
  }

  /** Readings that found another content than the one before, the first included. */
  public long changes() {
    return changes.sum();
  }

  /** Looks and readings that came to nothing. */
  public long failures() {
    return failures.sum();
  }

  /** How often the event trigger was heard, and whoever else sends on its channel. */
  public long notifications() {
    return notifications.sum();
  }
}
