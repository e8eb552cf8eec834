package io.gatehouse.mcp.testing;

import io.gatehouse.mcp.http.Desk;
import io.gatehouse.mcp.http.HttpDoor;
import io.gatehouse.mcp.http.HttpListener;
import io.gatehouse.mcp.http.Names;
import io.gatehouse.mcp.http.Place;
import io.gatehouse.mcp.http.ProtectedResource;
import io.gatehouse.spi.net.CommandBudget;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A front in this process. */
public final class Front implements AutoCloseable {
  /** What hangs on a busy machine is not what most tests are about. */
  public static final Limits PATIENT =
      Limits.DEFAULTS
          .with(Limit.HTTP_HEAD_SECONDS, 300)
          .with(Limit.HTTP_BODY_SECONDS, 300)
          .with(Limit.HTTP_IDLE_SECONDS, 300);

  public static final ProtectedResource RESOURCE =
      new ProtectedResource(
          "https://gate.example/mcp", List.of("https://login.example"), List.of("tools", "read"));

  private final Transport transport = new Transport(1);
  public final Counted meters = new Counted();
  public final HttpDoor door;

  private Front(boolean tls, Limits limits, Desk desk) {
    ServerIdentity identity = tls ? TestTls.gate() : null;
    HttpListener listener =
        new HttpListener(
            "test",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            identity == null ? null : () -> identity,
            new Names(Set.of("localhost", "127.0.0.1", "[::1]"), Set.of("https://app.example")),
            List.of(Place.mcp("/mcp", Optional.of(RESOURCE))));
    long budget = limits.of(Limit.COMMAND_BYTES_TOTAL);
    door = new HttpDoor(listener, limits, meters, new CommandBudget(budget), desk);
    door.bind(transport).toCompletableFuture().join();
  }

  public static Front plain(Limits limits, Desk desk) {
    return new Front(false, limits, desk);
  }

  public static Front tls(Limits limits, Desk desk) {
    return new Front(true, limits, desk);
  }

  public int port() {
    return door.address().getPort();
  }

  @Override
  public void close() {
    transport.close();
  }
}
