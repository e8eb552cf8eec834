package io.gatehouse.benchmarks;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** What the engine may do to a session: it asks what names mean, and says when to ask again. */
final class OneSession implements SessionControl, Reply {
  private final LinkedBlockingQueue<Long> again = new LinkedBlockingQueue<>();

  void awaitAgain() throws InterruptedException {
    again.take();
  }

  @Override
  public CompletionStage<Rows> inquire(Statement statement) {
    List<List<Value>> rows =
        List.of(
            List.of(new Value.Text("path"), new Value.Text("\"$user\", public")),
            List.of(new Value.Text("user"), new Value.Text("gate")));
    return CompletableFuture.completedFuture(new Rows(new ResultDescription(List.of()), rows));
  }

  @Override
  public CompletionStage<ResultDescription> describe(String sql, Duration time) {
    throw new IllegalStateException("nothing is copied");
  }

  @Override
  public void again(long sequence) {
    again.add(sequence);
  }

  @Override
  public void answer(long sequence, Decision decision) {
    throw new IllegalStateException("answered late");
  }

  @Override
  public void progress(long sequence, String message) {}

  @Override
  public void kill(Refusal refusal, CloseReason reason) {
    throw new IllegalStateException(refusal.message());
  }

  @Override
  public void cancel() {}

  @Override
  public void redecide() {}

  @Override
  public void notify(String message) {}
}
