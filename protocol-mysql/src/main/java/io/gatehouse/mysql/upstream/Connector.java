package io.gatehouse.mysql.upstream;

import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.net.Dialer;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.gatehouse.spi.net.UpstreamLogin;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Opens connections to servers. Thread-safe; each connection belongs to the loop it is given. */
public final class Connector {
  private final Dialer dialer;
  private final Limits limits;
  private final Meters meters;

  public Connector(Transport transport, Limits limits, Meters meters) {
    this.dialer = new Dialer(transport);
    this.limits = limits;
    this.meters = meters;
  }

  /** Connects and logs in. Completes on the loop; fails with {@link ConnectFailure}. */
  public CompletableFuture<ServerConnection> connect(
      EventLoop loop, Upstream upstream, Manner manner) {
    CompletableFuture<ServerConnection> result = new CompletableFuture<>();
    dialer
        .dial(loop, upstream.endpoint(), null, limits.of(Limit.UPSTREAM_CONNECT_SECONDS))
        .whenComplete(
            (channel, failure) -> {
              if (failure != null) {
                result.completeExceptionally(unreached(failure));
              } else {
                logIn(channel, upstream, manner, result);
              }
            });
    return result;
  }

  private static ConnectFailure unreached(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    return new ConnectFailure(String.valueOf(cause.getMessage()));
  }

  private void logIn(
      Channel channel,
      Upstream upstream,
      Manner manner,
      CompletableFuture<ServerConnection> result) {
    long seconds = limits.of(Limit.UPSTREAM_CONNECT_SECONDS);
    ServerLogin login = new ServerLogin(upstream, manner, seconds, result);
    UpstreamLogin.begin(channel, login, result, limits, meters, ConnectFailure::new);
  }
}
