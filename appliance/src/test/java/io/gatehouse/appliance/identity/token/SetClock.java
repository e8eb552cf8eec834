package io.gatehouse.appliance.identity.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told. */
final class SetClock implements InstantSource {
  static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

  private final AtomicReference<Instant> now;

  SetClock() {
    this(START);
  }

  SetClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  long seconds() {
    return instant().getEpochSecond();
  }
}
