package io.gatehouse.appliance.engine;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Nothing can be done to the session. */
class NoControl implements SessionControl {
  @Override
  public void kill(Refusal refusal, CloseReason reason) {}

  @Override
  public void cancel() {}

  @Override
  public void redecide() {}

  @Override
  public CompletionStage<Rows> inquire(Statement statement) {
    throw new AssertionError("the engine asks nothing");
  }

  @Override
  public CompletionStage<ResultDescription> describe(String sql, Duration time) {
    throw new AssertionError("the engine asks nothing");
  }

  @Override
  public void notify(String message) {}
}
