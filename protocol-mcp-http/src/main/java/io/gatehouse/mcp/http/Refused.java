package io.gatehouse.mcp.http;

import io.gatehouse.mcp.frame.BrokenMessage;
import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.spi.net.Limit;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the front's own. Its body is an error as JSON-RPC writes one, without an id, since
 * no message was read; the code is the status, which is outside of what that reserves.
 *
 * @param message of the front's own words, never of the request's
 * @param limit which was reached, if that is why
 */
record Refused(int status, String message, Headers headers, @Nullable Limit limit) {

  static Refused of(int status, String message) {
    return new Refused(status, message, Headers.NONE, null);
  }

  static Refused of(int status, String message, Limit limit) {
    return new Refused(status, message, Headers.NONE, limit);
  }

  static Refused malformed(String message) {
    return of(400, message);
  }

  static Refused bodyTooLarge() {
    return of(413, "the body is too large", Limit.HTTP_BODY_BYTES);
  }

  static Refused noMemory() {
    return of(503, "too much is being read at once: try again", Limit.COMMAND_BYTES_TOTAL);
  }

  static Refused broken(BrokenMessage broken) {
    return switch (broken.fault()) {
      case START_LINE_TOO_LONG -> of(414, "the request line is too long", Limit.HTTP_LINE_BYTES);
      case HEADERS_TOO_LARGE -> of(431, "the headers are too large", Limit.HTTP_HEADER_BYTES);
      case TOO_MANY_HEADERS -> of(431, "there are too many headers", Limit.HTTP_HEADERS);
      case VERSION -> of(505, String.valueOf(broken.getMessage()));
      case TRANSFER_CODING -> of(501, String.valueOf(broken.getMessage()));
      case MALFORMED -> malformed(String.valueOf(broken.getMessage()));
    };
  }

  Refused with(String name, String value) {
    return new Refused(status, message, headers.and(name, value), limit);
  }

  byte[] json() {
    return ("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":"
            + status
            + ",\"message\":\""
            + message
            + "\"}}")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
