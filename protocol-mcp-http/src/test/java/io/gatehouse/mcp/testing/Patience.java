package io.gatehouse.mcp.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** For machines that have other things to do. */
public final class Patience {
  public static final int MILLIS = 120_000;

  private Patience() {}

  public static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMillis(MILLIS)).pollInterval(Duration.ofMillis(10));
  }
}
