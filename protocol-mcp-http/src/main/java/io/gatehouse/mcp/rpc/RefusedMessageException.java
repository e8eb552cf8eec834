package io.gatehouse.mcp.rpc;

import java.util.Map;
import java.util.Optional;

/**
 * A message is not what the specification allows. Its message holds nothing of the peer's but names
 * that the specification gives. Without a stack trace: a hostile peer decides how often it is
 * thrown.
 */
public final class RefusedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Optional<RequestId> id;
  private final transient Map<String, Object> data;

  public RefusedMessageException(ErrorCode code, String message, Optional<RequestId> id) {
    this(code, message, id, Map.of());
  }

  /**
   * @param message says what was wrong, without a word of the peer's
   * @param data what the specification wants beside it
   */
  public RefusedMessageException(
      ErrorCode code, String message, Optional<RequestId> id, Map<String, Object> data) {
    super(message, null, false, false);
    this.code = code;
    this.id = id;
    this.data = Map.copyOf(data);
  }

  public ErrorCode code() {
    return code;
  }

  /** Of the request, where it was one and its id could be read. */
  public Optional<RequestId> id() {
    return id;
  }

  /** What the specification wants beside the message; empty where it wants nothing. */
  public Map<String, Object> data() {
    return data;
  }
}
