package io.gatehouse.mysql;

import io.gatehouse.mysql.cancel.CancelDesk;
import io.gatehouse.mysql.login.AnotherUser;
import io.gatehouse.mysql.login.GreetingHandler;
import io.gatehouse.mysql.login.Reception;
import io.gatehouse.mysql.message.ComChangeUser;
import io.gatehouse.mysql.relay.Greeted;
import io.gatehouse.mysql.relay.RelayHandlers;
import io.gatehouse.mysql.relay.Session;
import io.gatehouse.mysql.relay.Surroundings;
import io.gatehouse.mysql.upstream.Connector;
import io.gatehouse.mysql.upstream.ServerConnection;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.net.Door;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A bound listener and the sessions that came through it. Thread-safe. */
final class MysqlServer implements Reception, Surroundings {
  private static final System.Logger LOG = System.getLogger(MysqlServer.class.getName());

  /** What all listeners of the appliance share. */
  record Shared(
      Gate gate,
      Limits limits,
      Meters meters,
      Connector connector,
      CancelDesk cancels,
      Executor computing,
      AtomicLong sessionNumbers) {}

  private record Guest(SessionHandle handle, int connectionId) implements Door.Guest {
    @Override
    public void drain() {
      handle.drain();
    }

    @Override
    public void kill(Refusal refusal, CloseReason reason) {
      handle.kill(refusal, reason);
    }
  }

  private final MysqlListener settings;
  private final Shared shared;
  private final Map<Channel, SessionHandle> handles = new ConcurrentHashMap<>();
  private final Door<Session, Guest> door;

  MysqlServer(MysqlListener settings, Shared shared) {
    this.settings = settings;
    this.shared = shared;
    this.door = new Door<>(settings.name(), settings.bind(), shared.limits(), shared.meters());
  }

  CompletionStage<Listener> bind(Transport transport) {
    return door.open(
        transport,
        UnaryOperator.identity(),
        accepted -> accepted.pipeline().addLast(new GreetingHandler(this, accepted)));
  }

  @Override
  public Door<?, ?> door() {
    return door;
  }

  @Override
  public GateSession open(Arrival arrival, Channel client) {
    SessionHandle handle = new SessionHandle(client);
    handles.put(client, handle);
    client.closeFuture().addListener(_ -> handles.remove(client));
    return shared.gate().open(arrival, handle);
  }

  @Override
  public void relay(
      ChannelHandlerContext client, ServerConnection server, GateSession gate, Greeted greeted) {
    Session session = new Session(client.channel(), server, gate, greeted, this);
    shared.meters().loggedIn(settings.name());
    SessionHandle opened = handles.get(client.channel());
    SessionHandle handle = opened == null ? new SessionHandle(client.channel()) : opened;
    handle.relaying(session);
    cancels().register(greeted.connectionId(), gate, handle);
    door.entered(session, new Guest(handle, greeted.connectionId()));
    server.channel().pipeline().addLast(RelayHandlers.server(session));
    session.begin();
    server.channel().config().setAutoRead(true);
    client.pipeline().addLast(RelayHandlers.client(session));
  }

  @Override
  public void another(Channel client, ComChangeUser command, Greeted before) {
    RelayHandlers.leave(client);
    AnotherUser.logIn(this, client, command, before);
  }

  @Override
  public void ended(Session session, CloseReason reason) {
    shared.meters().closed(settings.name(), reason);
    Guest guest = door.left(session);
    if (guest != null) {
      cancels().unregister(guest.connectionId());
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
  public MysqlListener listener() {
    return settings;
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
  public Connector connector() {
    return shared.connector();
  }

  @Override
  public CancelDesk cancels() {
    return shared.cancels();
  }

  @Override
  public Executor computing() {
    return shared.computing();
  }
}
