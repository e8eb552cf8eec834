package io.gatehouse.mcp.sse;

/**
 * A stream of events is not what the gate reads. Its message holds nothing of the stream. Without a
 * stack trace: a hostile peer decides how often it is thrown.
 */
public final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedEventException(String message) {
    super(message, null, false, false);
  }
}
