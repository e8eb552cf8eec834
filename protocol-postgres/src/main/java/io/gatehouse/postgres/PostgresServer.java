package io.gatehouse.postgres;

import io.gatehouse.postgres.cancel.CancelDesk;
import io.gatehouse.postgres.login.Reception;
import io.gatehouse.postgres.login.StartupHandler;
import io.gatehouse.postgres.relay.Session;
import io.gatehouse.postgres.upstream.Connector;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.net.CommandBudget;
import io.gatehouse.spi.net.Door;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.netty.channel.ChannelOption;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A bound listener and the sessions that came through it. Thread-safe. */
final class PostgresServer implements Reception {
  private static final System.Logger LOG = System.getLogger(PostgresServer.class.getName());

  private record Guest(SessionHandle handle, CancelDesk.Ticket ticket) implements Door.Guest {
    @Override
    public void drain() {
      handle.drain();
    }

    @Override
    public void kill(Refusal refusal, CloseReason reason) {
      handle.kill(refusal, reason);
    }
  }

  /** What all listeners of the appliance share. */
  record Shared(
      Gate gate,
      Limits limits,
      Meters meters,
      CancelDesk cancels,
      CommandBudget budget,
      Connector connector,
      AtomicLong sessionNumbers) {}

  private final PostgresListener settings;
  private final Shared shared;
  private final Door<Session, Guest> door;

  PostgresServer(PostgresListener settings, Shared shared) {
    this.settings = settings;
    this.shared = shared;
    this.door = new Door<>(settings.name(), settings.bind(), shared.limits(), shared.meters());
  }

  /** Half-closed channels: a client may end its commands and still wait for their answers. */
  CompletionStage<Listener> bind(Transport transport) {
    return door.open(
        transport,
        bootstrap -> bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true),
        accepted -> accepted.pipeline().addLast(new StartupHandler(this, accepted)));
  }

  @Override
  public Door<?, ?> door() {
    return door;
  }

  @Override
  public void started(Session session, SessionHandle handle, CancelDesk.Ticket ticket) {
    shared.meters().loggedIn(settings.name());
    door.entered(session, new Guest(handle, ticket));
  }

  @Override
  public void ended(Session session, CloseReason reason) {
    shared.meters().closed(settings.name(), reason);
    Guest guest = door.left(session);
    if (guest != null) {
      shared.cancels().unregister(guest.ticket());
    }
  }

  @Override
  public void upstreamFailed(String reason) {
    LOG.log(
        System.Logger.Level.WARNING,
        "listener={0} upstream login failed: {1}",
        settings.name(),
        reason);
  }

  @Override
  public PostgresListener listener() {
    return settings;
  }

  @Override
  public Gate gate() {
    return shared.gate();
  }

  @Override
  public CancelDesk cancels() {
    return shared.cancels();
  }

  @Override
  public AtomicLong sessionNumbers() {
    return shared.sessionNumbers();
  }

  @Override
  public Limits limits() {
    return shared.limits();
  }

  @Override
  public Meters meters() {
    return shared.meters();
  }

  @Override
  public CommandBudget budget() {
    return shared.budget();
  }

  @Override
  public Connector connector() {
    return shared.connector();
  }

  @Override
  public boolean replication() {
    return settings.parameters().contains("replication");
  }
}
