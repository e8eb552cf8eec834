package io.gatehouse.mysql.upstream;

import io.gatehouse.mysql.frame.LoginPackets;
import io.gatehouse.mysql.message.AuthMoreData;
import io.gatehouse.mysql.message.AuthResponse;
import io.gatehouse.mysql.message.AuthSwitchRequest;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.FrontendMessage;
import io.gatehouse.mysql.message.HandshakeResponse41;
import io.gatehouse.mysql.message.HandshakeV10;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.SslRequest;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The dialogue from the server's greeting to its OK ("Connection Phase"), as a client leads it, and
 * never without the TLS that the endpoint asks for. On the connection's event loop.
 */
final class ServerLogin extends ByteToMessageDecoder {

  /** A greeting or a public key is hardly longer than one. */
  private static final int MOST_BYTES = 65_536;

  private static final int MOST_PACKET = 1 << 30;
  private static final int AUTH_MORE_DATA = 0x01;
  private static final int AUTH_NEXT_FACTOR = 0x02;
  private static final int AUTH_SWITCH = 0xFE;

  /** Where the dialogue stands. */
  private sealed interface Step {

    /** The server is to introduce itself. */
    record Waiting() implements Step {}

    /** TLS begins; what is said next is said inside. */
    record Securing(HandshakeV10 greeting) implements Step {}

    /** The server is to say what it thinks of the proof. */
    record Proving(HandshakeV10 greeting, Capabilities spoken, HeldProof proof) implements Step {}

    record Over() implements Step {}
  }

  private final Upstream upstream;
  private final Manner manner;
  private final long seconds;
  private final CompletableFuture<ServerConnection> result;
  private final LoginPackets packets = new LoginPackets(MOST_BYTES, 0);
  private Step step = new Step.Waiting();

  ServerLogin(
      Upstream upstream, Manner manner, long seconds, CompletableFuture<ServerConnection> result) {
    this.upstream = upstream;
    this.manner = manner;
    this.seconds = seconds;
    this.result = result;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (step instanceof Step.Over) {
      in.skipBytes(in.readableBytes());
      return;
    }
    ByteBuf payload = packets.next(in);
    if (payload == null) {
      return;
    }
    switch (step) {
      case Step.Waiting _ -> introduced(context, payload, in);
      case Step.Proving proving -> answered(context, proving, payload);
      case Step.Securing _, Step.Over _ ->
          throw new ProtocolException("the server speaks out of turn");
    }
  }

  private void introduced(ChannelHandlerContext context, ByteBuf payload, ByteBuf rest) {
    if (payload.isReadable()
        && payload.getUnsignedByte(payload.readerIndex()) == ErrPacket.HEADER) {
      refused(context, ErrPacket.decode(payload));
      return;
    }
    HandshakeV10 greeting = HandshakeV10.decode(payload);
    Capabilities missing = manner.missing(greeting.capabilities());
    if (!missing.equals(Capabilities.NONE)) {
      fail(
          context,
          new ConnectFailure(
              "the server does not offer what the listener has offered: " + missing));
      return;
    }
    // Whoever is in between must not get to say anything that is taken for said inside TLS.
    if (rest.isReadable()) {
      throw new ProtocolException("the server speaks out of turn");
    }
    tls()
        .ifPresentOrElse(
            tls -> secure(context, greeting, tls), () -> introduceUs(context, greeting));
  }

  private Optional<SslContext> tls() {
    return upstream.endpoint() instanceof Upstream.Tcp tcp
        ? Optional.ofNullable(tcp.tls())
        : Optional.empty();
  }

  private void secure(ChannelHandlerContext context, HandshakeV10 greeting, SslContext tls) {
    if (!greeting.capabilities().has(Capability.SSL)) {
      fail(
          context,
          new ConnectFailure(
              "the server does not offer TLS; turn it on there, or allow plain text here"));
      return;
    }
    step = new Step.Securing(greeting);
    send(context, new SslRequest(capabilities(greeting), MOST_PACKET, manner.collation()));
    Upstream.Tcp tcp = (Upstream.Tcp) upstream.endpoint();
    SslHandler handler = tls.newHandler(context.alloc(), tcp.host(), tcp.port());
    handler.setHandshakeTimeout(seconds, TimeUnit.SECONDS);
    context.pipeline().addFirst(handler);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    super.userEventTriggered(context, event);
    if (event instanceof SslHandshakeCompletionEvent done
        && step instanceof Step.Securing(HandshakeV10 greeting)) {
      if (done.isSuccess()) {
        introduceUs(context, greeting);
      } else {
        fail(context, new ConnectFailure("no TLS with the server: " + done.cause().getMessage()));
      }
    }
  }

