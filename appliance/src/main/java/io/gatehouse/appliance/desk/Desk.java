package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.management.DeskMetrics;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * The listener. Opened and closed from ordinary threads; its connections live on the gate's event
 * loops.
 */
public final class Desk implements AutoCloseable {
  /** A method, the longest path that is served, a version. */
  private static final int MOST_LINE = 512;

  private final Channel listening;
  private final ChannelGroup connections;
  private final Counter counter;

  private Desk(Channel listening, ChannelGroup connections, Counter counter) {
    this.listening = listening;
    this.connections = connections;
    this.counter = counter;
  }

  /**
   * @param identity asked for at each connection
   */
  public record Setting(
      InetSocketAddress bind,
      Limits limits,
      Supplier<ServerIdentity> identity,
      DeskMetrics metrics) {}

  /** Blocks until it is bound. */
  public static Desk open(Transport transport, Setting setting, Counter counter)
      throws IOException {
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ServerBootstrap bootstrap =
        transport
            .tuned(new ServerBootstrap())
            .group(transport.accept(), transport.loops())
            .channel(transport.serverChannel())
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    admit(channel, connections, setting, counter);
                  }
                });
    ChannelFuture bound = bootstrap.bind(setting.bind()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      counter.close();
      throw new IOException(
          "cannot listen on " + setting.bind() + ": " + bound.cause().getMessage(), bound.cause());
    }
    return new Desk(bound.channel(), connections, counter);
  }

  private static void admit(
      SocketChannel channel, ChannelGroup connections, Setting setting, Counter counter) {
    if (connections.size() >= setting.limits().of(Limit.DESK_CONNECTIONS)) {
      setting.metrics().limitReached(Limit.DESK_CONNECTIONS);
      channel.close();
      return;
    }
    connections.add(channel);
    ServerIdentity identity = setting.identity().get();
    SslHandler tls = identity.context().newHandler(channel.alloc());
    // The connection's own deadline is shorter or the same, and holds for TLS too.
    tls.setHandshakeTimeoutMillis(0);
    tls.setCloseNotifyReadTimeoutMillis(0);
    channel
        .pipeline()
        .addLast(tls)
        .addLast(new HttpRequestDecoder(decoding(setting.limits())))
        .addLast(new HttpResponseEncoder())
        .addLast(new DeskConnection(setting, counter, identity.certificate()));
  }

  /** Strict throughout, whatever this process' properties say. */
  private static HttpDecoderConfig decoding(Limits limits) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(MOST_LINE)
        .setMaxHeaderSize((int) limits.of(Limit.DESK_HEADER_BYTES))
        .setMaxChunkSize((int) limits.of(Limit.DESK_BODY_BYTES))
        .setAllowDuplicateContentLengths(false)
        .setChunkedSupported(true)
        .setStrictLineParsing(true)
        .setUseRfc9112TransferEncoding(true)
        .setValidateHeaders(true);
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** Whoever waits for an answer is cut off; what was issued and not told cannot be used. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    counter.close();
  }
}
