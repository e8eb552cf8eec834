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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The MCP module as the appliance sees it. What is bounded for all sessions together is so for all
 * listeners of one of these. Thread-safe.
 */
public final class McpProtocol {
  private final Transport transport;
  private final Gate gate;
  private final Limits limits;
  private final Meters meters;
  private final Asking asking;
  private final CommandBudget bodies;
  private final CommandBudget answers;
  private final AtomicLong sessionNumbers = new AtomicLong();

  public McpProtocol(Transport transport, Gate gate, Limits limits, Meters meters) {
    this.transport = transport;
    this.gate = gate;
    this.limits = limits;
    this.meters = meters;
    asking = new Asking(transport, limits, meters);
    bodies = new CommandBudget(limits.of(Limit.COMMAND_BYTES_TOTAL));
    answers = new CommandBudget(limits.of(Limit.ANSWER_BYTES_TOTAL));
  }

  /** Binds; the stage fails with the reason if the address cannot be had. */
  public CompletionStage<Listener> listen(McpListener settings) {
    return listen(settings.http());
  }

  /** The same with places of any kind. */
  public CompletionStage<Listener> listen(HttpListener settings) {
    Surroundings surroundings =
        new Surroundings(settings.name(), gate, limits, meters, asking, answers);
    Inlet inlet =
        new Inlet(
            new Conversations(surroundings, sessionNumbers),
            transport.computing(),
            limits.of(Limit.HTTP_BODY_BYTES));
    return new HttpDoor(settings, limits, meters, bodies, inlet).bind(transport);
  }
}
