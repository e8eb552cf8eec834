package io.gatehouse.postgres.login;

import io.gatehouse.postgres.GateErrors;
import io.gatehouse.postgres.SessionHandle;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.FrontendType;
import io.gatehouse.postgres.message.NegotiateProtocolVersion;
import io.gatehouse.postgres.message.ProtocolException;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.upstream.ServerConnection;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Route;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.ServerIdentity;
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
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The dialogue from the StartupMessage to the first ReadyForQuery, as a server would lead it. On
 * the client's event loop.
 */
final class ClientLogin extends ByteToMessageDecoder implements Examiner {
  private static final int HEADER_BYTES = 5;

  /** Where the dialogue stands. */
  private sealed interface Step {

    /** The gate or the server is being asked; the client has nothing to say. */
    record Waiting() implements Step {}

    /** The client is to send a message of this dialogue. */
    record Answering(Dialogue dialogue) implements Step {}

    /** It relays, or it failed. */
    record Over() implements Step {}
  }

  private static final Step WAITING = new Step.Waiting();
  private static final Step OVER = new Step.Over();

  private final Reception reception;
  private final StartupMessage startup;
  private final @Nullable ServerIdentity identity;
  private final Runnable cancelDeadline;
  private Step step = WAITING;
  private @Nullable Wish wish;
  private @Nullable GateSession gate;
  private @Nullable SessionHandle handle;
  private @Nullable CompletableFuture<ServerConnection> connecting;
  private @Nullable ChannelHandlerContext context;

  /**
   * @param identity who the gate was in the TLS handshake, null without TLS
   */
  ClientLogin(
      Reception reception,
      StartupMessage startup,
      @Nullable ServerIdentity identity,
      Runnable cancelDeadline) {
    this.reception = reception;
    this.startup = startup;
    this.identity = identity;
    this.cancelDeadline = cancelDeadline;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext newContext) {
    context = newContext;
    try {
      begin(Wish.of(startup, reception.listener().parameters()));
    } catch (StartupOptions.Rejected rejected) {
      fail(
          ErrorResponse.of("FATAL", "28000", String.valueOf(rejected.getMessage())),
          CloseReason.LOGIN_REFUSED);
    }
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return context;
  }

