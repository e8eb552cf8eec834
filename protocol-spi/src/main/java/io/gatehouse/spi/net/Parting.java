package io.gatehouse.spi.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.TimeUnit;

/**
 * Closes a channel when what was written has gone out. A peer that takes nothing more would keep it
 * open for ever: two peers that both wait to be read, above all. On the channel's event loop.
 */
public final class Parting {
  private Parting() {}

  public static void from(Channel channel, Limits limits, Meters meters) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    if (!channel.isOpen()) {
      return;
    }
    var deadline =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  meters.limitReached(Limit.CLOSE_SECONDS);
                  channel.close();
                },
                limits.of(Limit.CLOSE_SECONDS),
                TimeUnit.SECONDS);
    channel.closeFuture().addListener(_ -> deadline.cancel(false));
  }
}
