package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.spi.Binds;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Submission;
import io.netty.buffer.ByteBuf;

/**
 * A text on its way to a decision. Lives for one call on the session's event loop; what it shows
 * belongs to the submission.
 *
 * @param several whether the text may hold several statements
 * @param names what names mean to it
 */
record Case(
    Submission submission,
    Reply reply,
    ByteBuf text,
    boolean several,
    Binds binds,
    NameState names) {

  boolean execution() {
    return submission.stage() == Submission.Stage.EXECUTE;
  }

  /** Another text that the same submission runs. */
  Case of(ByteBuf otherText, NameState otherNames) {
    return new Case(submission, reply, otherText, true, binds, otherNames);
  }

  /** It is decided when something has happened that {@link Reply#again} tells. */
  void again() {
    reply.again(submission.sequence());
  }
}
