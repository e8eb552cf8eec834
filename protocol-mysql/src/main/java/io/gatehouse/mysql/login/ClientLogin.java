package io.gatehouse.mysql.login;

import io.gatehouse.mysql.GateErrors;
import io.gatehouse.mysql.frame.LoginPackets;
import io.gatehouse.mysql.message.AuthResponse;
import io.gatehouse.mysql.message.BackendMessage;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.ProtocolException;
import io.gatehouse.mysql.relay.Greeted;
import io.gatehouse.mysql.upstream.Manner;
import io.gatehouse.mysql.upstream.ServerConnection;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Route;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.TlsFacts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The dialogue from the client's name to the OK, as a server would lead it, inside TLS. On the
 * client's event loop.
 */
final class ClientLogin extends ByteToMessageDecoder implements Examiner {

  /** Where the dialogue stands. */
  private sealed interface Step {

    /** The gate or the server is being asked; the client has nothing to say. */
    record Waiting() implements Step {}

    /** The client is to send a message of this dialogue. */
    record Answering(PasswordDialogue dialogue) implements Step {}

    /** It relays, or it failed. */
    record Over() implements Step {}
  }

  private static final Step WAITING = new Step.Waiting();
  private static final Step OVER = new Step.Over();

  private final Reception reception;
  private final Claim claim;
  private final Capabilities spoken;
  private final int connectionId;
  private final LoginPackets packets;
  private final Runnable cancelDeadline;
  private Step step = WAITING;
  private @Nullable GateSession gate;
  private @Nullable CompletableFuture<ServerConnection> connecting;
  private @Nullable ChannelHandlerContext context;

  /**
   * @param spoken what the client and the gate can do
   * @param connectionId the number that the client was greeted with
   * @param packets go on from the client's last
   */
  ClientLogin(
      Reception reception,
      Claim claim,
      Capabilities spoken,
      int connectionId,
      LoginPackets packets,
      Runnable cancelDeadline) {
    this.reception = reception;
    this.claim = claim;
    this.spoken = spoken;
    this.connectionId = connectionId;
    this.packets = packets;
    this.cancelDeadline = cancelDeadline;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext newContext) {
    context = newContext;
    if (!reception.hasRoom()) {
      reception.meters().limitReached(Limit.SESSIONS);
      fail(
          new ErrPacket(
              1040, "08004", "Too many connections: limit " + Limit.SESSIONS.key() + " is reached"),
          CloseReason.LIMIT_REACHED);
      return;
    }
    LoginRequest request =
        new LoginRequest(
            claim.user(),
            claim.database(),
            ProgramName.parameters(claim.attributes()),
            Optional.of(TlsFacts.of(newContext.pipeline())));
    Arrival arrival =
        new Arrival(
            reception.sessionNumbers().incrementAndGet(),
            reception.listener().name(),
            newContext.channel().remoteAddress());
    await(
        () -> {
          GateSession session = reception.open(arrival, newContext.channel());
          gate = session;
          return session.greet(request);
        },
        this::offered);
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return context;
  }

  /** Goes on with the answer on the loop, if the client still waits for it; a failure refuses. */
  private <T> void await(Supplier<CompletionStage<T>> question, Consumer<T> next) {
    step = WAITING;
    CompletionStage<T> stage;
    try {
      stage = question.get();
    } catch (RuntimeException fault) {
      stage = CompletableFuture.failedFuture(fault);
    }
    stage.whenCompleteAsync(
        (answer, failure) -> {
          if (step instanceof Step.Over) {
            return;
          }
          if (failure != null || answer == null) {
            refuse(
                Refusal.of(Refusal.Kind.INTERNAL, "the gateway failed to check this login")
                    .withHint("Tell the administrator; the gateway's log has the reason."));
          } else {
            next.accept(answer);
          }
        },
        loop());
  }

  private void offered(Offer offer) {
    switch (offer) {
      case Offer.Scram(var verifier) -> ask(new PasswordCheck.Scram(verifier));
      case Offer.ClearPassword _ -> ask(new PasswordCheck.Whole());
      case Offer.OAuthBearer _ -> ask(new PasswordCheck.Token());
      case Offer.Certificate _ -> {
        if (TlsFacts.of(context().pipeline()).clientCertificates().isEmpty()) {
          denied();
        } else {
          examine(new Proof.Certificate(), this::certified);
        }
      }
      case Offer.Refused(Refusal refusal) -> refuse(refusal);
    }
  }

  private void ask(PasswordCheck check) {
    try {
      new PasswordDialogue(this, check).begin(claim.plugin(), claim.proof());
    } catch (ProtocolException violation) {
      violated(violation);
    }
  }

  private void certified(Identification identification) {
    switch (identification) {
      case Identification.Identified _ -> admit();
      case Identification.Refused _ -> denied();
    }
  }

  private GateSession gate() {
    if (gate == null) {
      throw new IllegalStateException("the gate has not been asked yet");
    }
    return gate;
  }

