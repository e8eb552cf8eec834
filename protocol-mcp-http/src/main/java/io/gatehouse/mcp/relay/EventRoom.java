package io.gatehouse.mcp.relay;

import io.gatehouse.spi.net.CommandBudget;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one stream holds of large events that no client has taken yet, counted with all answers. On
 * the conversation's event loop, but for what is {@link Held}.
 */
final class EventRoom {
  /** Each stream may hold so much without asking. */
  private static final int FREE = 65_536;

  private final CommandBudget budget;
  private long reserved;

  EventRoom(CommandBudget budget) {
    this.budget = budget;
  }

  /** Whether the event under way may become that long. */
  boolean holds(long bytes) {
    long more = bytes - FREE - reserved;
    if (more > 0) {
      if (!budget.reserve(more)) {
        return false;
      }
      reserved += more;
    }
    return true;
  }

  /** The event under way is whole; what is reserved for it is that one's from now on. */
  Held whole() {
    Held held = new Held(budget, reserved);
    reserved = 0;
    return held;
  }

  /**
   * Room for one event until nobody needs it any more. On any thread, closed as often as one likes.
   */
  static final class Held implements AutoCloseable {
    private final CommandBudget budget;
    private final AtomicLong bytes;

    private Held(CommandBudget budget, long bytes) {
      this.budget = budget;
      this.bytes = new AtomicLong(bytes);
    }

    /** The same room for somebody else. This one has none any more. */
    Held handedOn() {
      return new Held(budget, bytes.getAndSet(0));
    }

    @Override
    public void close() {
      budget.release(bytes.getAndSet(0));
    }
  }
}
