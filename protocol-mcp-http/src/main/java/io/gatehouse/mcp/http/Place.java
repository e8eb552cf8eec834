package io.gatehouse.mcp.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One path that is served.
 *
 * @param methods that it takes, each with the media types all of which the client must accept
 * @param resource what is told of it to clients that look for where to log in
 */
public record Place(
    String path, Map<String, Set<String>> methods, Optional<ProtectedResource> resource) {
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]{0,1023}");
  static final String JSON = "application/json";
  static final String EVENTS = "text/event-stream";

  public Place {
    if (!plain(path)) {
      throw new IllegalArgumentException("the path is to begin with a slash and need no escape");
    }
    methods = Map.copyOf(new TreeMap<>(methods));
  }

  /** An MCP endpoint of the streamable transport, all revisions. */
  public static Place mcp(String path, Optional<ProtectedResource> resource) {
    return new Place(
        path,
        Map.of("POST", Set.of(JSON, EVENTS), "GET", Set.of(EVENTS), "DELETE", Set.of()),
        resource);
  }

  static boolean plain(String path) {
    return PATH.matcher(path).matches();
  }

  /** The value of {@code Allow}. */
  String allowed() {
    return String.join(", ", List.copyOf(new TreeMap<>(methods).keySet()));
  }
}
