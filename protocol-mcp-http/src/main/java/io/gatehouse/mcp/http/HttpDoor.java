package io.gatehouse.mcp.http;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.CommandBudget;
import io.gatehouse.spi.net.Door;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.Transport;
import io.gatehouse.spi.net.UnfinishedLogins;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A listener over HTTP and its connections, each of which counts as a session. Thread-safe.
 *
 * <p>It is drained when no exchange is under way any more: a stream is one as long as it is open.
 */
public final class HttpDoor implements Listener {
  /** What clients are offered by ALPN; who asks for nothing gets HTTP/1.1. */
  public static final List<String> PROTOCOLS = List.of("h2", "http/1.1");

  private final HttpListener settings;
  private final Limits limits;
  private final Meters meters;
  private final CommandBudget budget;
  private final Desk desk;
  private final Admission admission;
  private final Door<Channel, Door.Guest> door;

  /**
   * @param budget of bodies, which listeners share
   */
  public HttpDoor(
      HttpListener settings, Limits limits, Meters meters, CommandBudget budget, Desk desk) {
    this.settings = settings;
    this.limits = limits;
    this.meters = meters;
    this.budget = budget;
    this.desk = desk;
    admission = new Admission(settings.names(), settings.places(), limits);
    door = new Door<>(settings.name(), settings.bind(), limits, meters);
  }

  /** Opens it; the stage fails with the reason if the address cannot be had. */
  public CompletionStage<Listener> bind(Transport transport) {
    return door.open(transport, UnaryOperator.identity(), this::received).thenApply(_ -> this);
  }

  private void received(Channel accepted) {
    accepted.config().setAutoRead(false);
    Supplier<ServerIdentity> identity = settings.identity();
    accepted
        .pipeline()
        .addLast(new Reception(this, identity == null ? null : identity.get().context()));
  }

  @Override
  public String name() {
    return settings.name();
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
    desk.drains();
    return drained.thenRun(desk::drained);
  }

  boolean hasRoom() {
    return door.hasRoom();
  }

  UnfinishedLogins unfinished() {
    return door.unfinished();
  }

  void entered(Channel client, Door.Guest guest) {
    door.entered(client, guest);
  }

  void left(Channel client, CloseReason reason) {
    door.unfinished().finished(client);
    meters.closed(settings.name(), reason);
    door.left(client);
  }

  void refused(Refused refused) {
    if (refused.limit() != null) {
      meters.limitReached(refused.limit());
    }
  }

  Body body(Channel client) {
    return new Body(client.alloc(), limits.of(Limit.HTTP_BODY_BYTES), budget);
  }

  Limits limits() {
    return limits;
  }

  Meters meters() {
    return meters;
  }

  Admission admission() {
    return admission;
  }

  Desk desk() {
    return desk;
  }
}
