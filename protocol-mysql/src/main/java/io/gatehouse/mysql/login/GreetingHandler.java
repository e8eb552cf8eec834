package io.gatehouse.mysql.login;

import io.gatehouse.mysql.frame.LoginPackets;
import io.gatehouse.mysql.message.BackendMessage;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.HandshakeResponse41;
import io.gatehouse.mysql.message.HandshakeV10;
import io.gatehouse.mysql.message.ServerStatus;
import io.gatehouse.mysql.message.SslRequest;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.entrance.FirstPackets;
import io.gatehouse.spi.entrance.Newcomer;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/**
 * Greets a client, starts TLS, and hears who the client wants to be, with which {@link ClientLogin}
 * takes over ("Connection Phase"). On the client's event loop.
 */
public final class GreetingHandler extends FirstPackets {
  private final Reception reception;
  private final LoginPackets packets;
  private final int connectionId;
  private boolean encrypted;

  public GreetingHandler(Reception reception, Channel accepted) {
    super(new Newcomer(reception.door(), accepted));
    this.reception = reception;
    connectionId = reception.cancels().number();
    packets = new LoginPackets(reception.limits().intOf(Limit.LOGIN_MESSAGE_BYTES), 0);
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

  @Override
  protected void read(ChannelHandlerContext context, ByteBuf in) {
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
    newcomer().secure(reception.listener().identity().get().context());
    if (rest.isReadable()) {
      ByteBuf hello = rest.readBytes(rest.readableBytes());
      context.pipeline().fireChannelRead(hello);
    }
  }

  @Override
  protected void secured(ChannelHandlerContext context) {}

  private void logIn(ChannelHandlerContext context, HandshakeResponse41 response) {
    Capabilities spoken = response.capabilities().and(offered());
    handOver(
        context,
        new ClientLogin(reception, Claim.of(response), spoken, connectionId, packets, newcomer()));
  }

  private void say(ChannelHandlerContext context, BackendMessage message) {
    ByteBuf out = context.alloc().buffer();
    packets.packet(out, body -> message.encode(body, Capabilities.NONE));
    context.writeAndFlush(out);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable reason = cause.getCause() == null ? cause : cause.getCause();
    if (newcomer().over() || !(reason instanceof ProtocolException || reason instanceof NoTls)) {
      newcomer().dismiss(CloseReason.CLIENT_DISCONNECTED);
      return;
    }
    boolean plain = reason instanceof NoTls;
    newcomer().leaves(plain ? CloseReason.LOGIN_REFUSED : CloseReason.CLIENT_VIOLATED_PROTOCOL);
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
