package io.gatehouse.appliance.journal.tail;

/** Nothing was written, and what should have been on record must not happen. Has no stack trace. */
public final class JournalStopped extends Exception {
  private final TailState state;

  JournalStopped(TailState state) {
    super(
        switch (state) {
          case TailState.Running() -> "the journal could not be written a moment ago";
          case TailState.Stopped stopped ->
              "the journal cannot be written: " + stopped.reason().word() + ", " + stopped.detail();
          case TailState.Closed() -> "the journal is closed";
        },
        null,
        false,
        false);
    this.state = state;
  }

  public TailState state() {
    return state;
  }
}
