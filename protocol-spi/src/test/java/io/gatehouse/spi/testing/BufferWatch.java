package io.gatehouse.spi.testing;

import io.netty.util.LeakPresenceDetector;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaves a Netty buffer unreleased. Event loops may still be closing what
 * the last test used, so it gives them longer than any limit on a connection that is being made or
 * left, and counts the steps: on a clock, a machine that stood still would have used it up.
 */
public final class BufferWatch implements AfterAllCallback {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(5);

  private final Duration grace;

  /** Called by JUnit, which finds it as a service. */
  public BufferWatch() {
    this(GRACE);
  }

  BufferWatch(Duration grace) {
    this.grace = grace;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    boolean nested = context.getRequiredTestClass().getEnclosingClass() != null;
    if (!nested) {
      check(context.getDisplayName());
    }
  }

  void check(String testClass) {
    long steps = grace.dividedBy(STEP);
    while (BufferCounter.OPEN.hasOpenResources() && steps > 0) {
      LockSupport.parkNanos(STEP.toNanos());
      steps--;
    }
    try {
      LeakPresenceDetector.check();
    } catch (IllegalStateException leak) {
      throw new AssertionError(
          testClass
              + " ended with Netty buffers that nobody released; where they were made is below",
          leak);
    }
  }
}
