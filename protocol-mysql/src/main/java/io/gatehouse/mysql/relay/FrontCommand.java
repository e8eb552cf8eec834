package io.gatehouse.mysql.relay;

import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate has said of the command at the front of the client's stream, which stays there
 * until it may go on. Owned by the session's event loop.
 */
final class FrontCommand {

  /** How far the gate is. */
  private sealed interface State {

    /** It has not been asked, or its answer was taken. */
    record Fresh() implements State {}

    record AwaitingGate(Asked asked) implements State {}

    record Decided(Asked asked, Decision decision) implements State {}
  }

  private record Asked(
      long sequence, Submission.Stage stage, List<CommandForm> commands, SessionView session)
      implements Submission {}

  private static final State FRESH = new State.Fresh();

  /** As servers say it. */
  static final Decision.Refuse INTERRUPTED =
      new Decision.Refuse(Refusal.of(Refusal.Kind.WITHDRAWN, "Query execution was interrupted"));

  private final Session session;
  private final Reply reply;
  private State state = FRESH;
  private long sequence;

  FrontCommand(Session session, Reply reply) {
    this.session = session;
    this.reply = reply;
  }

  boolean awaitingGate() {
    return state instanceof State.AwaitingGate;
  }

  /** Of the last submission. */
  long sequence() {
    return sequence;
  }

  /** Null: the answer comes later, and the command waits. */
  @Nullable Decision submit(Submission.Stage stage, CommandForm form) {
    Asked asked = new Asked(++sequence, stage, List.of(form), session.view());
    Answer answer;
    try {
      answer = session.gate().submit(asked, reply);
    } catch (RuntimeException fault) {
      session.report(fault);
      return new Decision.Refuse(
          Refusal.of(Refusal.Kind.INTERNAL, "the gateway failed to decide this command")
              .withHint("Tell the administrator; the gateway's log has the reason."));
    }
    return switch (answer) {
      case Decision decision -> decision;
      case Answer.Later _ -> {
        state = new State.AwaitingGate(asked);
        yield null;
      }
    };
  }

  /** The decision that came late for this stage of the command, if there is one. */
  @Nullable Decision taken(Submission.Stage stage) {
    if (state instanceof State.Decided(Asked asked, Decision decision) && asked.stage() == stage) {
      state = FRESH;
      return decision;
    }
    return null;
  }

  /** A late answer; whether it is the one that was waited for. */
  boolean answered(long answeredSequence, Decision decision) {
    if (state instanceof State.AwaitingGate(Asked asked) && asked.sequence() == answeredSequence) {
      state = new State.Decided(asked, decision);
      return true;
    }
    return false;
  }

  /** It shall be submitted anew; whether it is the one that waits. */
  boolean again(long askedSequence) {
    if (state instanceof State.AwaitingGate(Asked asked) && asked.sequence() == askedSequence) {
      state = FRESH;
      return true;
    }
    return false;
  }

  /** The caller no longer wants it; whether it waited for the gate. */
  boolean takeBack() {
    if (!(state instanceof State.AwaitingGate(Asked asked))) {
      return false;
    }
    session.gate().withdrawn(asked.sequence());
    return answered(asked.sequence(), INTERRUPTED);
  }

  /** It will not be forwarded, whatever the gate said or will say of it. */
  void abandon() {
    switch (state) {
      case State.AwaitingGate(Asked asked) -> session.gate().withdrawn(asked.sequence());
      case State.Decided(Asked asked, Decision.Run _)
          when asked.stage() == Submission.Stage.EXECUTE ->
          session.gate().outcome(asked.sequence(), OutcomeKind.SKIPPED, 0, 0, 0, null);
      case State.Decided _, State.Fresh _ -> {}
    }
    state = FRESH;
  }
}
