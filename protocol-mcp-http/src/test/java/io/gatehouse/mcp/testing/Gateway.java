package io.gatehouse.mcp.testing;

import io.gatehouse.mcp.McpProtocol;
import io.gatehouse.mcp.http.HttpListener;
import io.gatehouse.mcp.http.Names;
import io.gatehouse.mcp.http.Place;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The module in this process, in front of a server, behind a gate that does what it is told. */
public final class Gateway implements AutoCloseable {
  private final Transport transport = new Transport(2);
  private final ScriptedGate gate;
  private final Listener listener;
  public final Counted meters = new Counted();

  private Gateway(URI server, Credential credential, Limits limits) {
    gate =
        new ScriptedGate(
            new Upstream(
                "test",
                new Upstream.Tcp(server.getHost(), server.getPort(), null),
                credential,
                server.getPath().isEmpty() ? "/" : server.getPath(),
                null,
                Map.of()));
    HttpListener settings =
        new HttpListener(
            "test",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            new Names(Set.of("localhost", "127.0.0.1"), Set.of()),
            List.of(
                Place.mcp("/mcp", Optional.of(Front.RESOURCE)), Place.mcp("/", Optional.empty())));
    listener =
        new McpProtocol(transport, gate, limits, meters)
            .listen(settings)
            .toCompletableFuture()
            .join();
  }

  public static Gateway to(URI server) {
    return to(server, nobody());
  }

  public static Gateway to(URI server, Credential credential) {
    return new Gateway(server, credential, Front.PATIENT);
  }

  public static Gateway to(URI server, Limits limits) {
    return new Gateway(server, nobody(), limits);
  }

  private static Credential nobody() {
    return new Credential("", null);
  }

  public ScriptedGate gate() {
    return gate;
  }

  public Listener listener() {
    return listener;
  }

  public URI uri() {
    return URI.create("http://localhost:" + listener.address().getPort() + "/mcp");
  }

  @Override
  public void close() {
    transport.close();
  }

  /** In front of the server of that URL, until it is told to stop. */
  static void main(String[] arguments) throws InterruptedException {
    try (Gateway gateway = to(URI.create(arguments[0]))) {
      System.out.println(gateway.uri());
      Thread.currentThread().join();
    }
  }
}
