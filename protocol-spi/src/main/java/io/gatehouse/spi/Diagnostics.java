package io.gatehouse.spi;

/** How much of the server's words about a command the client may read. */
public enum Diagnostics {
  /** All of them. */
  AS_SENT,
  /** What happened, without the parts that quote rows; no notices. */
  WITHOUT_DETAIL,
  /** The error's code, with words of the gate's own; no notices. */
  CODE_ONLY
}