  private void begin(Wish asked) {
    wish = asked;
    if (asked.downgraded() || !asked.unrecognized().isEmpty()) {
      send(new NegotiateProtocolVersion(asked.minor(), asked.unrecognized()));
    }
    if (identity == null && !reception.listener().plaintext()) {
      refuse(
          Refusal.of(Refusal.Kind.IDENTITY, "the gateway accepts connections with TLS only")
              .withHint("Connect with sslmode=verify-full."));
      return;
    }
    if (!reception.hasRoom()) {
      reception.meters().limitReached(Limit.SESSIONS);
      fail(
          ErrorResponse.of("FATAL", "53300", "sorry, too many sessions already")
              .with('D', "Limit " + Limit.SESSIONS.key() + " is reached."),
          CloseReason.LIMIT_REACHED);
      return;
    }
    SessionHandle control = new SessionHandle(context().channel());
    handle = control;
    Arrival arrival =
        new Arrival(
            reception.sessionNumbers().incrementAndGet(),
            reception.listener().name(),
            context().channel().remoteAddress());
    LoginRequest request =
        new LoginRequest(
            asked.user(),
            asked.database(),
            asked.parameters(),
            identity == null ? Optional.empty() : Optional.of(TlsFacts.of(context().pipeline())));
    await(
        () -> {
          GateSession session = reception.gate().open(arrival, control);
          gate = session;
          return session.greet(request);
        },
        this::offered);
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
        context().executor());
  }

  private void offered(Offer offer) {
    switch (offer) {
      case Offer.Scram(ScramVerifier verifier) -> new ScramDialogue(this, verifier).begin();
      case Offer.ClearPassword _ -> insideTls("password", new PasswordDialogue(this));
      case Offer.Certificate _ -> {
        if (identity == null || TlsFacts.of(context().pipeline()).clientCertificates().isEmpty()) {
          refuse(
              Refusal.of(Refusal.Kind.IDENTITY, "connection requires a valid client certificate"));
        } else {
          examine(new Proof.Certificate(), this::certified);
        }
      }
      case Offer.OAuthBearer(String discovery) ->
          insideTls("token", new BearerDialogue(this, discovery));
      case Offer.Refused(Refusal refusal) -> refuse(refusal);
    }
  }

  /** Whoever listens in must not get what is sent. */
  private void insideTls(String sent, Dialogue dialogue) {
    if (identity == null) {
      refuse(
          Refusal.of(
              Refusal.Kind.IDENTITY, "this user's " + sent + " is accepted inside TLS only"));
    } else {
      dialogue.begin();
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
    if (step instanceof Step.Over) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int most = reception.limits().intOf(Limit.LOGIN_MESSAGE_BYTES);
    if (step instanceof Step.Waiting) {
      if (in.readableBytes() > most) {
        reception.meters().limitReached(Limit.LOGIN_MESSAGE_BYTES);
        throw new ProtocolException("too much data before the login ended");
      }
      return;
    }
    if (in.readableBytes() < HEADER_BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex() + 1);
    if (length < Integer.BYTES || length > most) {
      reception.meters().limitReached(Limit.LOGIN_MESSAGE_BYTES);
      throw new ProtocolException("invalid password packet size");
    }
    if (in.getByte(in.readerIndex()) != FrontendType.AUTHENTICATION_RESPONSE) {
      throw new ProtocolException("expected a password or SASL message");
    }
    if (in.readableBytes() >= length + 1) {
      received(in.readSlice(length + 1).skipBytes(HEADER_BYTES));
    }
  }

  private void received(ByteBuf body) {
    try {
      switch (step) {
        case Step.Answering(Dialogue dialogue) -> dialogue.received(body);
        case Step.Waiting _, Step.Over _ ->
            throw new ProtocolException("a message that was not asked for");
      }
    } finally {
      // It may be a password, and the buffer goes back to a pool as it is.
      if (!body.isReadOnly()) {
        body.setZero(0, body.capacity());
      }
    }
  }

  @Override
  public String user() {
    return wish == null ? "" : wish.user();
  }

  @Override
  public Optional<ServerIdentity> identity() {
    return Optional.ofNullable(identity);
  }

  @Override
  public void expect(Dialogue dialogue) {
    step = new Step.Answering(dialogue);
  }

  @Override
  public void examine(Proof proof, Consumer<Identification> verdict) {
    await(() -> gate().identify(proof), verdict);
  }

  @Override
  public void admit() {
    await(() -> gate().route(), this::routed);
  }

  /** The words are PostgreSQL's, the same for every reason. */
  private void certified(Identification identification) {
    switch (identification) {
      case Identification.Identified _ -> admit();
      case Identification.Refused _ ->
          fail(
              ErrorResponse.of(
                  "FATAL",
                  "28000",
                  "certificate authentication failed for user \"" + user() + "\""),
              CloseReason.LOGIN_REFUSED);
    }
  }

  private void routed(Route route) {
    switch (route) {
      case Route.To(var upstream) -> {
        Wish asked = wish;
        if (asked == null) {
          throw new IllegalStateException("routed before the start-up packet");
        }
        connecting =
            reception
                .connector()
                .connect(context().channel().eventLoop(), upstream, asked.parameters());
        connecting.whenComplete((server, failure) -> connected(asked, server, failure));
      }
      case Route.Refused(Refusal refusal) -> refuse(refusal);
    }
  }

  private void connected(Wish asked, ServerConnection server, @Nullable Throwable failure) {
    if (!context().executor().inEventLoop()) {
      context().executor().execute(() -> connected(asked, server, failure));
    } else if (failure != null) {
      notConnected(failure);
    } else if (step instanceof Step.Over) {
      server.channel().close();
    } else {
      relay(asked, server);
    }
  }

  private void notConnected(Throwable failure) {
    if (!(step instanceof Step.Over)) {
      UpstreamRefusal refusal = UpstreamRefusal.of(failure);
      refusal.forTheLog().ifPresent(reception::upstreamFailed);
      fail(refusal.forTheClient(), refusal.reason());
    }
  }

  private void relay(Wish asked, ServerConnection server) {
    SessionHandle control = handle;
    if (control == null) {
      throw new IllegalStateException("no session to relay for");
    }
    step = OVER;
    cancelDeadline.run();
    reception.unfinished().finished(context().channel());
    new Handover(reception, gate(), control).relay(context(), server, asked.minor());
    context().pipeline().remove(this);
  }

  @Override
  public void send(BackendMessage message) {
    ByteBuf frame = context().alloc().buffer();
    message.encode(frame);
    context().writeAndFlush(frame);
  }

  private void refuse(Refusal refusal) {
    fail(GateErrors.fatal(refusal), CloseReason.LOGIN_REFUSED);
  }

  void timedOut() {
    fail(
        ErrorResponse.of(
            "FATAL",
            "57014",
            "canceling authentication due to timeout (limits." + Limit.LOGIN_SECONDS.key() + ")"),
        CloseReason.LOGIN_TIMED_OUT);
  }

  @Override
  public void fail(ErrorResponse error, CloseReason reason) {
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
    if (reason instanceof ProtocolException) {
      fail(
          ErrorResponse.of("FATAL", "08P01", String.valueOf(reason.getMessage())),
          CloseReason.CLIENT_VIOLATED_PROTOCOL);
    } else {
      over(CloseReason.CLIENT_DISCONNECTED);
      context().close();
    }
  }
}
