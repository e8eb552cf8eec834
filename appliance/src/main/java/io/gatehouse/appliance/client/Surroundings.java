package io.gatehouse.appliance.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a command finds around itself.
 *
 * @param pause lets time pass
 */
public record Surroundings(Map<String, String> environment, InstantSource clock, Pause pause) {
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Lets time pass. */
  public interface Pause {
    void await(Duration time) throws InterruptedException;
  }

  public static Surroundings ofProcess() {
    return new Surroundings(System.getenv(), InstantSource.system(), Surroundings::letPass);
  }

  private static void letPass(Duration time) throws InterruptedException {
    boolean early = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    if (early) {
      throw new IllegalStateException("nobody counts this latch down");
    }
  }
}
