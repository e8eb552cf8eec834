package io.gatehouse.plugin;

/**
 * What a command does, and what it does to one thing it touches. The order is from harmless to
 * grave: of a command that does several of these, the gravest is its operation.
 */
public enum Operation {
  /** Opens, ends or tunes the caller's own session: transactions, settings, cursors, listening. */
  SESSION,
  READ,
  /** Asks a model for an answer. */
  INFER,
  /** Calls a tool or a function whose effects its owner defines. */
  CALL,
  WRITE,
  DELETE,
  /** Moves data in bulk or past the result: files, programs, other servers, channels. */
  TRANSFER,
  /** Creates, changes or drops what data lives in. */
  DEFINE,
  /** Runs code that the command itself carries. */
  EXECUTE,
  /** Gives or takes rights, or takes on another identity. */
  GRANT,
  /** Changes or disturbs the server itself. */
  ADMINISTER,
  /** Nobody knows. */
  UNKNOWN;

  /** The graver of the two. */
  public Operation or(Operation other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
