package io.gatehouse.mcp.upstream;

import io.gatehouse.mcp.frame.Headers;
import java.util.HashSet;
import java.util.Set;

/** What of headers crosses the gate (RFC 9110, section 7.6.1). */
final class Crossing {
  private static final Set<String> CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** What is the client's towards the gate, or the gate's towards the server. */
  private static final Set<String> OWN =
      Set.of("accept-encoding", "authorization", "cookie", "expect", "host", "http2-settings");

  private Crossing() {}

  static Headers toServer(Headers headers, Held held) {
    Headers crossing = toClient(headers).without(OWN);
    return new Headers(
        crossing.fields().stream().filter(field -> !held.replaces(field.name())).toList());
  }

  static Headers toClient(Headers headers) {
    Set<String> dropped = new HashSet<>(CONNECTION);
    dropped.addAll(headers.listed("connection"));
    return headers.without(dropped);
  }
}
