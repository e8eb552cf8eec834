package io.gatehouse.postgres.relay;

import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.ResultShape;
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

    record AwaitingGate(long sequence) implements State {}

    record Decided(Decision decision) implements State {}

    /** The gate's own Describe cleared the Execute. */
    record Cleared(Execution execution) implements State {}
  }

  private static final State FRESH = new State.Fresh();

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

  boolean awaits(long asked) {
    return state instanceof State.AwaitingGate(long awaited) && awaited == asked;
  }

  /** Null: the answer comes later, and the command waits. */
  @Nullable Decision submit(CommandView submission) {
    sequence = submission.sequence();
    Answer answer;
    try {
      answer = session.gate().submit(submission, reply);
    } catch (RuntimeException fault) {
      session.report(fault);
      return new Decision.Refuse(
          Refusal.of(Refusal.Kind.INTERNAL, "the gateway failed to decide this command")
              .withHint("Tell the administrator; the gateway's log has the reason."));
    }
    return switch (answer) {
      case Decision decision -> decision;
      case Answer.Later _ -> {
        state = new State.AwaitingGate(sequence);
        yield null;
      }
    };
  }

  /** The command may run, but not yet. */
  void decided(Decision.Run run) {
    state = new State.Decided(run);
  }

  /** The decision that was waiting for the command, if there was one. */
  @Nullable Decision taken() {
    if (state instanceof State.Decided(Decision decision)) {
      state = FRESH;
      return decision;
    }
    return null;
  }

  /** The execution that the gate's own Describe cleared, if that is where it stands. */
  @Nullable Execution cleared() {
    if (state instanceof State.Cleared(Execution execution)) {
      state = FRESH;
      return execution;
    }
    return null;
  }

  Execution started(Decision.Run run) {
    return new Execution(sequence, System.nanoTime(), run);
  }

  /** A late answer; whether it is the one that was waited for. */
  boolean answered(long answeredSequence, Decision decision) {
    if (awaits(answeredSequence)) {
      state = new State.Decided(decision);
      return true;
    }
    return false;
  }

  /** It shall be submitted anew; whether it is the one that waits. */
  boolean again(long asked) {
    boolean waits = awaits(asked);
    state = waits ? FRESH : state;
    return waits;
  }

  /** The client cancelled; whether there was something to take back. */
  boolean withdraw() {
    if (!(state instanceof State.AwaitingGate(long awaited))) {
      return false;
    }
    session.gate().withdrawn(awaited);
    return answered(
        awaited,
        new Decision.Refuse(
            Refusal.of(Refusal.Kind.WITHDRAWN, "canceling statement due to user request")));
  }

  /** The answer to the gate's own Describe. */
  void described(Execution execution, ResultShape shape) {
    session.unguard(execution);
    state =
        switch (shape) {
          case ResultShape.Veto(Refusal refusal) -> {
            session.outcome(execution, OutcomeKind.REFUSED, 0, 0, null);
            yield new State.Decided(new Decision.Refuse(refusal));
          }
          case ResultShape.Pass _, ResultShape.Rewrite _ -> new State.Cleared(execution);
        };
  }

  /** It is refused. */
  void forget() {
    state = FRESH;
  }

  /** It will not be forwarded, whatever the gate said or will say of it. */
  void abandon() {
    switch (state) {
      case State.AwaitingGate(long awaited) -> session.gate().withdrawn(awaited);
      case State.Decided(Decision.Run run) ->
          session.outcome(started(run), OutcomeKind.SKIPPED, 0, 0, null);
      case State.Cleared(Execution execution) ->
          session.outcome(execution, OutcomeKind.SKIPPED, 0, 0, null);
      case State.Decided _, State.Fresh _ -> {}
    }
    state = FRESH;
  }
}
