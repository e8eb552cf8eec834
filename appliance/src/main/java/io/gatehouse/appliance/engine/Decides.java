package io.gatehouse.appliance.engine;

import io.gatehouse.spi.Answer;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;

/** Decides the commands of one session. Owned by the session's event loop. */
interface Decides {

  /** What the last answer rests on, until the next submission. */
  Grounds grounds();

  Answer submit(Submission submission, Reply reply);

  /** The caller took back what waits for its answer. */
  void withdrawn();

  /** What its results had, of a command whose outcome is known. */
  Noted noted(long sequence);

  void outcome(long sequence, OutcomeKind kind, long rows, long bytes);

  void settled(SessionView session);

  void closed();
}
