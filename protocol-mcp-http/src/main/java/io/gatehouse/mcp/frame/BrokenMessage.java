package io.gatehouse.mcp.frame;

/** Bytes that are no message. Hostile input is cheap: there is no stack, and nothing is quoted. */
public final class BrokenMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of break it is. */
  public enum Fault {
    START_LINE_TOO_LONG,
    HEADERS_TOO_LARGE,
    TOO_MANY_HEADERS,
    VERSION,
    TRANSFER_CODING,
    MALFORMED
  }

  private final Fault fault;

  public BrokenMessage(Fault fault, String message) {
    super(message, null, false, false);
    this.fault = fault;
  }

  static BrokenMessage malformed(String message) {
    return new BrokenMessage(Fault.MALFORMED, message);
  }

  public Fault fault() {
    return fault;
  }
}
