package io.gatehouse.spi.net;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a listener's clients come in, and those that are inside, until it is shut and the last has
 * left. Thread-safe.
 *
 * @param <S> a session
 * @param <G> what is known of a session
 */
public final class Door<S, G extends Door.Guest> implements Listener {

  /** Somebody inside. Thread-safe. */
  public interface Guest {

    /** Is to leave as soon as nothing is under way. */
    void drain();

    /** Is to leave now. */
    void kill(Refusal refusal, CloseReason reason);
  }

  private final String name;
  private final InetSocketAddress bind;
  private final Limits limits;
  private final Meters meters;
  private final UnfinishedLogins unfinished;
  private final Map<S, G> guests = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> emptied = new CompletableFuture<>();
  private volatile boolean draining;
  private volatile @Nullable Channel channel;

  /**
   * @param name the listener's
   * @param bind port 0 takes a free one
   */
  public Door(String name, InetSocketAddress bind, Limits limits, Meters meters) {
    this.name = name;
    this.bind = bind;
    this.limits = limits;
    this.meters = meters;
    unfinished = new UnfinishedLogins(limits, meters);
  }

  /**
   * Opens it; the stage fails with the reason if the address cannot be had.
   *
   * @param tuning what this protocol wants beside what all want
   * @param receive what is done with whom it lets in, on that client's event loop
   */
  public CompletionStage<Listener> open(
      Transport transport, UnaryOperator<ServerBootstrap> tuning, Consumer<Channel> receive) {
    CompletableFuture<Listener> bound = new CompletableFuture<>();
    int high = limits.intOf(Limit.WRITE_BUFFER_BYTES);
    tuning
        .apply(transport.tuned(new ServerBootstrap()))
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
                receive.accept(accepted);
              }
            })
        .bind(bind)
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
    return name;
  }

  public Limits limits() {
    return limits;
  }

  public Meters meters() {
    return meters;
  }

  @Override
  public InetSocketAddress address() {
    Channel bound = channel;
    return bound == null ? bind : (InetSocketAddress) bound.localAddress();
  }

  public UnfinishedLogins unfinished() {
    return unfinished;
  }

  /** Whether one more may come in. */
  public boolean hasRoom() {
    return !draining && guests.size() < limits.of(Limit.SESSIONS);
  }

  @Override
  public int sessions() {
    return guests.size();
  }

  public void entered(S session, G guest) {
    guests.put(session, guest);
    if (draining) {
      guest.drain();
    }
  }

  /** Null if it was not inside. */
  public @Nullable G left(S session) {
    G guest = guests.remove(session);
    checkEmptied();
    return guest;
  }

  @Override
  public CompletionStage<Void> drain() {
    draining = true;
    Channel bound = channel;
    if (bound != null) {
      bound.close();
      bound.eventLoop().schedule(this::killAll, limits.of(Limit.DRAIN_SECONDS), TimeUnit.SECONDS);
    }
    unfinished.closeAll();
    guests.values().forEach(Guest::drain);
    checkEmptied();
    return emptied;
  }

  private void killAll() {
    if (!guests.isEmpty()) {
      meters.limitReached(Limit.DRAIN_SECONDS);
    }
    Refusal shutDown = Refusal.of(Refusal.Kind.KILLED, "the gateway is shutting down");
    guests.values().forEach(guest -> guest.kill(shutDown, CloseReason.DRAINED));
  }

  private void checkEmptied() {
    if (draining && guests.isEmpty()) {
      emptied.complete(null);
    }
  }
}
