package io.gatehouse.postgres.relay;

import java.util.concurrent.atomic.AtomicLong;

/** What all sessions together may hold of commands that are not whole yet. Thread-safe. */
public final class CommandBudget {
  private final long total;
  private final AtomicLong used = new AtomicLong();

  public CommandBudget(long total) {
    this.total = total;
  }

  boolean reserve(long bytes) {
    if (used.addAndGet(bytes) > total) {
      used.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void release(long bytes) {
    if (bytes != 0) {
      used.addAndGet(-bytes);
    }
  }
}
