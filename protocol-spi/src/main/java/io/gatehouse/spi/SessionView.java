package io.gatehouse.spi;

import org.jspecify.annotations.Nullable;

/** A session as its server last reported it, never as somebody's reading of SQL text. */
public interface SessionView {

  /** Whether a transaction is open. */
  enum Transaction {
    NONE,
    OPEN,
    FAILED,
    /** Commands are in flight whose end may change it. */
    UNDECIDED
  }

  Transaction transaction();

  /**
   * Whether the client is in the middle of a batch: until it ends that, nothing settles, however
   * long one waits.
   */
  boolean midBatch();

  /**
   * How many batches the client has ended so far: what a transaction put off until its end may have
   * run at the end of each.
   */
  long batches();

  /**
   * Whether the protocol gave the name to a portal in the transaction that is open, so that it may
   * stand for something else than what SQL declared under it: the two share their names.
   */
  boolean portalBound(String name);

  /** The last reported value of a server setting, or null if the server never reported it. */
  @Nullable String setting(String name);
}
