package io.gatehouse.appliance.management;

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
