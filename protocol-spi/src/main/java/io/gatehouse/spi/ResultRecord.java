package io.gatehouse.spi;

import io.netty.buffer.ByteBuf;

/**
 * Where what a client gets for a command is put on record. Called on the session's event loop, for
 * each command by itself, and before a byte of it is on its way.
 */
public interface ResultRecord {

  /** Nothing is put on record; never called. */
  ResultRecord NONE =
      (direction, bytes, last, goOn) -> {
        throw new IllegalStateException("nothing of this result is put on record");
      };

  /** Which way bytes go. */
  enum Direction {
    /** What the client gets. */
    TO_CLIENT,
    /** What the client sends while the command runs, such as the data of a bulk copy. */
    FROM_CLIENT
  }

  /**
   * These bytes are about to be sent on. When this returns they may be.
   *
   * @param bytes as they are on the wire; stay the caller's, as do their indices
   * @param last whether nothing more of this command follows; there may be no bytes then
   * @param goOn one for a session; to be run on its event loop, once, when more may follow
   * @return whether more may follow at once. If not, those that come are still to be taken, but
   *     nothing more is read from where they come from until {@code goOn}
   * @throws Unrecorded if they are not on record: they are not sent, and the session ends
   */
  boolean add(Direction direction, ByteBuf bytes, boolean last, Runnable goOn);

  /** Something is not on record, so it must not happen. Has no stack trace. */
  final class Unrecorded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /**
     * @param refusal what the client is told
     */
    public Unrecorded(Refusal refusal) {
      super(refusal.message(), null, false, false);
      this.refusal = refusal;
    }

    public Refusal refusal() {
      return refusal;
    }
  }
}
