package io.gatehouse.spi;

import java.util.List;

/**
 * One message of the client that asks for something. Owned by the session, readable until it is
 * answered or withdrawn, on the event loop or, between {@link Answer#LATER} and the answer, on one
 * thread of the engine's.
 */
public interface Submission {

  /** When in its life a command is decided. */
  enum Stage {
    /** May it be prepared? No bind values yet. */
    PREPARE,
    /** May it run? */
    EXECUTE
  }

  /** Counts the session's submissions from 1; names this one in {@code outcome}. */
  long sequence();

  Stage stage();

  /** The commands of the message, in order; most protocols send one. */
  List<CommandForm> commands();

  /** The session as the server last reported it. */
  SessionView session();
}
