package io.gatehouse.appliance.journal.tail;

/** Nothing was written, and what should have been on record must not happen. Has no stack trace. */
public class JournalStopped extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient TailState state;

  /** For one that is too long; all others are written. */
  JournalStopped(TailState state, String message) {
    super(message, null, false, false);
    this.state = state;
  }

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
