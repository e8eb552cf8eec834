package io.gatehouse.mcp.rpc;

import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request of the modern revisions says about itself in {@code _meta}. Nobody has verified
 * the client's word for what it is.
 *
 * @param version as it stands there; maybe of no revision that is known
 * @param capabilities of the client, for this request
 * @param clientInfo name and version of the client; it need not say them
 */
public record RequestMeta(String version, JsonValue capabilities, Optional<JsonValue> clientInfo) {
  public static final String VERSION = "io.modelcontextprotocol/protocolVersion";
  public static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  public static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";
  public static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
  public static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";

  private static final String META = "_meta";
  private static final int MAX_ECHOED = 64;
  private static final List<String> READ =
      List.of(VERSION, CAPABILITIES, CLIENT_INFO, LOG_LEVEL, "progressToken");

  /** Whether the params say that they are of a modern revision, rightly or not. */
  public static boolean claimed(Optional<JsonValue> params) {
    return params.flatMap(p -> p.find(META)).flatMap(meta -> meta.find(VERSION)).isPresent();
  }

  /**
   * @throws RefusedMessageException if something is missing that the specification wants, or of
   *     another kind
   */
  public static RequestMeta read(Request request) throws RefusedMessageException {
    Optional<JsonValue> meta =
        request.params().flatMap(p -> p.find(META)).filter(m -> m.is(JsonKind.OBJECT));
    requireThere(request, meta);
    JsonValue said = meta.orElseThrow();
    for (String read : READ) {
      if (said.hasLookalike(read)) {
        throw invalid(request, "a member of _meta that looks like " + read, Map.of());
      }
    }
    String version = of(request, said, VERSION, JsonKind.STRING).orElseThrow().text();
    JsonValue capabilities = of(request, said, CAPABILITIES, JsonKind.OBJECT).orElseThrow();
    Optional<JsonValue> clientInfo = of(request, said, CLIENT_INFO, JsonKind.OBJECT);
    if (clientInfo.isPresent()) {
      requireNameAndVersion(request, clientInfo.get());
    }
    of(request, said, LOG_LEVEL, JsonKind.STRING);
    Optional<JsonValue> token = said.find("progressToken");
    if (token.isPresent() && RequestId.read(token.get()).isEmpty()) {
      throw invalid(request, "progressToken must be a string or a whole number", Map.of());
    }
    return new RequestMeta(version, capabilities, clientInfo);
  }

  /**
   * The revision that the request is of.
   *
   * @param supported those that are spoken, the one to try first before the others
   * @throws RefusedMessageException if it is none of them
   */
  public Revision revision(Request request, List<Revision> supported)
      throws RefusedMessageException {
    Optional<Revision> revision = Revision.find(version).filter(supported::contains);
    if (revision.isPresent()) {
      return revision.get();
    }
    throw new RefusedMessageException(
        ErrorCode.UNSUPPORTED_PROTOCOL_VERSION,
        "this revision is not spoken here",
        Optional.of(request.id()),
        Map.of(
            "supported",
            supported.stream().map(Revision::text).toList(),
            "requested",
            version.substring(0, Math.min(version.length(), MAX_ECHOED))));
  }

  private static void requireThere(Request request, Optional<JsonValue> meta)
      throws RefusedMessageException {
    List<String> missing = new ArrayList<>();
    if (meta.isEmpty()) {
      missing.add(META);
    } else {
      for (String key : List.of(VERSION, CAPABILITIES)) {
        if (meta.get().find(key).isEmpty()) {
          missing.add(key);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw invalid(
          request,
          "params need " + String.join(", ", missing),
          Map.of("envelope", Map.of("missing", missing)));
    }
  }

  private static Optional<JsonValue> of(Request request, JsonValue meta, String key, JsonKind kind)
      throws RefusedMessageException {
    Optional<JsonValue> value = meta.find(key);
    if (value.isPresent() && !value.get().is(kind)) {
      throw invalid(request, key + " is of the wrong kind", Map.of());
    }
    return value;
  }

  private static void requireNameAndVersion(Request request, JsonValue clientInfo)
      throws RefusedMessageException {
    for (String key : List.of("name", "version")) {
      if (clientInfo.find(key).filter(v -> v.is(JsonKind.STRING)).isEmpty()) {
        throw invalid(request, CLIENT_INFO + " needs a string as " + key, Map.of());
      }
    }
  }

  private static RefusedMessageException invalid(
      Request request, String message, Map<String, Object> data) {
    return new RefusedMessageException(
        ErrorCode.INVALID_PARAMS, message, Optional.of(request.id()), data);
  }
}
