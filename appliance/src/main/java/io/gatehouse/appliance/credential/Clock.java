package io.gatehouse.appliance.credential;

import java.time.Duration;

/** Time that only passes, and what is done later. */
interface Clock {
  /** As {@link System#nanoTime}. */
  long nanos();

  /** Once, by a thread that does not wait for anything. */
  void after(Duration time, Runnable task);
}
