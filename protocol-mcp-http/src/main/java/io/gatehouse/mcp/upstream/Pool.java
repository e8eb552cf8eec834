package io.gatehouse.mcp.upstream;

import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.net.Dialer;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop. On that loop. */
final class Pool {

  /** Those to one server. */
  private static final class Lane {
    private final Deque<ServerConnection> kept = new ArrayDeque<>();
    private int open;
  }

  private final EventLoop loop;
  private final Dialer dialer;
  private final Limits limits;
  private final Meters meters;
  private final Map<Upstream.Tcp, Lane> lanes = new HashMap<>();

  Pool(EventLoop loop, Dialer dialer, Limits limits, Meters meters) {
    this.loop = loop;
    this.dialer = dialer;
    this.limits = limits;
    this.meters = meters;
  }

  Limits limits() {
    return limits;
  }

  Meters meters() {
    return meters;
  }

  int open() {
    return lanes.values().stream().mapToInt(lane -> lane.open).sum();
  }

  void ask(Talk talk) {
    Upstream.Tcp endpoint = talk.question().endpoint();
    Lane lane = lanes.computeIfAbsent(endpoint, _ -> new Lane());
    ServerConnection kept = lane.kept.pollLast();
    // One that ended meanwhile has not been sent anything, so the next one may be.
    while (kept != null && !kept.usable()) {
      kept = lane.kept.pollLast();
    }
    if (kept != null) {
      kept.carry(talk);
    } else if (lane.open >= limits.of(Limit.UPSTREAM_CONNECTIONS)) {
      meters.limitReached(Limit.UPSTREAM_CONNECTIONS);
      loop.execute(() -> talk.failed(Failure.BUSY, "there are too many connections to the server"));
    } else {
      lane.open++;
      dial(endpoint, talk);
    }
  }

  private void dial(Upstream.Tcp endpoint, Talk talk) {
    dialer
        .dial(loop, endpoint, null, limits.of(Limit.UPSTREAM_CONNECT_SECONDS))
        .whenComplete(
            (channel, failure) ->
                loop.execute(
                    () -> {
                      if (failure == null) {
                        connected(endpoint, channel, talk);
                      } else {
                        left(endpoint);
                        talk.failed(Failure.UNREACHABLE, reason(failure));
                      }
                    }));
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    return String.valueOf(cause.getMessage());
  }

  private void connected(Upstream.Tcp endpoint, Channel channel, Talk talk) {
    channel.closeFuture().addListener(_ -> left(endpoint));
    ServerConnection connection = new ServerConnection(this, endpoint, channel);
    if (talk.over() || !channel.isActive()) {
      channel.close();
      talk.failed(Failure.CLOSED, "the server closed the connection");
      return;
    }
    if (endpoint.tls() == null) {
      channel.pipeline().addLast(connection);
      channel.config().setAutoRead(true);
      connection.carry(talk);
      return;
    }
    SslHandler tls = endpoint.tls().newHandler(channel.alloc(), endpoint.host(), endpoint.port());
    tls.setHandshakeTimeout(limits.of(Limit.UPSTREAM_CONNECT_SECONDS), TimeUnit.SECONDS);
    channel.pipeline().addLast(tls, connection);
    channel.config().setAutoRead(true);
    tls.handshakeFuture()
        .addListener(
            shaken -> {
              if (shaken.isSuccess() && !talk.over()) {
                connection.carry(talk);
              } else {
                channel.close();
                talk.failed(Failure.UNREACHABLE, "no TLS: " + why(shaken.cause()));
              }
            });
  }

  private static String why(@Nullable Throwable cause) {
    return cause == null ? "it was withdrawn" : String.valueOf(cause.getMessage());
  }

  /** A connection whose answer is whole. Whether it is kept. */
  boolean keep(ServerConnection connection) {
    Lane lane = lanes.computeIfAbsent(connection.endpoint(), _ -> new Lane());
    if (lane.kept.size() >= limits.of(Limit.UPSTREAM_KEPT_CONNECTIONS)) {
      return false;
    }
    lane.kept.addLast(connection);
    return true;
  }

  void forget(ServerConnection connection) {
    Lane lane = lanes.get(connection.endpoint());
    if (lane != null) {
      lane.kept.remove(connection);
    }
  }

  private void left(Upstream.Tcp endpoint) {
    Lane lane = lanes.get(endpoint);
    if (lane != null && --lane.open == 0) {
      lanes.remove(endpoint);
    }
  }
}
