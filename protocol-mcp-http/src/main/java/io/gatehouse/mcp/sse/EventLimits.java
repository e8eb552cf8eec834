package io.gatehouse.mcp.sse;

/**
 * How much of a stream of events is held.
 *
 * @param eventBytes of one event with its comments and line ends
 * @param fieldBytes of its type, and of its id
 */
public record EventLimits(int eventBytes, int fieldBytes) {
  public static final EventLimits DEFAULTS = new EventLimits(16_777_216, 1_024);

  public EventLimits {
    if (eventBytes < 1 || fieldBytes < 1) {
      throw new IllegalArgumentException("a limit of events must be 1 or more");
    }
  }
}
