package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages of the gate's own as bytes of UTF-8. Params, results and data are what {@link
 * JsonWriter} writes.
 */
public final class MessageWriter {
  private MessageWriter() {}

  /** The answer to a message that was refused. */
  public static byte[] error(RefusedMessageException refused) {
    return error(
        refused.id(), refused.code().code(), String.valueOf(refused.getMessage()), refused.data());
  }

  /**
   * @param id none where it is not known; null is written then
   * @param data left out if empty
   */
  public static byte[] error(
      Optional<RequestId> id, int code, String message, Map<String, ?> data) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    if (!data.isEmpty()) {
      error.put("data", data);
    }
    return written("id", id.map(RequestId::json).orElse(null), "error", error);
  }

  public static byte[] result(RequestId id, Object result) {
    return written("id", id.json(), "result", result);
  }

  public static byte[] request(RequestId id, String method, Map<String, ?> params) {
    return written("id", id.json(), "method", method, "params", params);
  }

  public static byte[] notification(String method, Map<String, ?> params) {
    return written("method", method, "params", params);
  }

  private static byte[] written(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> message = new LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      message.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return JsonWriter.bytes(Collections.unmodifiableMap(message));
  }
}
