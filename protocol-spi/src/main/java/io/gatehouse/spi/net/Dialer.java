package io.gatehouse.spi.net;

import io.gatehouse.spi.Upstream;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens channels to targets, each address of a name in turn, without a word of any protocol: how
 * TLS begins is the protocol's to know. Thread-safe.
 */
public final class Dialer {

  /** Why nobody answered; for the log. */
  public static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message) {
      super(message, null, false, false);
    }
  }

  private final Transport transport;

  public Dialer(Transport transport) {
    this.transport = transport;
  }

  /**
   * A channel that does not read yet. Fails with {@link NoAnswer}.
   *
   * @param known the address to take instead of the name's, for who must reach the very same server
   * @param seconds for each address
   */
  public CompletableFuture<Channel> dial(
      EventLoop loop, Upstream.Endpoint endpoint, @Nullable InetAddress known, long seconds) {
    CompletableFuture<Channel> result = new CompletableFuture<>();
    switch (endpoint) {
      case Upstream.UnixSocket(var path) -> {
        Bootstrap bootstrap = bootstrap(loop, seconds).channel(transport.unixSocketChannel());
        tryEach(bootstrap, List.of(new DomainSocketAddress(path.toFile())), 0, result);
      }
      case Upstream.Tcp tcp -> {
        CompletionStage<InetAddress[]> resolved =
            known == null
                ? transport.resolve(tcp.host())
                : CompletableFuture.completedFuture(new InetAddress[] {known});
        resolved.whenComplete(
            (addresses, failure) -> {
              if (failure != null) {
                result.completeExceptionally(
                    new NoAnswer("the host name " + tcp.host() + " does not resolve"));
              } else {
                connect(loop, tcp, addresses, seconds, result);
              }
            });
      }
    }
    return result;
  }

  private void connect(
      EventLoop loop,
      Upstream.Tcp tcp,
      InetAddress[] addresses,
      long seconds,
      CompletableFuture<Channel> result) {
    List<SocketAddress> targets = new ArrayList<>();
    for (InetAddress address : addresses) {
      targets.add(new InetSocketAddress(address, tcp.port()));
    }
    Bootstrap bootstrap =
        bootstrap(loop, seconds)
            .channel(transport.socketChannel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true);
    loop.execute(() -> tryEach(bootstrap, targets, 0, result));
  }

  private Bootstrap bootstrap(EventLoop loop, long seconds) {
    return transport
        .tuned(new Bootstrap())
        .group(loop)
        .option(ChannelOption.AUTO_READ, false)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) Math.min(TimeUnit.SECONDS.toMillis(seconds), Integer.MAX_VALUE))
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel opened) {
                transport.opened(opened);
              }
            });
  }

  private static void tryEach(
      Bootstrap bootstrap,
      List<? extends SocketAddress> targets,
      int index,
      CompletableFuture<Channel> result) {
    bootstrap
        .clone()
        .connect(targets.get(index))
        .addListener(
            (ChannelFuture future) -> {
              if (future.isSuccess()) {
                result.complete(future.channel());
              } else if (index + 1 < targets.size()) {
                tryEach(bootstrap, targets, index + 1, result);
              } else {
                result.completeExceptionally(
                    new NoAnswer(
                        "no connection to "
                            + targets.get(index)
                            + ": "
                            + future.cause().getMessage()));
              }
            });
  }
}
