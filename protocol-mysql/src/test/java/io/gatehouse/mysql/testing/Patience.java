package io.gatehouse.mysql.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** For machines that have other things to do. */
public final class Patience {
  private static final Duration MOST = Duration.ofMinutes(5);

  private Patience() {}

  public static ConditionFactory await() {
    return Awaitility.await().atMost(MOST).pollInterval(Duration.ofMillis(50));
  }
}
