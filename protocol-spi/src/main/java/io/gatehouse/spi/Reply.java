package io.gatehouse.spi;

/**
 * How the engine answers a session's submissions late; one for the whole session. Usable from any
 * thread.
 */
public interface Reply {

  /**
   * The final word on a submission. At most once; ignored if the submission was withdrawn or is not
   * the one that waits.
   */
  void answer(long sequence, Decision decision);

  /**
   * What was missing for a decision is there now: the submission that waits is submitted anew,
   * under a sequence number of its own. Ignored like a late answer.
   */
  void again(long sequence);

  /** Tells a waiting client how its command stands, where its protocol has a way to say so. */
  void progress(long sequence, String message);
}
