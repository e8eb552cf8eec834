package io.gatehouse.mcp;

import io.gatehouse.mcp.http.HttpListener;
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

/** The MCP module as the appliance sees it. Thread-safe. */
public final class McpProtocol {
  private final Transport transport;
  private final McpServer.Shared shared;

  public McpProtocol(Transport transport, Gate gate, Limits limits, Meters meters) {
    this.transport = transport;
    shared =
        new McpServer.Shared(
            gate,
            limits,
            meters,
            new Asking(transport, limits, meters),
            new CommandBudget(limits.of(Limit.COMMAND_BYTES_TOTAL)),
            new CommandBudget(limits.of(Limit.ANSWER_BYTES_TOTAL)),
            transport.computing(),
            new AtomicLong());
  }

  /** Binds; the stage fails with the reason if the address cannot be had. */
  public CompletionStage<Listener> listen(McpListener settings) {
    return listen(settings.http());
  }

  /** The same with places of any kind. */
  public CompletionStage<Listener> listen(HttpListener settings) {
    return new McpServer(settings, shared).bind(transport);
  }
}
