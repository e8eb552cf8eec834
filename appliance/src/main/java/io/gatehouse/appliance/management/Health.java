package io.gatehouse.appliance.management;

import java.util.Optional;
import java.util.function.Supplier;

/** Whether new sessions should be sent here. Thread-safe. */
public final class Health {

  /** In the order in which a process goes through them. */
  public enum State {
    STARTING("starting"),
    READY("ready"),
    DRAINING("draining");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  private volatile State state = State.STARTING;
  private volatile Supplier<Optional<String>> obstacle = Optional::empty;

  /** What keeps commands from running, asked each time. */
  public void unless(Supplier<Optional<String>> something) {
    obstacle = something;
  }

  Optional<String> obstacle() {
    return obstacle.get();
  }

  public State state() {
    return state;
  }

  public void ready() {
    state = State.READY;
  }

  public void draining() {
    state = State.DRAINING;
  }
}
