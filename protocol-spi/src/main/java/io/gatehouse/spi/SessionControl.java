package io.gatehouse.spi;

/** What the engine can do to a live session. Usable from any thread; no-ops once it is over. */
public interface SessionControl {

  /** Ends the session with this error, and what it runs upstream. */
  void kill(Refusal refusal, CloseReason reason);

  /** Cancels what it runs upstream now; the session goes on. */
  void cancel();

  /**
   * Commands prepared earlier must be decided anew: what the engine left in their memos is dropped
   * and each is submitted again at stage PREPARE before its next execution.
   */
  void redecide();

  /** Says something to the client where its protocol has a way to. */
  void notify(String message);
}