  private Capabilities capabilities(HandshakeV10 greeting) {
    Capabilities asked = manner.asked(greeting.capabilities());
    if (tls().isPresent()) {
      asked = asked.with(Capability.SSL);
    }
    return database() == null ? asked : asked.with(Capability.CONNECT_WITH_DB);
  }

  private @Nullable String database() {
    return upstream.database().isEmpty() ? null : upstream.database();
  }

  private void introduceUs(ChannelHandlerContext context, HandshakeV10 greeting) {
    boolean exposed =
        upstream.endpoint() instanceof Upstream.Tcp
            && context.pipeline().get(SslHandler.class) == null;
    HeldProof proof =
        new HeldProof(
            Optional.ofNullable(upstream.credential().password()),
            // Of another one the server says so, and its plugin by name.
            AuthPlugin.of(greeting.plugin()).orElse(AuthPlugin.CACHING_SHA2_PASSWORD),
            exposed);
    step = new Step.Proving(greeting, capabilities(greeting), proof);
    try {
      byte[] first =
          AuthPlugin.of(greeting.plugin()).isPresent()
              ? proof.first(greeting.authData())
              : new byte[0];
      send(
          context,
          new HandshakeResponse41(
              capabilities(greeting),
              MOST_PACKET,
              manner.collation(),
              upstream.credential().user(),
              first,
              database(),
              proof.plugin().wireName(),
              Map.of()));
    } catch (ConnectFailure failure) {
      fail(context, failure);
    }
  }

  private void answered(ChannelHandlerContext context, Step.Proving proving, ByteBuf payload) {
    int header = payload.isReadable() ? payload.getUnsignedByte(payload.readerIndex()) : -1;
    try {
      switch (header) {
        case OkPacket.OK -> ready(context, proving, OkPacket.decode(payload, proving.spoken()));
        case ErrPacket.HEADER -> refused(context, ErrPacket.decode(payload));
        case AUTH_SWITCH -> {
          AuthSwitchRequest other = AuthSwitchRequest.decode(payload);
          send(context, new AuthResponse(proving.proof().instead(other)));
        }
        case AUTH_MORE_DATA -> {
          Optional<byte[]> answer = proving.proof().more(AuthMoreData.decode(payload).data());
          answer.ifPresent(data -> send(context, new AuthResponse(data)));
        }
        case AUTH_NEXT_FACTOR ->
            fail(context, new ConnectFailure("the server asks for a second factor"));
        default -> throw new ProtocolException("not an answer to a proof");
      }
    } catch (ConnectFailure failure) {
      fail(context, failure);
    }
  }

  private void ready(ChannelHandlerContext context, Step.Proving proving, OkPacket ok) {
    if (upstream.role() != null) {
      fail(context, new ConnectFailure("the gate does not take on roles of MySQL"));
      return;
    }
    step = new Step.Over();
    // Nothing is read until the session has taken over.
    context.channel().config().setAutoRead(false);
    ServerConnection connection =
        new ServerConnection(context.channel(), upstream, proving.greeting(), proving.spoken(), ok);
    if (!result.complete(connection)) {
      context.close();
    }
    context.pipeline().remove(this);
  }

  private void send(ChannelHandlerContext context, FrontendMessage message) {
    ByteBuf out = context.alloc().buffer();
    packets.packet(out, body -> message.encode(body, Capabilities.NONE));
    // It may be a password, and the buffer goes back to a pool as it is.
    boolean secret = message instanceof AuthResponse;
    ByteBuf sent = secret ? out.retainedSlice() : out;
    context
        .writeAndFlush(sent)
        .addListener(
            _ -> {
              if (secret) {
                out.setZero(0, out.capacity());
                out.release();
              }
            });
  }

  private void refused(ChannelHandlerContext context, ErrPacket error) {
    fail(context, new ConnectFailure(error, upstream.credential().user()));
  }

  private void fail(ChannelHandlerContext context, ConnectFailure failure) {
    step = new Step.Over();
    result.completeExceptionally(failure);
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(context, new ConnectFailure("the server closed the connection during login"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable reason = cause.getCause() instanceof ProtocolException violation ? violation : cause;
    fail(context, new ConnectFailure("login failed: " + reason.getMessage()));
  }
}
