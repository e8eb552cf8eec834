package io.gatehouse.mcp;

import io.gatehouse.mcp.http.HttpDoor;
import io.gatehouse.mcp.http.HttpListener;
import io.gatehouse.mcp.relay.Conversations;
import io.gatehouse.mcp.relay.Inlet;
import io.gatehouse.mcp.relay.Surroundings;
import io.gatehouse.mcp.upstream.Asking;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.net.CommandBudget;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** A bound listener and the conversations that came through it. Thread-safe. */
final class McpServer implements Listener {

  /** What all listeners of the appliance share. */
  record Shared(
      Gate gate,
      Limits limits,
      Meters meters,
      Asking asking,
      CommandBudget budget,
      CommandBudget answers,
      Executor computing,
      AtomicLong sessionNumbers) {}

  private final HttpDoor door;
  private final Conversations conversations;

  McpServer(HttpListener settings, Shared shared) {
    Surroundings surroundings =
        new Surroundings(
            settings.name(),
            shared.gate(),
            shared.limits(),
            shared.meters(),
            shared.asking(),
            shared.answers());
    conversations = new Conversations(surroundings, shared.sessionNumbers());
    door =
        new HttpDoor(
            settings,
            shared.limits(),
            shared.meters(),
            shared.budget(),
            new Inlet(
                conversations, shared.computing(), shared.limits().of(Limit.HTTP_BODY_BYTES)));
  }

  CompletionStage<Listener> bind(Transport transport) {
    return door.bind(transport).thenApply(_ -> this);
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
    CompletionStage<Void> drained = door.drain();
    conversations.drain();
    return drained.thenRun(conversations::close);
  }
}
