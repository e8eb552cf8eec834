package io.gatehouse.mcp.http;

import io.netty.buffer.ByteBuf;

/** The body of an answer that is sent as it comes. On the event loop of its exchange. */
public interface Outflow {

  /** Whether the client takes what is sent. What is written all the same waits in memory. */
  boolean isWritable();

  /** To be told each time that it takes more again. */
  void onWritable(Runnable action);

  /** Takes the part over, and throws it away if the client has gone. */
  default void write(ByteBuf part) {
    write(part, () -> {});
  }

  /**
   * The same.
   *
   * @param sent run once, when it has gone out or does not any more
   */
  void write(ByteBuf part, Runnable sent);

  /** The answer is whole. */
  void end();

  /** The answer will never be whole, and the client is to see that. */
  void abort();
}
