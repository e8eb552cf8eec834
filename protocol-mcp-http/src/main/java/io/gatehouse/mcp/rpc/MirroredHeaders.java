package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * The headers of the modern revisions that say again what the body says, for those on the way who
 * do not read it. Whoever reads both refuses what differs: others may have decided by the header.
 *
 * @param version all that stands in lines of {@code MCP-Protocol-Version}
 * @param method the same of {@code Mcp-Method}
 * @param name the same of {@code Mcp-Name}
 */
public record MirroredHeaders(List<String> version, List<String> method, List<String> name) {
  public static final String VERSION = "MCP-Protocol-Version";
  public static final String METHOD = "Mcp-Method";
  public static final String NAME = "Mcp-Name";

  public MirroredHeaders {
    version = List.copyOf(version);
    method = List.copyOf(method);
    name = List.copyOf(name);
  }

  /**
   * @throws RefusedMessageException if one is missing, stands there twice or differs from the body
   */
  public void requireSame(Request request, RequestMeta meta) throws RefusedMessageException {
    Optional<RequestId> id = Optional.of(request.id());
    requireSame(id, VERSION, only(id, VERSION, version), meta.version());
    requireSame(id, METHOD, only(id, METHOD, method), request.method());
    Optional<String> named = Method.find(request.method()).flatMap(m -> named(request, m));
    if (named.isPresent()) {
      String header = only(id, NAME, name);
      String decoded =
          HeaderText.decoded(header)
              .orElseThrow(() -> mismatch(id, NAME + " is not the Base64 that it says"));
      requireSame(id, NAME, decoded, named.get());
    }
  }

  /** A notification has no {@code _meta} of its own, and what a header says about it must fit. */
  public void requireSame(Notification notification) throws RefusedMessageException {
    if (!method.isEmpty()) {
      String said = only(Optional.empty(), METHOD, method);
      requireSame(Optional.empty(), METHOD, said, notification.method());
    }
  }

  private static Optional<String> named(Request request, Method method) {
    return method.mirrored()
        ? request
            .params()
            .flatMap(p -> p.find(method.subject().member()))
            .filter(value -> value.is(JsonKind.STRING))
            .map(JsonValue::text)
        : Optional.empty();
  }

  private static String only(Optional<RequestId> id, String header, List<String> lines)
      throws RefusedMessageException {
    if (lines.size() != 1) {
      throw mismatch(id, header + (lines.isEmpty() ? " is missing" : " stands there twice"));
    }
    return HeaderText.stripped(lines.getFirst());
  }

  private static void requireSame(Optional<RequestId> id, String header, String said, String body)
      throws RefusedMessageException {
    if (!said.equals(body)) {
      throw mismatch(id, header + " differs from the body");
    }
  }

  private static RefusedMessageException mismatch(Optional<RequestId> id, String message) {
    return new RefusedMessageException(ErrorCode.HEADER_MISMATCH, message, id);
  }
}
