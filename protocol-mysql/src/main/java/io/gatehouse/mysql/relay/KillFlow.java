package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.GateErrors;
import io.gatehouse.mysql.cancel.Kill;
import io.gatehouse.mysql.message.BackendMessage;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Walk.Step;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * KILL by the number of a greeting, which means nothing to the server: the gate answers it. It
 * reaches what the same caller runs in another session, and is no command, as a cancel of
 * PostgreSQL's is none: what it ended is on record as that. Owned by the session's event loop.
 */
final class KillFlow {
  private final Session session;
  private boolean underWay;
  private @Nullable BackendMessage answer;

  KillFlow(Session session) {
    this.session = session;
  }

  /** Whether the client is to be told when the other session has heard of it. */
  boolean underWay() {
    return underWay;
  }

  Step step(Kill kill) {
    BackendMessage told = answer;
    answer = null;
    if (told == null) {
      told = begin(kill);
    }
    if (told == null) {
      return Step.STOP;
    }
    if (!session.over()) {
      session.reply(told);
    }
    return Step.DROP;
  }

  /** It runs nothing but this. */
  private BackendMessage itself(Kill kill) {
    ErrPacket interrupted = GateErrors.error(FrontCommand.INTERRUPTED.refusal());
    if (kill.connection()) {
      session.end(interrupted, CloseReason.KILLED);
    }
    return interrupted;
  }

  private @Nullable BackendMessage begin(Kill kill) {
    if (kill.means(session.connectionId())) {
      return itself(kill);
    }
    CompletionStage<Void> taken =
        session.surroundings().cancels().request(kill, session.gate()).orElse(null);
    if (taken == null) {
      return new ErrPacket(1094, "HY000", "Unknown thread id: " + kill.number());
    }
    underWay = true;
    taken.whenCompleteAsync((_, _) -> taken(), session.duplex().client().eventLoop());
    return null;
  }

  /** Only then nothing that the client sends there can be hit any more. */
  private void taken() {
    underWay = false;
    answer = OkPacket.of(session.view().lasting());
    if (!session.over()) {
      session.proceed();
    }
  }
}
