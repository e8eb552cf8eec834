package io.gatehouse.postgres.login;

import io.gatehouse.postgres.message.CancelRequest;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.GssEncRequest;
import io.gatehouse.postgres.message.ProtocolException;
import io.gatehouse.postgres.message.SslRequest;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.message.StartupPacket;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.ServerIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the untyped first packets of a connection ("Message Flow", Start-up): encryption requests,
 * a cancel request, or the StartupMessage, with which {@link ClientLogin} takes over. On the
 * client's event loop.
 */
public final class StartupHandler extends ByteToMessageDecoder {

  /** The first byte of a TLS record of type handshake (RFC 8446, section 5.1). */
  private static final byte TLS_HANDSHAKE = 0x16;

  /** PostgreSQL documentation, "Direct SSL Connection". */
  private static final String ALPN = "postgresql";

  private final Reception reception;
  private boolean tlsAsked;
  private boolean gssAsked;
  private boolean direct;
  private @Nullable ServerIdentity identity;
  private @Nullable ScheduledFuture<?> deadline;
  private boolean over;

  public StartupHandler(Reception reception) {
    this.reception = reception;
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
    boolean first = !tlsAsked && !gssAsked;
    if (first && in.getByte(in.readerIndex()) == TLS_HANDSHAKE) {
      directTls(context, in);
      return;
    }
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex());
    if (length < 2 * Integer.BYTES || length > reception.limits().of(Limit.STARTUP_PACKET_BYTES)) {
      reception.meters().limitReached(Limit.STARTUP_PACKET_BYTES);
      throw new ProtocolException("invalid length of startup packet");
    }
    if (in.readableBytes() < length) {
      return;
    }
    ByteBuf packet = in.readSlice(length).skipBytes(Integer.BYTES);
    received(context, StartupPacket.decode(packet), in);
  }

  private void received(ChannelHandlerContext context, StartupPacket packet, ByteBuf rest) {
    switch (packet) {
      case SslRequest _ -> tlsRequested(context, rest);
      case GssEncRequest _ -> gssRequested(context, rest);
      case CancelRequest(int processId, byte[] key) -> {
        InetSocketAddress source = (InetSocketAddress) context.channel().remoteAddress();
        leave(context, CloseReason.CANCEL_REQUEST);
        reception
            .cancels()
            .request(processId, key, source.getAddress())
            .whenComplete((_, _) -> context.close());
      }
      case StartupMessage startup -> logIn(context, startup);
    }
  }

  private void directTls(ChannelHandlerContext context, ByteBuf in) {
    Supplier<ServerIdentity> offered = reception.listener().identity();
    if (offered == null) {
      throw new ProtocolException("this listener has no TLS");
    }
    direct = true;
    tlsAsked = true;
    startTls(context, offered.get());
    // What was read belongs to TLS, which now stands in front of this handler.
    ByteBuf hello = in.readBytes(in.readableBytes());
    context.pipeline().fireChannelRead(hello);
  }

  private void tlsRequested(ChannelHandlerContext context, ByteBuf rest) {
    if (tlsAsked) {
      throw new ProtocolException("a second request for TLS");
    }
    tlsAsked = true;
    // Before the keys exist anybody on the way could have put bytes there (CVE-2021-23214).
    if (rest.isReadable()) {
      throw new ProtocolException("received unencrypted data after SSL request");
    }
    Supplier<ServerIdentity> offered = reception.listener().identity();
    if (offered == null) {
      reply(context, 'N');
      return;
    }
    reply(context, 'S');
    startTls(context, offered.get());
  }

  private void gssRequested(ChannelHandlerContext context, ByteBuf rest) {
    if (gssAsked || context.pipeline().get(SslHandler.class) != null) {
      throw new ProtocolException("a GSSAPI encryption request out of place");
    }
    gssAsked = true;
    if (rest.isReadable()) {
      throw new ProtocolException("received unencrypted data after GSSAPI encryption request");
    }
    reply(context, 'N');
  }

  private static void reply(ChannelHandlerContext context, char answer) {
    context.writeAndFlush(context.alloc().buffer(1).writeByte(answer));
  }

  private void startTls(ChannelHandlerContext context, ServerIdentity current) {
    identity = current;
    SslHandler handler = current.context().newHandler(context.alloc());
    handler.setHandshakeTimeout(reception.limits().of(Limit.LOGIN_SECONDS), TimeUnit.SECONDS);
    context.pipeline().addFirst(handler);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent done) {
      SslHandler handler = context.pipeline().get(SslHandler.class);
      if (!done.isSuccess()) {
        leave(context, CloseReason.TLS_FAILED);
        context.close();
      } else if (direct && (handler == null || !ALPN.equals(handler.applicationProtocol()))) {
        throw new ProtocolException(
            "received direct SSL connection request without ALPN protocol negotiation extension");
      }
    }
    super.userEventTriggered(context, event);
    // Channels may be half closed, for the sake of relayed answers; a login needs both directions.
    if (event instanceof ChannelInputShutdownEvent && !over) {
      leave(context, CloseReason.CLIENT_DISCONNECTED);
      context.close();
    }
  }

  private void logIn(ChannelHandlerContext context, StartupMessage startup) {
    over = true;
    boolean encrypted = context.pipeline().get(SslHandler.class) != null;
    ClientLogin login =
        new ClientLogin(reception, startup, encrypted ? identity : null, this::cancelDeadline);
    context.pipeline().addLast(login);
    context.pipeline().remove(this);
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
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
    Throwable reason = cause.getCause() instanceof ProtocolException ? cause.getCause() : cause;
    if (over || !(reason instanceof ProtocolException)) {
      leave(context, CloseReason.CLIENT_DISCONNECTED);
      context.close();
      return;
    }
    leave(context, CloseReason.CLIENT_VIOLATED_PROTOCOL);
    ByteBuf error = context.alloc().buffer();
    ErrorResponse.of("FATAL", "08P01", String.valueOf(reason.getMessage())).encode(error);
    context.write(error);
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}
