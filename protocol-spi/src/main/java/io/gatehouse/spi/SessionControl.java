package io.gatehouse.spi;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What the engine can do to a live session. Usable from any thread; no-ops once it is over. */
public interface SessionControl {

  /** Ends the session with this error, and what it runs upstream. */
  void kill(Refusal refusal, CloseReason reason);

  /** Cancels what it runs upstream now, whatever waits behind it; the session goes on. */
  void cancel();

  /**
   * The same of one submission, where several may run at once; of a session that runs one at a time
   * it is that one.
   */
  default void cancel(long sequence) {
    cancel();
  }

  /**
   * Commands prepared earlier must be decided anew: what the engine left in their memos is dropped
   * and each is submitted again at stage PREPARE before its next execution.
   */
  void redecide();

  /**
   * Runs a statement of the gate's own on the session's connection to the server: when the session
   * has just settled ({@link GateSession#settled}), or for the submission that is being answered
   * late, be it in the middle of a batch. It runs after all that was forwarded, in the transaction
   * that is open there, and nothing more of the client's is forwarded until it has ended. The
   * client sees nothing of it, unless the server refuses it inside of a batch: then the batch is
   * over, and the submission is withdrawn.
   *
   * <p>Begins at once where it is called on the session's event loop, and the stage completes
   * there. It fails if the session has not settled and is not in the middle of a batch, if another
   * one runs, if the server refuses, or a bound is passed, and where the connection cannot go on
   * after that the session ends.
   */
  CompletionStage<UpstreamPort.Rows> inquire(UpstreamPort.Statement statement);

  /**
   * Has the server describe the result of a statement that does not run: on the session's
   * connection, in the transaction that is open there, under the conditions of {@link #inquire}. It
   * takes the locks that the statement would take to be understood, and waits for them as that
   * would.
   *
   * @param sql one statement of the client's, or one that stands for it
   * @param time after this it is cancelled at the server
   * @return a description without columns if it has no result; what is in it of formats means
   *     nothing
   */
  CompletionStage<ResultDescription> describe(String sql, Duration time);

  /** Says something to the client where its protocol has a way to. */
  void notify(String message);
}
