package io.gatehouse.appliance.journal.seal;

/**
 * What was signed is not there any more, or not as it was: nothing is sealed on top of that. The
 * message says what, and it needs a person: the files are to be put back, or kept as evidence and a
 * new journal begun.
 */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  public RefusedException(String message) {
    super(message);
  }
}
