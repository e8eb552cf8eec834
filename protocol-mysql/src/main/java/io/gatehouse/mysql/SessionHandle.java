package io.gatehouse.mysql;

import io.gatehouse.mysql.cancel.CancelDesk;
import io.gatehouse.mysql.relay.Session;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.net.HeldSession;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the engine holds of a session, from before its login on. Thread-safe: hops to the loop. */
final class SessionHandle extends HeldSession<Session> implements CancelDesk.Killable {
  SessionHandle(Channel client) {
    super(client);
  }

  @Override
  public void cancel() {
    onSession(Session::cancel);
  }

  /** From the loop on which the session takes it, it holds back what comes after. */
  @Override
  public CompletionStage<Void> takeCancel() {
    return taken(Session::takeCancel);
  }

  @Override
  public CompletionStage<Void> takeEnd() {
    return taken(
        relaying ->
            relaying.kill(
                Refusal.of(Refusal.Kind.KILLED, "another session of yours has ended this one"),
                CloseReason.KILLED));
  }

  @Override
  public CompletionStage<Rows> inquire(Statement statement) {
    return asked((session, result) -> session.questions().ask(statement, result));
  }

  @Override
  public CompletionStage<ResultDescription> describe(String sql, Duration time) {
    return CompletableFuture.failedFuture(
        new UpstreamException("no server of MySQL's describes a statement that does not run"));
  }

  /** No message of MySQL's says anything to a client that has asked nothing. */
  @Override
  public void notify(String message) {}
}
