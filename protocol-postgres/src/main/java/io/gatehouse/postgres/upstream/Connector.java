package io.gatehouse.postgres.upstream;

import io.gatehouse.postgres.message.CancelRequest;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connections to servers. Thread-safe; each connection belongs to the loop it is given. */
public final class Connector {
  private final Transport transport;
  private final Limits limits;
  private final Meters meters;
  private final ScramKeyCache scramKeys;

  public Connector(Transport transport, Limits limits, Meters meters) {
    this.transport = transport;
    this.limits = limits;
    this.meters = meters;
    this.scramKeys = new ScramKeyCache(transport.computing());
  }

  /**
   * Connects and logs in with what the credential is now; if the server refuses that, and another
   * has taken its place, with that. Fails with {@link ConnectFailure}.
   *
   * @param parameters the start-up parameters beside user and database
   */
  public CompletableFuture<ServerConnection> connect(
      EventLoop loop, Upstream upstream, Map<String, String> parameters) {
    CompletableFuture<ServerConnection> result = new CompletableFuture<>();
    Optional<Credential> current = upstream.credential().current();
    if (current.isEmpty()) {
      ConnectFailure ended =
          new ConnectFailure("the held credential has ended, and its source gave no other");
      connectByAnother(loop, upstream, parameters, ended, result);
      return result;
    }
    Upstream now = upstream.by(current.get());
    attemptFor(result, loop, now, parameters)
        .whenComplete(
            (server, failure) -> {
              if (failure instanceof ConnectFailure refused && refused.refusedPassword()) {
                connectByAnother(loop, now, parameters, refused, result);
              } else {
                settle(result, server, failure);
              }
            });
    return result;
  }

  private void connectByAnother(
      EventLoop loop,
      Upstream upstream,
      Map<String, String> parameters,
      ConnectFailure otherwise,
      CompletableFuture<ServerConnection> result) {
    upstream
        .credential()
        .another()
        .exceptionally(_ -> Optional.empty())
        .thenAccept(
            another -> {
              if (another.isEmpty() || result.isDone()) {
                result.completeExceptionally(otherwise);
              } else {
                attemptFor(result, loop, upstream.by(another.get()), parameters)
                    .whenComplete((server, failure) -> settle(result, server, failure));
              }
            });
  }

  /** Whoever gives up the result gives up what is being tried for it. */
  private CompletableFuture<ServerConnection> attemptFor(
      CompletableFuture<ServerConnection> result,
      EventLoop loop,
      Upstream upstream,
      Map<String, String> parameters) {
    CompletableFuture<ServerConnection> attempt = attempt(loop, upstream, parameters);
    result.whenComplete(
        (_, failure) -> {
          if (failure != null) {
            attempt.completeExceptionally(failure);
          }
        });
    return attempt;
  }

  private static void settle(
      CompletableFuture<ServerConnection> result,
      ServerConnection server,
      @Nullable Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else if (!result.complete(server)) {
      server.channel().close();
    }
  }

  /** Completes on the loop, but for what fails before it is there. */
  private CompletableFuture<ServerConnection> attempt(
      EventLoop loop, Upstream upstream, Map<String, String> parameters) {
    CompletableFuture<ServerConnection> result = new CompletableFuture<>();
    open(loop, upstream.endpoint(), null, limits.of(Limit.UPSTREAM_CONNECT_SECONDS))
        .whenComplete(
            (channel, failure) -> {
              if (failure != null) {
                result.completeExceptionally(failure);
              } else {
                logIn(channel, upstream, parameters, result);
              }
            });
    return result;
  }

