package io.gatehouse.postgres;

import io.gatehouse.postgres.cancel.CancelDesk;
import io.gatehouse.postgres.relay.Questions;
import io.gatehouse.postgres.relay.Session;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the engine holds of a session, from before its login on. Thread-safe: hops to the loop. */
public final class SessionHandle implements SessionControl, CancelDesk.Cancellable {
  private final Channel client;

  /** Null until the session relays; touched on the loop only. */
  private @Nullable Session session;

  public SessionHandle(Channel client) {
    this.client = client;
  }

  /** On the loop. */
  public void relaying(Session newSession) {
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
    onSession(Session::cancelRunning);
  }

  /** From the loop on which the session takes it, it holds back what comes after. */
  @Override
  public CompletionStage<Void> takeCancel() {
    return CompletableFuture.runAsync(
        () -> {
          if (session != null) {
            session.cancel();
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
    return asked((questions, result) -> questions.ask(statement, result));
  }

  @Override
  public CompletionStage<ResultDescription> describe(String sql, Duration time) {
    return asked((questions, result) -> questions.describe(sql, time, result));
  }

  private <T> CompletionStage<T> asked(BiConsumer<Questions, CompletableFuture<T>> question) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (client.eventLoop().inEventLoop()) {
      ask(question, result);
    } else {
      client.eventLoop().execute(() -> ask(question, result));
    }
    return result;
  }

  private <T> void ask(
      BiConsumer<Questions, CompletableFuture<T>> question, CompletableFuture<T> result) {
    Questions questions = session == null ? null : session.questions();
    if (questions == null) {
      result.completeExceptionally(
          new UpstreamException("the session does not relay yet, or not any more"));
    } else {
      question.accept(questions, result);
    }
  }

  @Override
  public void notify(String message) {
    onSession(relaying -> relaying.say(message));
  }

  /** Ends the session as soon as it is idle. */
  public void drain() {
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