  @Override
  protected void decode(ChannelHandlerContext unused, ByteBuf in, List<Object> out) {
    switch (step) {
      case Step.Over _ -> in.skipBytes(in.readableBytes());
      case Step.Waiting _ -> {
        if (in.readableBytes() > reception.limits().intOf(Limit.LOGIN_MESSAGE_BYTES)) {
          reception.meters().limitReached(Limit.LOGIN_MESSAGE_BYTES);
          throw new ProtocolException("too much data before the login ended");
        }
      }
      case Step.Answering(PasswordDialogue dialogue) -> {
        ByteBuf payload = packets.next(in);
        if (payload != null) {
          step = WAITING;
          received(dialogue, payload);
        }
      }
    }
  }

  private static void received(PasswordDialogue dialogue, ByteBuf payload) {
    int start = payload.readerIndex();
    int length = payload.readableBytes();
    try {
      dialogue.received(AuthResponse.decode(payload).data());
    } finally {
      // It may be a password, and the buffer goes back to a pool as it is.
      if (!payload.isReadOnly()) {
        payload.setZero(start, length);
      }
    }
  }

  @Override
  public Executor computing() {
    return reception.computing();
  }

  @Override
  public Executor loop() {
    return context().executor();
  }

  @Override
  public void expect(PasswordDialogue dialogue) {
    step = new Step.Answering(dialogue);
  }

  @Override
  public void examine(Proof proof, Consumer<Identification> verdict) {
    if (!(step instanceof Step.Over)) {
      await(() -> gate().identify(proof), verdict);
    }
  }

  @Override
  public void admit() {
    await(() -> gate().route(), this::routed);
  }

  private void routed(Route route) {
    switch (route) {
      case Route.To(var upstream) -> {
        connecting =
            reception
                .connector()
                .connect(
                    context().channel().eventLoop(),
                    upstream,
                    new Manner(spoken, claim.collation()));
        connecting.whenComplete(this::connected);
      }
      case Route.Refused(Refusal refusal) -> refuse(refusal);
    }
  }

  private void connected(@Nullable ServerConnection server, @Nullable Throwable failure) {
    if (!context().executor().inEventLoop()) {
      context().executor().execute(() -> connected(server, failure));
    } else if (server == null) {
      notConnected(failure == null ? new IllegalStateException("no connection") : failure);
    } else if (step instanceof Step.Over) {
      server.channel().close();
    } else {
      relay(server);
    }
  }

  private void notConnected(Throwable failure) {
    if (!(step instanceof Step.Over)) {
      UpstreamRefusal refusal = UpstreamRefusal.of(failure);
      refusal.forTheLog().ifPresent(reception::upstreamFailed);
      fail(refusal.forTheClient(), refusal.reason());
    }
  }

  private void relay(ServerConnection server) {
    step = OVER;
    cancelDeadline.run();
    reception.unfinished().finished(context().channel());
    gate()
        .connected(
            server.upstream().credential().user(),
            Integer.toUnsignedString(server.greeting().connectionId()));
    send(server.ok());
    reception.relay(
        context(), server, gate(), new Greeted(spoken, connectionId, claim.collation()));
    context().pipeline().remove(this);
  }

  @Override
  public void send(BackendMessage message) {
    ByteBuf out = context().alloc().buffer();
    packets.packet(out, body -> message.encode(body, spoken));
    context().writeAndFlush(out);
  }

  private void refuse(Refusal refusal) {
    fail(GateErrors.error(refusal), CloseReason.LOGIN_REFUSED);
  }

  /** The words are MySQL's, the same for every reason, so that nothing can be told from them. */
  @Override
  public void denied() {
    fail(
        new ErrPacket(
            1045, "28000", "Access denied for user '" + claim.user() + "' (using password: YES)"),
        CloseReason.LOGIN_REFUSED);
  }

  void timedOut() {
    fail(
        new ErrPacket(
            1159, "08S01", "The login took too long (limits." + Limit.LOGIN_SECONDS.key() + ")"),
        CloseReason.LOGIN_TIMED_OUT);
  }

  private void fail(ErrPacket error, CloseReason reason) {
    if (!(step instanceof Step.Over)) {
      send(error);
      over(reason);
      context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void over(CloseReason reason) {
    if (step instanceof Step.Over) {
      return;
    }
    step = OVER;
    cancelDeadline.run();
    reception.unfinished().finished(context().channel());
    reception.notStarted(reason);
    if (connecting != null) {
      connecting.cancel(false);
    }
    if (gate != null) {
      gate.closed(reason);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    over(CloseReason.CLIENT_DISCONNECTED);
  }

  /** Whoever sends nothing more proves nothing more; what was asked upstream is not waited for. */
  @Override
  public void userEventTriggered(ChannelHandlerContext unused, Object event) throws Exception {
    super.userEventTriggered(unused, event);
    if (event instanceof ChannelInputShutdownEvent && !(step instanceof Step.Over)) {
      over(CloseReason.CLIENT_DISCONNECTED);
      context().close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    Throwable reason = cause.getCause() instanceof ProtocolException ? cause.getCause() : cause;
    if (reason instanceof ProtocolException violation) {
      violated(violation);
    } else {
      over(CloseReason.CLIENT_DISCONNECTED);
      context().close();
    }
  }

  private void violated(ProtocolException violation) {
    fail(
        new ErrPacket(1043, "08S01", "Bad handshake: " + violation.getMessage()),
        CloseReason.CLIENT_VIOLATED_PROTOCOL);
  }
}
