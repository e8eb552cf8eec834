package io.gatehouse.verifier;

/** What can be wrong with a journal, the gravest first; the first one found is the exit code. */
public enum Kind {
  /** A file cannot be read at all, so nothing is said of what is behind it. */
  UNREADABLE(3),
  /** A checkpoint is not signed by the key, or is no checkpoint. */
  BAD_SIGNATURE(10),
  /** Bytes are not those that were signed. */
  ALTERED(11),
  /** Something that was signed is gone, or a number is left out that no record explains. */
  MISSING(12),
  /** Records are there, in another order. */
  REORDERED(13),
  /** The end of what was signed is gone. */
  TRUNCATED(14),
  /** A clock went back by more than a second. */
  CLOCK_REGRESSION(15),
  /** In the tail: sums that are wrong or numbers left out. A crash can do it, and so can a hand. */
  TAIL_DAMAGED(16),
  /** A command was forwarded, and no record says what became of it. */
  INTENT_WITHOUT_OUTCOME(17),
  /** Lost in a crash before it was signed, and a signed record says so. */
  LOST(18),
  /** Behind the newest checkpoint, or of the tail: not yet proved. Not an error. */
  UNSEALED(0),
  /** A file that is not the journal's. Not an error. */
  FOREIGN(0);

  private final int exitCode;

  Kind(int exitCode) {
    this.exitCode = exitCode;
  }

  /** What {@link Main} returns when nothing graver was found; 0 for what is no error. */
  public int exitCode() {
    return exitCode;
  }
}
