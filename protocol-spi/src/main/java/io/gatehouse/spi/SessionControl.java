package io.gatehouse.spi;

import java.util.concurrent.CompletionStage;

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

  /**
   * Runs a statement of the gate's own on the session's connection to the server, while a
   * submission waits for its late answer and the session has settled. The client sees nothing of
   * it. The stage completes on the session's event loop; it fails if the session is not settled,
   * the server refuses, or a bound is passed, and where the connection cannot go on after that the
   * session ends.
   */
  CompletionStage<UpstreamPort.Rows> inquire(UpstreamPort.Statement statement);

  /** Says something to the client where its protocol has a way to. */
  void notify(String message);
}
