package io.gatehouse.mcp;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.http.Desk;
import io.gatehouse.mcp.http.Exchange;
import io.gatehouse.mcp.http.HttpDoor;
import io.gatehouse.mcp.http.HttpListener;
import io.gatehouse.mcp.upstream.Asking;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.net.CommandBudget;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A bound listener and the conversations that came through it. Thread-safe. */
final class McpServer implements Listener, Desk {

  /** What all listeners of the appliance share. */
  record Shared(
      Gate gate,
      Limits limits,
      Meters meters,
      Asking asking,
      CommandBudget budget,
      AtomicLong sessionNumbers) {}

  private final HttpDoor door;

  McpServer(HttpListener settings, Shared shared) {
    door = new HttpDoor(settings, shared.limits(), shared.meters(), shared.budget(), this);
  }

  CompletionStage<Listener> bind(Transport transport) {
    return door.bind(transport).thenApply(_ -> this);
  }

  @Override
  public void asked(Exchange exchange) {
    exchange.answer(503, Headers.NONE, Unpooled.EMPTY_BUFFER);
  }

  @Override
  public String name() {
    return door.name();
  }

  @Override
  public InetSocketAddress address() {
    return door.address();
  }

  @Override
  public int sessions() {
    return door.sessions();
  }

  @Override
  public CompletionStage<Void> drain() {
    return door.drain();
  }
}
