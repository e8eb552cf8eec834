package io.gatehouse.spi;

/** How a command ended. */
public enum OutcomeKind {
  SUCCEEDED,
  /** The server hands out the rest when asked again. */
  SUSPENDED,
  FAILED,
  /** An earlier failure in the same batch kept the server from running it. */
  SKIPPED,
  /** The gate ended it: a veto, a limit. */
  REFUSED,
  /** The session ended first; whether it ran is not known. */
  UNKNOWN
}
