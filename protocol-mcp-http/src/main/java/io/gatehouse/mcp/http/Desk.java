package io.gatehouse.mcp.http;

/** Who answers requests that were let in. */
public interface Desk {

  /**
   * On the event loop of the exchange's connection, where it must not wait. The exchange is to be
   * answered once, now or later on the same loop, unless it has gone.
   */
  void asked(Exchange exchange);

  /** The listener is shut: what has no end of its own is to end. On any thread. */
  default void drains() {}

  /** Nobody is connected any more. On any thread. */
  default void drained() {}
}
