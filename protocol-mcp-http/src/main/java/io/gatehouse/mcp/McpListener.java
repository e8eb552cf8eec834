package io.gatehouse.mcp;

import io.gatehouse.mcp.http.HttpDoor;
import io.gatehouse.mcp.http.HttpListener;
import io.gatehouse.mcp.http.Names;
import io.gatehouse.mcp.http.Place;
import io.gatehouse.mcp.http.ProtectedResource;
import io.gatehouse.spi.net.ServerIdentity;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One listener as the configuration describes it.
 *
 * @param name its name in the configuration
 * @param bind where it listens; port 0 takes a free one
 * @param identity the current certificate, asked for at each handshake; null means plain HTTP/1.1,
 *     which the configuration must have asked for in so many words
 * @param hosts what it is called, without ports
 * @param origins of pages that may ask, as browsers write them
 * @param served at least one
 */
public record McpListener(
    String name,
    InetSocketAddress bind,
    @Nullable Supplier<ServerIdentity> identity,
    Set<String> hosts,
    Set<String> origins,
    List<Served> served) {

  /** What clients are offered by ALPN. */
  public static final List<String> PROTOCOLS = HttpDoor.PROTOCOLS;

  /**
   * One path.
   *
   * @param resource its URL as clients know it, which tokens are for
   * @param issuers of such tokens; at least one
   * @param scopes that clients are told to ask for; may be none
   */
  public record Served(String path, String resource, List<String> issuers, List<String> scopes) {
    /**
     * @throws IllegalArgumentException if clients could not be told so; the message says why
     */
    public Served {
      issuers = List.copyOf(issuers);
      scopes = List.copyOf(scopes);
      place(path, resource, issuers, scopes);
    }

    private static Place place(
        String path, String resource, List<String> issuers, List<String> scopes) {
      return Place.mcp(path, Optional.of(new ProtectedResource(resource, issuers, scopes)));
    }

    private Place place() {
      return place(path, resource, issuers, scopes);
    }
  }

  public McpListener {
    hosts = Set.copyOf(hosts);
    origins = Set.copyOf(origins);
    served = List.copyOf(served);
  }

  HttpListener http() {
    return new HttpListener(
        name,
        bind,
        identity,
        new Names(hosts, origins),
        served.stream().map(Served::place).toList());
  }
}
