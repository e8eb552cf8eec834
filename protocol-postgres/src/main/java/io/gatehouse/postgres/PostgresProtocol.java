package io.gatehouse.postgres;

import io.gatehouse.spi.Gate;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The PostgreSQL module as the appliance sees it. Thread-safe. */
public final class PostgresProtocol implements UpstreamPort {
  private final Transport transport;
  private final Gate gate;
  private final Limits limits;
  private final Meters meters;

  public PostgresProtocol(Transport transport, Gate gate, Limits limits, Meters meters) {
    this.transport = transport;
    this.gate = gate;
    this.limits = limits;
    this.meters = meters;
  }

  /** Binds; the stage fails with the reason if the address cannot be had. */
  public CompletionStage<Listener> listen(PostgresListener settings) {
    return CompletableFuture.failedFuture(
        new IllegalStateException("" + transport + gate + limits + meters + settings));
  }

  @Override
  public CompletionStage<Rows> run(Upstream upstream, Statement statement) {
    return CompletableFuture.failedFuture(new UpstreamException("not connected"));
  }
}
