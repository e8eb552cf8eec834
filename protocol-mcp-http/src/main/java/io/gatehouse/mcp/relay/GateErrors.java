package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.rpc.MessageWriter;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.spi.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The gate's refusals as the protocol's errors. Their codes are HTTP's, which are outside of what
 * JSON-RPC keeps for itself.
 */
final class GateErrors {
  static final Headers JSON = Headers.of("content-type", "application/json");

  private GateErrors() {}

  /** The answer to a request. */
  static byte[] error(Optional<RequestId> id, Refusal refusal) {
    Map<String, Object> data = new LinkedHashMap<>();
    if (refusal.detail() != null) {
      data.put("detail", refusal.detail());
    }
    if (refusal.hint() != null) {
      data.put("hint", refusal.hint());
    }
    return MessageWriter.error(id, code(refusal.kind()), refusal.message(), data);
  }

  static byte[] error(RefusedMessageException refused) {
    return MessageWriter.error(refused);
  }

  private static int code(Refusal.Kind kind) {
    return switch (kind) {
      case IDENTITY, KILLED -> 401;
      case POLICY -> 403;
      case UNKNOWN_TARGET -> 404;
      case WITHDRAWN -> 409;
      case NOT_UNDERSTOOD -> 422;
      case LIMIT -> 429;
      case INTERNAL -> 500;
      case UNSUPPORTED -> 501;
      case UNAVAILABLE -> 503;
    };
  }

  /** Of an answer to a request that no message was read of, or that has not begun to be served. */
  static int status(Refusal refusal) {
    return code(refusal.kind());
  }
}
