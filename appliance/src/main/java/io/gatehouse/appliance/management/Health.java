package io.gatehouse.appliance.management;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final List<Supplier<Optional<String>>> obstacles = new CopyOnWriteArrayList<>();

  /** What keeps commands from running, or callers from logging in, asked each time. */
  public void unless(Supplier<Optional<String>> something) {
    obstacles.add(something);
  }

  Optional<String> obstacle() {
    return obstacles.stream().flatMap(one -> one.get().stream()).findFirst();
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
