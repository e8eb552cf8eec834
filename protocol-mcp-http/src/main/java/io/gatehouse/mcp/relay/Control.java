package io.gatehouse.mcp.relay;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.UpstreamPort;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the engine does to a conversation. Usable from any thread. */
final class Control implements SessionControl {
  private final Conversation conversation;

  Control(Conversation conversation) {
    this.conversation = conversation;
  }

  @Override
  public void kill(Refusal refusal, CloseReason reason) {
    conversation.onLoop(() -> conversation.end(refusal, reason));
  }

  @Override
  public void cancel() {
    conversation.onLoop(conversation::cancel);
  }

  @Override
  public void cancel(long sequence) {
    conversation.onLoop(() -> conversation.cancel(sequence));
  }

  /** Nothing is prepared. */
  @Override
  public void redecide() {}

  @Override
  public CompletionStage<UpstreamPort.Rows> inquire(UpstreamPort.Statement statement) {
    return CompletableFuture.failedFuture(notSql());
  }

  @Override
  public CompletionStage<ResultDescription> describe(String sql, Duration time) {
    return CompletableFuture.failedFuture(notSql());
  }

  private static UnsupportedOperationException notSql() {
    return new UnsupportedOperationException("this server is not asked in SQL");
  }

  /** Nobody hears what is said outside of an answer. */
  @Override
  public void notify(String message) {}
}
