package io.gatehouse.spi.json;

/**
 * A text is not JSON as the gate reads it. Its message holds nothing of the text. Without a stack
 * trace: a hostile peer decides how often it is thrown.
 */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final JsonFault fault;
  private final int position;

  MalformedJsonException(JsonFault fault, int position) {
    super(fault.meaning() + ", at byte " + position, null, false, false);
    this.fault = fault;
    this.position = position;
  }

  public JsonFault fault() {
    return fault;
  }

  /** The byte, from 0, at which reading ended. */
  public int position() {
    return position;
  }
}
