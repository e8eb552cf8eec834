package io.gatehouse.appliance.session;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what ended it. */
final class Kills implements SessionControl {
  final List<CloseReason> reasons = new CopyOnWriteArrayList<>();

  @Override
  public void kill(Refusal refusal, CloseReason reason) {
    reasons.add(reason);
  }

  @Override
  public void cancel() {}

  @Override
  public void redecide() {}

  @Override
  public CompletionStage<Rows> inquire(Statement statement) {
    return CompletableFuture.failedStage(new UnsupportedOperationException());
  }

  @Override
  public CompletionStage<ResultDescription> describe(String sql, Duration time) {
    return CompletableFuture.failedStage(new UnsupportedOperationException());
  }

  @Override
  public void notify(String message) {}
}
