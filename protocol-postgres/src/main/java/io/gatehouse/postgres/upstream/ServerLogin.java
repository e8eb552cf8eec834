package io.gatehouse.postgres.upstream;

import io.gatehouse.postgres.message.AuthenticationCleartextPassword;
import io.gatehouse.postgres.message.AuthenticationMD5Password;
import io.gatehouse.postgres.message.AuthenticationOk;
import io.gatehouse.postgres.message.AuthenticationSASL;
import io.gatehouse.postgres.message.AuthenticationSASLContinue;
import io.gatehouse.postgres.message.AuthenticationSASLFinal;
import io.gatehouse.postgres.message.BackendDecoder;
import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.NoticeResponse;
import io.gatehouse.postgres.message.ParameterStatus;
import io.gatehouse.postgres.message.PasswordMessage;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.SASLInitialResponse;
import io.gatehouse.postgres.message.SASLResponse;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.scram.ChannelBinding;
import io.gatehouse.postgres.scram.ScramClient;
import io.gatehouse.postgres.scram.ScramFailure;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Logs the gate in with the held credential ("Message Flow", Start-up), then leaves the pipeline.
 * On the connection's event loop; key derivation runs elsewhere.
 */
final class ServerLogin extends ByteToMessageDecoder {

  /** Start-up messages are small; an error may carry some text. */
  private static final int MAX_MESSAGE_BYTES = 262_144;

  private static final int HEADER_BYTES = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** How far the server is in proving that it is the one we know. */
  private sealed interface Proof {

    /** Nothing was asked of us. */
    record None() implements Proof {}

    record Exchanging(ScramClient scram) implements Proof {}

    /** Done, as far as the method allows. */
    record Given() implements Proof {}
  }

  private final Upstream upstream;
  private final Map<String, String> parameters;
  private final ScramKeyCache scramKeys;
  private final CompletableFuture<ServerConnection> result;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Proof proof = new Proof.None();
  private boolean authenticated;
  private @Nullable BackendKeyData key;
  private @Nullable ByteBuf greeting;

  ServerLogin(
      Upstream upstream,
      Map<String, String> parameters,
      ScramKeyCache scramKeys,
      CompletableFuture<ServerConnection> result) {
    this.upstream = upstream;
    this.parameters = parameters;
    this.scramKeys = scramKeys;
    this.result = result;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    greeting = context.alloc().buffer();
    Map<String, String> all = new LinkedHashMap<>();
    all.putAll(parameters);
    all.putAll(upstream.parameters());
    if (upstream.role() != null) {
      all.put("role", upstream.role());
    }
    // Last, so that nothing a client asked for can take their place.
    all.put("user", upstream.credential().user());
    all.put("database", upstream.database());
    ByteBuf packet = context.alloc().buffer();
    new StartupMessage(3, 0, all).encode(packet);
    context.writeAndFlush(packet);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    if (greeting != null) {
      greeting.release();
      greeting = null;
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < HEADER_BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex() + 1);
    if (length < Integer.BYTES || length > MAX_MESSAGE_BYTES) {
      throw new ProtocolException("invalid message length during login");
    }
    if (in.readableBytes() < length + 1) {
      return;
    }
    ByteBuf frame = in.readSlice(length + 1);
    byte type = frame.readByte();
    frame.readInt();
    try {
      received(context, BackendDecoder.decode(type, frame));
    } catch (ScramFailure failure) {
      fail(context, new ConnectFailure(String.valueOf(failure.getMessage())));
    }
  }

  private void received(ChannelHandlerContext context, BackendMessage message) throws ScramFailure {
    switch (message) {
      case AuthenticationOk _ -> authenticated(context);
      case AuthenticationCleartextPassword _ -> {
        checkFirst();
        clearPassword(context);
      }
      case AuthenticationMD5Password(byte[] salt) -> {
        checkFirst();
        md5Password(context, salt);
      }
      case AuthenticationSASL(List<String> mechanisms) -> {
        checkFirst();
        startScram(context, mechanisms);
      }
      case AuthenticationSASLContinue(byte[] data) -> continueScram(context, data);
      case AuthenticationSASLFinal(byte[] data) -> {
        scram().verify(data);
        proof = new Proof.Given();
      }
      case ParameterStatus status -> {
        settings.put(status.name(), status.value());
        greet(status);
      }
      case NoticeResponse notice -> greet(notice);
      case BackendKeyData data -> key = data;
      case ErrorResponse error ->
          fail(context, new ConnectFailure(error, upstream.credential().user()));
      case ReadyForQuery _ -> ready(context);
      default ->
          fail(
              context,
              new ConnectFailure(
                  "the server asks for what the gateway does not do at login: "
                      + message.getClass().getSimpleName()));
    }
  }

