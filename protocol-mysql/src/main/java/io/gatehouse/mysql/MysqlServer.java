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
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.gatehouse.spi.net.UnfinishedLogins;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bound listener and the sessions that came through it. Thread-safe. */
final class MysqlServer implements Listener, Reception, Surroundings {
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

  private record Guest(Channel client, int connectionId) {}

  private final MysqlListener settings;
  private final Shared shared;
  private final Map<Session, Guest> sessions = new ConcurrentHashMap<>();
  private final Map<Channel, SessionHandle> handles = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> emptied = new CompletableFuture<>();
  private final UnfinishedLogins unfinished;
  private volatile boolean draining;
  private volatile @Nullable Channel channel;

  MysqlServer(MysqlListener settings, Shared shared) {
    this.settings = settings;
    this.shared = shared;
    this.unfinished = new UnfinishedLogins(shared.limits(), shared.meters());
  }

  CompletionStage<Listener> bind(Transport transport) {
    CompletableFuture<Listener> bound = new CompletableFuture<>();
    int high = shared.limits().intOf(Limit.WRITE_BUFFER_BYTES);
    transport
        .tuned(new ServerBootstrap())
        .group(transport.accept(), transport.loops())
        .channel(transport.serverChannel())
        .option(ChannelOption.SO_BACKLOG, 4_096)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(high / 2, high))
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel accepted) {
                transport.opened(accepted);
                accepted.pipeline().addLast(new GreetingHandler(MysqlServer.this));
              }
            })
        .bind(settings.bind())
        .addListener(
            (ChannelFuture future) -> {
              if (future.isSuccess()) {
                channel = future.channel();
                bound.complete(this);
              } else {
                bound.completeExceptionally(future.cause());
              }
            });
    return bound;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public InetSocketAddress address() {
    Channel bound = channel;
    return bound == null ? settings.bind() : (InetSocketAddress) bound.localAddress();
  }

  @Override
  public int sessions() {
    return sessions.size();
  }

  @Override
  public CompletionStage<Void> drain() {
    draining = true;
    Channel bound = channel;
    if (bound != null) {
      bound.close();
      bound
          .eventLoop()
          .schedule(this::killAll, shared.limits().of(Limit.DRAIN_SECONDS), TimeUnit.SECONDS);
    }
    unfinished.closeAll();
    sessions.forEach((session, guest) -> guest.client().eventLoop().execute(session::drain));
    checkEmptied();
    return emptied;
  }

  private void killAll() {
    if (!sessions.isEmpty()) {
      shared.meters().limitReached(Limit.DRAIN_SECONDS);
    }
    Refusal shutDown = Refusal.of(Refusal.Kind.KILLED, "the gateway is shutting down");
    sessions.forEach(
        (session, guest) ->
            guest.client().eventLoop().execute(() -> session.kill(shutDown, CloseReason.DRAINED)));
  }

  private void checkEmptied() {
    if (draining && sessions.isEmpty()) {
      emptied.complete(null);
    }
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
    sessions.put(session, new Guest(client.channel(), greeted.connectionId()));
    shared.meters().loggedIn(settings.name());
    SessionHandle handle = handles.get(client.channel());
    if (handle != null) {
      handle.relaying(session);
      cancels().register(greeted.connectionId(), gate, handle);
    }
    server.channel().pipeline().addLast(RelayHandlers.server(session));
    session.begin();
    server.channel().config().setAutoRead(true);
    client.pipeline().addLast(RelayHandlers.client(session));
    if (draining) {
      session.drain();
    }
  }

  @Override
  public void another(Channel client, ComChangeUser command, Greeted before) {
    RelayHandlers.leave(client);
    AnotherUser.logIn(this, client, command, before);
  }

  @Override
  public void ended(Session session, CloseReason reason) {
    Guest guest = sessions.remove(session);
    if (guest != null) {
      cancels().unregister(guest.connectionId());
      shared.meters().closed(settings.name(), reason);
      checkEmptied();
    }
  }

  @Override
  public void notStarted(CloseReason reason) {
    shared.meters().closed(settings.name(), reason);
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
  public boolean hasRoom() {
    return !draining && sessions.size() < shared.limits().of(Limit.SESSIONS);
  }

  @Override
  public UnfinishedLogins unfinished() {
    return unfinished;
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
