package io.gatehouse.spi;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The engine's side of one session. Called on the session's event loop only; stages may complete on
 * any thread. A stage that fails, and a method that throws, refuse what was asked.
 */
public interface GateSession {

  /** The client said who it wants to be: which proof shall it be asked for? */
  CompletionStage<Offer> greet(LoginRequest request);

  /** The client presented a proof for the offer. */
  CompletionStage<Identification> identify(Proof proof);

  /** The caller is known: where does the session go, and with which credential? */
  CompletionStage<Route> route();

  /**
   * Whether the caller of the other session is this one's, so that it may end what that runs. Both
   * are {@link #connected}; the other may live on another event loop.
   */
  default boolean sameCaller(GateSession other) {
    return false;
  }

  /**
   * Upstream accepted the held credential; the session is about to be announced as ready.
   *
   * @param account the user that it accepted, which may have replaced the route's in the meantime
   * @param backend what the server calls this session, for correlation by its operators
   */
  void connected(String account, String backend);

  /**
   * May this be prepared, may this run? Not one byte of it goes upstream before the answer is
   * {@link Decision.Run}. The answer {@code Run} also states that the intent is recorded as durably
   * as the configuration asks for; an engine that must wait for that answers late.
   *
   * <p>One submission at a time: the next comes after this one was answered or withdrawn. Calls
   * ({@link CommandForm.Call}) may come while others of them wait.
   *
   * @param submission readable until it is answered or withdrawn, then reused
   * @param reply used only if {@link Answer#LATER} is returned
   */
  Answer submit(Submission submission, Reply reply);

  /** The client gave up (closed or cancelled) before the late answer; the reply is void now. */
  void withdrawn(long sequence);

  /** What became of a submission of stage EXECUTE that was answered {@code Run}. */
  void outcome(
      long sequence,
      OutcomeKind kind,
      long rows,
      long bytes,
      long nanos,
      @Nullable String errorCode);

  /**
   * All that was forwarded is answered and the server has reported what it reports: the session is
   * as the view says. Comes once before the first submission, and then each time after the
   * outcomes, before the client hears of it. What the engine asks the server here ({@link
   * SessionControl#inquire}) is answered before the next submission comes.
   */
  void settled(SessionView session);

  /** The session is over. Last call, exactly once. */
  void closed(CloseReason reason);
}