  /** Who could change the method would leave SCRAM before the server's proof is due. */
  private void checkFirst() {
    if (authenticated || !(proof instanceof Proof.None)) {
      throw new ProtocolException("the server asks for a second proof");
    }
  }

  private void greet(BackendMessage message) {
    if (greeting != null) {
      message.encode(greeting);
    }
  }

  private void authenticated(ChannelHandlerContext context) {
    if (proof instanceof Proof.Exchanging) {
      fail(context, new ConnectFailure("the server ended SCRAM without its own proof"));
      return;
    }
    authenticated = true;
  }

  private ScramClient scram() {
    if (proof instanceof Proof.Exchanging(ScramClient scram)) {
      return scram;
    }
    throw new ProtocolException("a SASL message outside of an exchange");
  }

  private Optional<HeldSecret> password(ChannelHandlerContext context) {
    HeldSecret password = upstream.credential().password();
    if (password == null) {
      fail(context, new ConnectFailure("the server asks for a password and the target has none"));
    }
    return Optional.ofNullable(password);
  }

  private void clearPassword(ChannelHandlerContext context) {
    boolean exposed =
        upstream.endpoint() instanceof Upstream.Tcp
            && context.pipeline().get(SslHandler.class) == null;
    if (exposed) {
      fail(
          context,
          new ConnectFailure(
              "the server asks for the password in clear text over a connection without TLS"));
      return;
    }
    password(context)
        .ifPresent(
            held -> {
              proof = new Proof.Given();
              try (Secret secret = held.copy()) {
                send(context, new PasswordMessage(secret.bytes()));
              }
            });
  }

  private void md5Password(ChannelHandlerContext context, byte[] salt) {
    password(context)
        .ifPresent(
            held -> {
              proof = new Proof.Given();
              String user = upstream.credential().user();
              try (Secret secret = held.copy()) {
                send(context, new PasswordMessage(Md5Password.answer(user, secret, salt)));
              }
            });
  }

  private void startScram(ChannelHandlerContext context, List<String> mechanisms)
      throws ScramFailure {
    ScramClient scram = new ScramClient(mechanisms, binding(context), RANDOM);
    proof = new Proof.Exchanging(scram);
    send(context, new SASLInitialResponse(scram.mechanism(), scram.first()));
  }

  private static Optional<byte[]> binding(ChannelHandlerContext context) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    if (tls == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = tls.engine().getSession().getPeerCertificates();
      return chain[0] instanceof X509Certificate leaf ? ChannelBinding.of(leaf) : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private void continueScram(ChannelHandlerContext context, byte[] data) throws ScramFailure {
    ScramClient scram = scram();
    ScramClient.Challenge challenge = scram.challenge(data);
    scramKeys
        .keys(upstream.credential(), challenge.salt(), challenge.iterations())
        .whenCompleteAsync(
            (kept, failure) -> answer(context, scram, kept, failure), context.executor());
  }

  private void answer(
      ChannelHandlerContext context,
      ScramClient scram,
      @Nullable HeldSecret kept,
      @Nullable Throwable failure) {
    if (kept == null) {
      fail(
          context,
          failure instanceof ConnectFailure known
              ? known
              : new ConnectFailure("the key derivation failed"));
    } else {
      try (Secret joined = kept.copy();
          ScramKeys keys = ScramKeys.parted(joined)) {
        send(context, new SASLResponse(scram.last(keys)));
      }
    }
  }

  private void ready(ChannelHandlerContext context) {
    if (!authenticated || key == null || greeting == null) {
      fail(context, new ConnectFailure("the server is ready without having logged the gate in"));
      return;
    }
    byte[] frames = new byte[greeting.readableBytes()];
    greeting.readBytes(frames);
    // Nothing is read until the session has taken over.
    context.channel().config().setAutoRead(false);
    ServerConnection connection =
        new ServerConnection(
            context.channel(), upstream, key.processId(), key.secretKey(), settings, frames);
    if (!result.complete(connection)) {
      context.close();
    }
    context.pipeline().remove(this);
  }

  private static void send(ChannelHandlerContext context, FrontendMessage message) {
    ByteBuf frame = context.alloc().buffer();
    message.encode(frame);
    context.writeAndFlush(frame);
  }

  private void fail(ChannelHandlerContext context, ConnectFailure failure) {
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
