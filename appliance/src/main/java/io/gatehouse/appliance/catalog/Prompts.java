package io.gatehouse.appliance.catalog;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Turns notifications into looks: each is followed by a look that begins after it, and however many
 * come, looks keep their distance. Whoever can connect to a database can send any number.
 * Thread-safe.
 */
final class Prompts {
  static final Duration DISTANCE = Duration.ofMillis(100);

  private final LiveCatalogs owner;
  private final BooleanSupplier look;
  private boolean due;
  private long last;

  /**
   * @param look answers false if it could not begin, and is asked again then
   */
  Prompts(LiveCatalogs owner, BooleanSupplier look) {
    this.owner = owner;
    this.look = look;
    this.last = owner.now() - DISTANCE.toNanos();
  }

  void prompt() {
    Duration wait;
    synchronized (this) {
      if (due) {
        return;
      }
      due = true;
      wait = DISTANCE.minusNanos(owner.now() - last);
    }
    owner.after(wait.isNegative() ? Duration.ZERO : wait, this::begin);
  }

  private void begin() {
    synchronized (this) {
      due = false;
      last = owner.now();
    }
    if (!look.getAsBoolean()) {
      prompt();
    }
  }
}
