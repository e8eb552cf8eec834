package io.gatehouse.mcp.relay;

import io.gatehouse.spi.SessionView;
import org.jspecify.annotations.Nullable;

/** How a conversation always is: calls have no transactions, settings and batches. */
enum Settled implements SessionView {
  VIEW;

  @Override
  public Transaction transaction() {
    return Transaction.NONE;
  }

  @Override
  public boolean midBatch() {
    return false;
  }

  @Override
  public long batches() {
    return 0;
  }

  @Override
  public boolean portalBound(String name) {
    return false;
  }

  @Override
  public @Nullable String setting(String name) {
    return null;
  }
}