  private void logIn(
      Channel channel,
      Upstream upstream,
      Map<String, String> parameters,
      CompletableFuture<ServerConnection> result) {
    long seconds = limits.of(Limit.UPSTREAM_CONNECT_SECONDS);
    var timeout =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  meters.limitReached(Limit.UPSTREAM_CONNECT_SECONDS);
                  result.completeExceptionally(
                      new ConnectFailure(
                          "the server did not finish the login in " + seconds + " seconds"));
                },
                seconds,
                TimeUnit.SECONDS);
    result.whenComplete(
        (_, failure) -> {
          timeout.cancel(false);
          if (failure != null) {
            channel.close();
          }
        });
    channel.pipeline().addLast(new ServerLogin(upstream, parameters, scramKeys, result));
    channel.config().setAutoRead(true);
  }

  /**
   * Asks the server to cancel what the connection runs. Done when the server closed the request.
   */
  public CompletionStage<Void> cancel(ServerConnection connection) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    long seconds = limits.of(Limit.CANCEL_SECONDS);
    Channel running = connection.channel();
    open(running.eventLoop(), connection.upstream().endpoint(), addressOf(running), seconds)
        .whenComplete(
            (channel, failure) -> {
              if (failure != null) {
                result.completeExceptionally(failure);
              } else {
                deliver(channel, connection, seconds, result);
              }
            });
    return result;
  }

  /** The very server that the connection leads to: a name may stand for several. */
  private static @Nullable InetAddress addressOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : null;
  }

  private void deliver(
      Channel channel, ServerConnection connection, long seconds, CompletableFuture<Void> result) {
    channel.pipeline().addLast(new Discard());
    channel.closeFuture().addListener(_ -> result.complete(null));
    var timeout =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  meters.limitReached(Limit.CANCEL_SECONDS);
                  channel.close();
                },
                seconds,
                TimeUnit.SECONDS);
    result.whenComplete((_, _) -> timeout.cancel(false));
    ByteBuf request = channel.alloc().buffer();
    new CancelRequest(connection.processId(), connection.cancelKey()).encode(request);
    channel.writeAndFlush(request);
    channel.config().setAutoRead(true);
  }

  /** A channel that TLS protects where the endpoint asks for it, and that does not read yet. */
  private CompletableFuture<Channel> open(
      EventLoop loop, Upstream.Endpoint endpoint, @Nullable InetAddress known, long seconds) {
    CompletableFuture<Channel> result = new CompletableFuture<>();
    switch (endpoint) {
      case Upstream.UnixSocket(var path) -> {
        Bootstrap bootstrap = bootstrap(loop, seconds).channel(transport.unixSocketChannel());
        tryEach(bootstrap, List.of(new DomainSocketAddress(path.toFile())), 0, result);
      }
      case Upstream.Tcp tcp -> {
        CompletableFuture<Channel> plain = new CompletableFuture<>();
        CompletionStage<InetAddress[]> resolved =
            known == null
                ? transport.resolve(tcp.host())
                : CompletableFuture.completedFuture(new InetAddress[] {known});
        resolved.whenComplete(
            (addresses, failure) -> {
              if (failure != null) {
                plain.completeExceptionally(
                    new ConnectFailure("the host name " + tcp.host() + " does not resolve"));
              } else {
                connectTcp(loop, tcp, addresses, seconds, plain);
              }
            });
        plain.whenComplete((channel, failure) -> secure(channel, failure, tcp, seconds, result));
      }
    }
    return result;
  }

  private void connectTcp(
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
            (io.netty.channel.ChannelFuture future) -> {
              if (future.isSuccess()) {
                result.complete(future.channel());
              } else if (index + 1 < targets.size()) {
                tryEach(bootstrap, targets, index + 1, result);
              } else {
                result.completeExceptionally(
                    new ConnectFailure(
                        "no connection to "
                            + targets.get(index)
                            + ": "
                            + future.cause().getMessage()));
              }
            });
  }

  private static void secure(
      Channel channel,
      Throwable failure,
      Upstream.Tcp tcp,
      long seconds,
      CompletableFuture<Channel> result) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else if (tcp.tls() == null) {
      result.complete(channel);
    } else {
      TlsRequest request = new TlsRequest(tcp, tcp.tls(), seconds, result);
      channel.pipeline().addLast(request);
      channel.config().setAutoRead(true);
    }
  }

  private static final class Discard extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
