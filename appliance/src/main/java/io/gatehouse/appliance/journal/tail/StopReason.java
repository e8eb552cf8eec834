package io.gatehouse.appliance.journal.tail;

/** Why nothing is written. The words are those of log, metrics and gap records. */
public enum StopReason {
  /** The next file could not be allocated, for want of space or for another reason. */
  NO_SPACE("no-space"),
  /** Files fill faster than the next ones are made. */
  TOO_FAST("too-fast"),
  /** An entry could not be written into its file. */
  APPEND_FAILED("append-failed"),
  /** What was written could not be synced. */
  SYNC_FAILED("sync-failed"),
  /** An entry that was written is not what is read. */
  DAMAGED("damaged"),
  /** Somebody else said so, such as who seals. */
  ASKED_TO("asked-to");

  private final String word;

  StopReason(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
