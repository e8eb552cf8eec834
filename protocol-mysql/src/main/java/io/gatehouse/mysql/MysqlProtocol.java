package io.gatehouse.mysql;

import io.gatehouse.mysql.cancel.CancelDesk;
import io.gatehouse.mysql.relay.GateQuery;
import io.gatehouse.mysql.upstream.Connector;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** The MySQL module as the appliance sees it. Thread-safe. */
public final class MysqlProtocol implements UpstreamPort {
  private final Transport transport;
  private final MysqlServer.Shared shared;

  public MysqlProtocol(Transport transport, Gate gate, Limits limits, Meters meters) {
    this.transport = transport;
    this.shared =
        new MysqlServer.Shared(
            gate,
            limits,
            meters,
            new Connector(transport, limits, meters),
            new CancelDesk(meters),
            transport.computing(),
            new AtomicLong());
  }

  /** Binds; the stage fails with the reason if the address cannot be had. */
  @SuppressWarnings("ObjectToString") // a placeholder until it listens
  public CompletionStage<Listener> listen(MysqlListener settings) {
    return new MysqlServer(settings, shared).bind(transport);
  }

  @Override
  public CompletionStage<Rows> run(Upstream upstream, Statement statement) {
    return GateQuery.run(shared.connector(), transport.loops().next(), upstream, statement);
  }
}
