package io.gatehouse.mcp.http;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.frame.RequestHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What browsers are told about pages of other origins (CORS, as the Fetch standard of WHATWG has
 * it). Of those that are configured, nothing of any other; cookies are not taken from them, either.
 * Immutable.
 */
final class Pages {
  private static final Set<String> ASKED_WITH =
      Set.of(
          "accept", "authorization", "content-type", "last-event-id", "traceparent", "tracestate");

  /** The protocol names new ones in each revision. */
  private static final Pattern OF_THE_PROTOCOL = Pattern.compile("mcp-[a-z0-9-]{1,60}");

  private static final String SHOWN = "Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate";
  private static final String KEPT_SECONDS = "600";

  private final Names names;

  Pages(Names names) {
    this.names = names;
  }

  /** What each answer to that request says beside its own. */
  Headers beside(RequestHead head) {
    return origin(head)
        .map(
            origin ->
                Headers.of(
                    "access-control-allow-origin",
                    origin,
                    "access-control-expose-headers",
                    SHOWN,
                    "vary",
                    "Origin"))
        .orElse(Headers.NONE);
  }

  private Optional<String> origin(RequestHead head) {
    return head.headers().first("origin").filter(names::listed);
  }

  /**
   * What a browser is told that asks before it lets a page ask; empty if that is not what this is.
   *
   * @param methods that are served there
   */
  Optional<Headers> preflight(RequestHead head, String methods) {
    boolean asks =
        head.method().equals("OPTIONS")
            && origin(head).isPresent()
            && head.headers().has("access-control-request-method");
    if (!asks) {
      return Optional.empty();
    }
    Headers told =
        Headers.of("access-control-allow-methods", methods, "access-control-max-age", KEPT_SECONDS);
    List<String> with =
        head.headers().listed("access-control-request-headers").stream()
            .filter(name -> ASKED_WITH.contains(name) || OF_THE_PROTOCOL.matcher(name).matches())
            .distinct()
            .toList();
    return Optional.of(
        with.isEmpty() ? told : told.and("access-control-allow-headers", String.join(", ", with)));
  }
}
