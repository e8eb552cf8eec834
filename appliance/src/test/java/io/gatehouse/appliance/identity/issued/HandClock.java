package io.gatehouse.appliance.identity.issued;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Goes on when told. */
final class HandClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-22T03:00:00.987654Z");

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }
}
