package io.gatehouse.mysql.login;

import io.gatehouse.mysql.frame.LoginPackets;
import io.gatehouse.mysql.message.BackendMessage;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.HandshakeResponse41;
import io.gatehouse.mysql.message.HandshakeV10;
import io.gatehouse.mysql.message.ProtocolException;
import io.gatehouse.mysql.message.ServerStatus;
import io.gatehouse.mysql.message.SslRequest;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Greets a client, starts TLS, and hears who the client wants to be, with which {@link ClientLogin}
 * takes over ("Connection Phase"). On the client's event loop.
 */
public final class GreetingHandler extends ByteToMessageDecoder {
  private final Reception reception;
  private final LoginPackets packets;
  private final int connectionId;
  private boolean encrypted;
  private boolean over;
  private @Nullable ScheduledFuture<?> deadline;

  public GreetingHandler(Reception reception) {
    this.reception = reception;
    connectionId = reception.cancels().number();
    packets = new LoginPackets(reception.limits().intOf(Limit.LOGIN_MESSAGE_BYTES), 0);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    reception.meters().accepted(reception.listener().name());
    reception.unfinished().arrived(context.channel());
    deadline =
        context
            .executor()
            .schedule(
                () -> timedOut(context),
                reception.limits().of(Limit.LOGIN_SECONDS),
                TimeUnit.SECONDS);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    greet(context);
    super.channelActive(context);
  }

  private Capabilities offered() {
    return reception.listener().face().offered().with(Capability.SSL);
  }

  private void greet(ChannelHandlerContext context) {
    say(
        context,
        new HandshakeV10(
            reception.listener().face().version(),
            connectionId,
            Scramble.fresh(),
            offered(),
            reception.listener().face().collation(),
            ServerStatus.AUTOCOMMIT,
            AuthPlugin.CACHING_SHA2_PASSWORD.wireName()));
  }

  private void timedOut(ChannelHandlerContext context) {
    reception.meters().limitReached(Limit.LOGIN_SECONDS);
    ClientLogin login = context.pipeline().get(ClientLogin.class);
    if (login != null) {
      login.timedOut();
    } else {
      leave(context, CloseReason.LOGIN_TIMED_OUT);
      context.close();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (over) {
      in.skipBytes(in.readableBytes());
      return;
    }
    ByteBuf payload = packets.next(in);
    if (payload == null) {
      return;
    }
    if (!encrypted) {
      tlsRequested(context, SslRequest.decode(plain(payload)), in);
    } else {
      logIn(context, HandshakeResponse41.decode(payload));
    }
  }

  /** A login in plain text holds what may be a password: it is not looked at. */
  private static ByteBuf plain(ByteBuf payload) {
    if (payload.readableBytes() != SslRequest.BYTES) {
      throw new NoTls();
    }
    return payload;
  }

  private void tlsRequested(ChannelHandlerContext context, SslRequest request, ByteBuf rest) {
    if (!request.capabilities().has(Capability.SSL)) {
      throw new NoTls();
    }
    // Nothing is said in between, so that a ClientHello may have come already. Whatever it is that
    // came, it goes to TLS: before the keys exist anybody on the way could have put bytes there.
    encrypted = true;
    SslHandler handler =
        reception.listener().identity().get().context().newHandler(context.alloc());
    handler.setHandshakeTimeout(reception.limits().of(Limit.LOGIN_SECONDS), TimeUnit.SECONDS);
    context.pipeline().addFirst(handler);
    if (rest.isReadable()) {
      ByteBuf hello = rest.readBytes(rest.readableBytes());
      context.pipeline().fireChannelRead(hello);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent done && !done.isSuccess()) {
      leave(context, CloseReason.TLS_FAILED);
      context.close();
    }
    super.userEventTriggered(context, event);
    // Channels may be half closed, for the sake of relayed answers; a login needs both directions.
    if (event instanceof ChannelInputShutdownEvent && !over) {
      leave(context, CloseReason.CLIENT_DISCONNECTED);
      context.close();
    }
  }

  private void logIn(ChannelHandlerContext context, HandshakeResponse41 response) {
    over = true;
    Capabilities spoken = response.capabilities().and(offered());
    ClientLogin login =
        new ClientLogin(
            reception, Claim.of(response), spoken, connectionId, packets, this::cancelDeadline);
    context.pipeline().addLast(login);
    context.pipeline().remove(this);
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void say(ChannelHandlerContext context, BackendMessage message) {
    ByteBuf out = context.alloc().buffer();
    packets.packet(out, body -> message.encode(body, Capabilities.NONE));
    context.writeAndFlush(out);
  }

  private void leave(ChannelHandlerContext context, CloseReason reason) {
    if (!over) {
      over = true;
      cancelDeadline();
      reception.unfinished().finished(context.channel());
      reception.notStarted(reason);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    leave(context, CloseReason.CLIENT_DISCONNECTED);
    super.channelInactive(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable reason = cause.getCause() == null ? cause : cause.getCause();
    if (over || !(reason instanceof ProtocolException || reason instanceof NoTls)) {
      leave(context, CloseReason.CLIENT_DISCONNECTED);
      context.close();
      return;
    }
    boolean plain = reason instanceof NoTls;
    leave(context, plain ? CloseReason.LOGIN_REFUSED : CloseReason.CLIENT_VIOLATED_PROTOCOL);
    say(
        context,
        plain
            ? new ErrPacket(
                3159,
                "HY000",
                "Connections using insecure transport are prohibited: connect with TLS")
            : new ErrPacket(1043, "08S01", "Bad handshake: " + reason.getMessage()));
    context
        .writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** The client goes on without TLS. */
  private static final class NoTls extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoTls() {
      super("no TLS", null, false, false);
    }
  }
}
