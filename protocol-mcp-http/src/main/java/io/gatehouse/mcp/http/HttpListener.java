package io.gatehouse.mcp.http;

import io.gatehouse.spi.net.ServerIdentity;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One listener over HTTP.
 *
 * @param name its name in the configuration
 * @param bind where it listens; port 0 takes a free one
 * @param identity the current certificate, asked for at each handshake, made for {@link
 *     HttpDoor#PROTOCOLS}; null means plain HTTP/1.1, which the configuration must have asked for
 *     in so many words
 * @param names what it is called
 * @param places what it serves
 */
public record HttpListener(
    String name,
    InetSocketAddress bind,
    @Nullable Supplier<ServerIdentity> identity,
    Names names,
    List<Place> places) {
  public HttpListener {
    places = List.copyOf(places);
  }
}
