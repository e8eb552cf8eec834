package io.gatehouse.postgres;

import io.gatehouse.postgres.cancel.CancelDesk;
import io.gatehouse.postgres.relay.Questions;
import io.gatehouse.postgres.relay.Session;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.net.HeldSession;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** What the engine holds of a session, from before its login on. Thread-safe: hops to the loop. */
public final class SessionHandle extends HeldSession<Session> implements CancelDesk.Cancellable {
  public SessionHandle(Channel client) {
    super(client);
  }

  @Override
  public void cancel() {
    onSession(Session::cancelRunning);
  }

  /** From the loop on which the session takes it, it holds back what comes after. */
  @Override
  public CompletionStage<Void> takeCancel() {
    return taken(Session::cancel);
  }

  @Override
  public CompletionStage<Rows> inquire(Statement statement) {
    return questioned((questions, result) -> questions.ask(statement, result));
  }

  @Override
  public CompletionStage<ResultDescription> describe(String sql, Duration time) {
    return questioned((questions, result) -> questions.describe(sql, time, result));
  }

  private <T> CompletionStage<T> questioned(BiConsumer<Questions, CompletableFuture<T>> question) {
    return asked(
        (session, result) -> {
          Questions questions = session.questions();
          if (questions == null) {
            result.completeExceptionally(
                new UpstreamException("the session does not relay any more"));
          } else {
            question.accept(questions, result);
          }
        });
  }

  @Override
  public void notify(String message) {
    onSession(relaying -> relaying.say(message));
  }
}
