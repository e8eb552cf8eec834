package io.gatehouse.postgres.login;

import io.gatehouse.postgres.message.CancelRequest;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.GssEncRequest;
import io.gatehouse.postgres.message.SslRequest;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.message.StartupPacket;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.entrance.FirstPackets;
import io.gatehouse.spi.entrance.Newcomer;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.ServerIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the untyped first packets of a connection ("Message Flow", Start-up): encryption requests,
 * a cancel request, or the StartupMessage, with which {@link ClientLogin} takes over. On the
 * client's event loop.
 */
public final class StartupHandler extends FirstPackets {

  /** The first byte of a TLS record of type handshake (RFC 8446, section 5.1). */
  private static final byte TLS_HANDSHAKE = 0x16;

  /** PostgreSQL documentation, "Direct SSL Connection". */
  private static final String ALPN = "postgresql";

  private final Reception reception;
  private boolean tlsAsked;
  private boolean gssAsked;
  private boolean direct;
  private @Nullable ServerIdentity identity;

  public StartupHandler(Reception reception, Channel accepted) {
    super(new Newcomer(reception.door(), accepted));
    this.reception = reception;
  }

  @Override
  protected void read(ChannelHandlerContext context, ByteBuf in) {
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
        newcomer().leaves(CloseReason.CANCEL_REQUEST);
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
    startTls(offered.get());
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
    startTls(offered.get());
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

  private void startTls(ServerIdentity current) {
    identity = current;
    newcomer().secure(current.context());
  }

  @Override
  protected void secured(ChannelHandlerContext context) {
    SslHandler handler = context.pipeline().get(SslHandler.class);
    if (direct && (handler == null || !ALPN.equals(handler.applicationProtocol()))) {
      throw new ProtocolException(
          "received direct SSL connection request without ALPN protocol negotiation extension");
    }
  }

  private void logIn(ChannelHandlerContext context, StartupMessage startup) {
    boolean encrypted = context.pipeline().get(SslHandler.class) != null;
    handOver(context, new ClientLogin(reception, startup, encrypted ? identity : null, newcomer()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable reason = cause.getCause() instanceof ProtocolException ? cause.getCause() : cause;
    if (newcomer().over() || !(reason instanceof ProtocolException)) {
      newcomer().dismiss(CloseReason.CLIENT_DISCONNECTED);
      return;
    }
    newcomer().leaves(CloseReason.CLIENT_VIOLATED_PROTOCOL);
    ByteBuf error = context.alloc().buffer();
    ErrorResponse.of("FATAL", "08P01", String.valueOf(reason.getMessage())).encode(error);
    context.write(error);
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}
