package io.gatehouse.spi.net;

import java.util.concurrent.atomic.AtomicLong;

/** What all sessions together may hold of commands that are not whole yet. Thread-safe. */
public final class CommandBudget {
  private final long total;
  private final AtomicLong used = new AtomicLong();

  public CommandBudget(long total) {
    this.total = total;
  }

  /** Whether there is room; who reserved releases. */
  public boolean reserve(long bytes) {
    if (used.addAndGet(bytes) > total) {
      used.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  public void release(long bytes) {
    if (bytes != 0) {
      used.addAndGet(-bytes);
    }
  }
}
