package io.gatehouse.spi.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TransportTest {
  /** A loop that is told to end at the wrong moment left its channel open once in 250 times. */
  private static final int ROUNDS = 1_000;

  private final AtomicInteger removed = new AtomicInteger();

  @Test
  void closed_leavesNoChannelOpen() throws Exception {
    try (ServerSocket server = new ServerSocket(0, ROUNDS, InetAddress.getLoopbackAddress())) {
      InetSocketAddress place = (InetSocketAddress) server.getLocalSocketAddress();
      for (int round = 0; round < ROUNDS; round++) {
        Transport transport = new Transport(1);
        Channel channel = connected(transport, place);
        transport.close();
        assertThat(channel.isRegistered()).as("registered after round %d", round).isFalse();
        server.accept().close();
      }
    }
    assertThat(removed).as("handlers that could release what they held").hasValue(ROUNDS);
  }

  private Channel connected(Transport transport, InetSocketAddress place) {
    return transport
        .tuned(new Bootstrap())
        .group(transport.loops())
        .channel(transport.socketChannel())
        .handler(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRegistered(ChannelHandlerContext context) {
                transport.opened(context.channel());
              }

              @Override
              public void handlerRemoved(ChannelHandlerContext context) {
                removed.incrementAndGet();
              }
            })
        .connect(place)
        .syncUninterruptibly()
        .channel();
  }
}
