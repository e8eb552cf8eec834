package io.gatehouse.postgres.upstream;

import io.gatehouse.postgres.message.CancelRequest;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.net.Dialer;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.gatehouse.spi.net.UpstreamLogin;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connections to servers. Thread-safe; each connection belongs to the loop it is given. */
public final class Connector {
  private final Dialer dialer;
  private final Limits limits;
  private final Meters meters;
  private final ScramKeyCache scramKeys;

  public Connector(Transport transport, Limits limits, Meters meters) {
    this.dialer = new Dialer(transport);
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
    ServerLogin login = new ServerLogin(upstream, parameters, scramKeys, result);
    UpstreamLogin.begin(channel, login, result, limits, meters, ConnectFailure::new);
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
    dialer
        .dial(loop, endpoint, known, seconds)
        .whenComplete(
            (channel, failure) -> {
              if (failure != null) {
                result.completeExceptionally(
                    new ConnectFailure(String.valueOf(failure.getMessage())));
              } else {
                switch (endpoint) {
                  case Upstream.UnixSocket _ -> result.complete(channel);
                  case Upstream.Tcp tcp -> secure(channel, tcp, seconds, result);
                }
              }
            });
    return result;
  }

  private static void secure(
      Channel channel, Upstream.Tcp tcp, long seconds, CompletableFuture<Channel> result) {
    if (tcp.tls() == null) {
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
