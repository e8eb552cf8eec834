package io.gatehouse.appliance.credential;

import java.util.concurrent.atomic.LongAdder;

/** How often held credentials were replaced, and how often there was none to be had. */
public final class Readings {
  private final LongAdder replaced = new LongAdder();
  private final LongAdder failed = new LongAdder();

  void replacedOne() {
    replaced.increment();
  }

  void failedOnce() {
    failed.increment();
  }

  public long replaced() {
    return replaced.sum();
  }

  public long failed() {
    return failed.sum();
  }
}
