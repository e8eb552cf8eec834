package io.gatehouse.appliance.control;

/** Why the store did not do what it was asked. */
public enum StoreFailure {
  /** There is no database to talk to, or it went away. */
  UNREACHABLE(true),
  /** No answer within the timeout. */
  TIMED_OUT(true),
  /** No space left where it is kept. */
  FULL(false),
  /** Somebody else held a lock for too long. */
  LOCKED(false),
  /** Too many wait already. */
  OVERLOADED(false),
  /** The database, or the file system, says that we may not. */
  REFUSED(false),
  /** What is there is not what this program wrote or can read. */
  NOT_OURS(false),
  /** Anything else, also a fault of ours. */
  BROKEN(true),
  /** It has been closed. */
  CLOSED(false),
  /** There is a credential of that name. */
  NAME_TAKEN(false);

  private final boolean mayHaveBeenWritten;

  StoreFailure(boolean mayHaveBeenWritten) {
    this.mayHaveBeenWritten = mayHaveBeenWritten;
  }

  /** Whether a write that failed so may be there all the same. */
  public boolean mayHaveBeenWritten() {
    return mayHaveBeenWritten;
  }
}
