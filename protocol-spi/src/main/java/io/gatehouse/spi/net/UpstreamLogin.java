package io.gatehouse.spi.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The gate's own login at a server, which may take {@link Limit#UPSTREAM_CONNECT_SECONDS}. On the
 * connection's event loop.
 */
public final class UpstreamLogin {
  private UpstreamLogin() {}

  /**
   * The channel, which does not read yet, is closed if the login fails.
   *
   * @param login completes the result
   * @param failure how the protocol says that it took too long
   */
  public static void begin(
      Channel channel,
      ChannelHandler login,
      CompletableFuture<?> result,
      Limits limits,
      Meters meters,
      Function<String, Exception> failure) {
    long seconds = limits.of(Limit.UPSTREAM_CONNECT_SECONDS);
    var timeout =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  meters.limitReached(Limit.UPSTREAM_CONNECT_SECONDS);
                  result.completeExceptionally(
                      failure.apply(
                          "the server did not finish the login in " + seconds + " seconds"));
                },
                seconds,
                TimeUnit.SECONDS);
    result.whenComplete(
        (_, failed) -> {
          timeout.cancel(false);
          if (failed != null) {
            channel.close();
          }
        });
    channel.pipeline().addLast(login);
    channel.config().setAutoRead(true);
  }
}
