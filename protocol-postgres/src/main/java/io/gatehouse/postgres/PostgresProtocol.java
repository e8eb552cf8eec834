package io.gatehouse.postgres;

import io.gatehouse.postgres.cancel.CancelDesk;
import io.gatehouse.postgres.upstream.Connector;
import io.gatehouse.postgres.upstream.GateListener;
import io.gatehouse.postgres.upstream.GateQuery;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.NotificationPort;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.net.CommandBudget;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** The PostgreSQL module as the appliance sees it. Thread-safe. */
public final class PostgresProtocol implements UpstreamPort, NotificationPort {
  private final Transport transport;
  private final Connector connector;
  private final PostgresServer.Shared shared;

  public PostgresProtocol(Transport transport, Gate gate, Limits limits, Meters meters) {
    this.transport = transport;
    this.connector = new Connector(transport, limits, meters);
    this.shared =
        new PostgresServer.Shared(
            gate,
            limits,
            meters,
            new CancelDesk(limits, meters, InstantSource.system()),
            new CommandBudget(limits.of(Limit.COMMAND_BYTES_TOTAL)),
            connector,
            new AtomicLong());
  }

  /** Binds; the stage fails with the reason if the address cannot be had. */
  @SuppressWarnings("ObjectToString") // a placeholder until it listens
  public CompletionStage<Listener> listen(PostgresListener settings) {
    return new PostgresServer(settings, shared).bind(transport);
  }

  @Override
  public CompletionStage<Rows> run(Upstream upstream, Statement statement) {
    return GateQuery.run(connector, transport.loops().next(), upstream, statement);
  }

  @Override
  public Listening listen(Upstream upstream, String channel, Ear ear) {
    return GateListener.listen(connector, transport.loops().next(), upstream, channel, ear);
  }
}
