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
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Listener;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.gatehouse.spi.net.UnfinishedLogins;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bound listener and the sessions that came through it. Thread-safe. */
final class PostgresServer implements Listener, Reception {
  private static final System.Logger LOG = System.getLogger(PostgresServer.class.getName());

  private record Guest(SessionHandle handle, CancelDesk.Ticket ticket) {}

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
  private final UnfinishedLogins unfinished;
  private final Map<Session, Guest> guests = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> emptied = new CompletableFuture<>();
  private volatile boolean draining;
  private volatile @Nullable Channel channel;

  PostgresServer(PostgresListener settings, Shared shared) {
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
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(high / 2, high))
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel accepted) {
                transport.opened(accepted);
                accepted.pipeline().addLast(new StartupHandler(PostgresServer.this));
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
    return guests.size();
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
    guests.values().forEach(guest -> guest.handle().drain());
    checkEmptied();
    return emptied;
  }

  private void killAll() {
    if (!guests.isEmpty()) {
      shared.meters().limitReached(Limit.DRAIN_SECONDS);
    }
    Refusal shutDown = Refusal.of(Refusal.Kind.KILLED, "the gateway is shutting down");
    guests.values().forEach(guest -> guest.handle().kill(shutDown, CloseReason.DRAINED));
  }

  private void checkEmptied() {
    if (draining && guests.isEmpty()) {
      emptied.complete(null);
    }
  }

  @Override
  public boolean hasRoom() {
    return !draining && guests.size() < shared.limits().of(Limit.SESSIONS);
  }

  @Override
  public void started(Session session, SessionHandle handle, CancelDesk.Ticket ticket) {
    guests.put(session, new Guest(handle, ticket));
    shared.meters().loggedIn(settings.name());
    if (draining) {
      handle.drain();
    }
  }

  @Override
  public void ended(Session session, CloseReason reason) {
    Guest guest = guests.remove(session);
    if (guest != null) {
      shared.cancels().unregister(guest.ticket());
    }
    shared.meters().closed(settings.name(), reason);
    checkEmptied();
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
  public UnfinishedLogins unfinished() {
    return unfinished;
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
