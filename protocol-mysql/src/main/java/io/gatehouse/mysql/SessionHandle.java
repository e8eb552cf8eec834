package io.gatehouse.mysql;

import io.gatehouse.mysql.cancel.CancelDesk;
import io.gatehouse.mysql.relay.Session;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the engine holds of a session, from before its login on. Thread-safe: hops to the loop. */
final class SessionHandle implements SessionControl, CancelDesk.Killable {
  private final Channel client;

  /** Null until the session relays; touched on the loop only. */
  private @Nullable Session session;

  SessionHandle(Channel client) {
    this.client = client;
  }

  /** On the loop. */
  void relaying(Session newSession) {
    session = newSession;
  }

  @Override
  public void kill(Refusal refusal, CloseReason reason) {
    client
        .eventLoop()
        .execute(
            () -> {
              if (session == null) {
                client.close();
              } else {
                session.kill(refusal, reason);
              }
            });
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

  private CompletionStage<Void> taken(Consumer<Session> action) {
    return CompletableFuture.runAsync(
        () -> {
          if (session != null) {
            action.accept(session);
          }
        },
        client.eventLoop());
  }

  @Override
  public void redecide() {
    onSession(Session::redecide);
  }

  @Override
  public CompletionStage<Rows> inquire(Statement statement) {
    CompletableFuture<Rows> result = new CompletableFuture<>();
    if (client.eventLoop().inEventLoop()) {
      ask(statement, result);
    } else {
      client.eventLoop().execute(() -> ask(statement, result));
    }
    return result;
  }

  private void ask(Statement statement, CompletableFuture<Rows> result) {
    if (session == null) {
      result.completeExceptionally(new UpstreamException("the session does not relay yet"));
    } else {
      session.questions().ask(statement, result);
    }
  }

  @Override
  public CompletionStage<ResultDescription> describe(String sql, Duration time) {
    return CompletableFuture.failedFuture(
        new UpstreamException("no server of MySQL's describes a statement that does not run"));
  }

  /** No message of MySQL's says anything to a client that has asked nothing. */
  @Override
  public void notify(String message) {}

  /** Ends the session as soon as it is idle. */
  void drain() {
    onSession(Session::drain);
  }

  private void onSession(Consumer<Session> action) {
    client
        .eventLoop()
        .execute(
            () -> {
              if (session != null) {
                action.accept(session);
              }
            });
  }
}
