package io.gatehouse.postgres.login;

import io.gatehouse.postgres.GateErrors;
import io.gatehouse.postgres.SessionHandle;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.FrontendType;
import io.gatehouse.postgres.message.NegotiateProtocolVersion;
import io.gatehouse.postgres.message.StartupMessage;
import io.gatehouse.postgres.upstream.ServerConnection;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.entrance.Login;
import io.gatehouse.spi.entrance.Newcomer;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.ServerIdentity;
import io.gatehouse.spi.net.TlsFacts;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The dialogue from the StartupMessage to the first ReadyForQuery, as a server would lead it. On
 * the client's event loop.
 */
final class ClientLogin extends Login<Dialogue, ServerConnection> implements Examiner {
  private static final int HEADER_BYTES = 5;

  private final Reception reception;
  private final StartupMessage startup;
  private final @Nullable ServerIdentity identity;
  private @Nullable Wish wish;
  private @Nullable SessionHandle handle;

  /**
   * @param identity who the gate was in the TLS handshake, null without TLS
   */
  ClientLogin(
      Reception reception,
      StartupMessage startup,
      @Nullable ServerIdentity identity,
      Newcomer newcomer) {
    super(newcomer);
    this.reception = reception;
    this.startup = startup;
    this.identity = identity;
  }

  @Override
  protected void begin() {
    try {
      begin(Wish.of(startup, reception.listener().parameters()));
    } catch (StartupOptions.Rejected rejected) {
      fail(
          ErrorResponse.of("FATAL", "28000", String.valueOf(rejected.getMessage())),
          CloseReason.LOGIN_REFUSED);
    }
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
    if (!reception.door().hasRoom()) {
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
    open(() -> reception.gate().open(arrival, control), request);
  }

  @Override
  protected void offered(Offer offer) {
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

  @Override
  protected @Nullable ByteBuf next(ByteBuf in) {
    if (in.readableBytes() < HEADER_BYTES) {
      return null;
    }
    int length = in.getInt(in.readerIndex() + 1);
    if (length < Integer.BYTES || length > reception.limits().intOf(Limit.LOGIN_MESSAGE_BYTES)) {
      reception.meters().limitReached(Limit.LOGIN_MESSAGE_BYTES);
      throw new ProtocolException("invalid password packet size");
    }
    if (in.getByte(in.readerIndex()) != FrontendType.AUTHENTICATION_RESPONSE) {
      throw new ProtocolException("expected a password or SASL message");
    }
    return in.readableBytes() > length ? in.readSlice(length + 1).skipBytes(HEADER_BYTES) : null;
  }

  @Override
  protected void received(Dialogue dialogue, ByteBuf message) {
    dialogue.received(message);
  }

  @Override
  public String user() {
    return wish == null ? "" : wish.user();
  }

  @Override
  public Optional<ServerIdentity> identity() {
    return Optional.ofNullable(identity);
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

  @Override
  protected CompletableFuture<ServerConnection> connect(Upstream upstream) {
    return reception
        .connector()
        .connect(context().channel().eventLoop(), upstream, asked().parameters());
  }

  private Wish asked() {
    if (wish == null) {
      throw new IllegalStateException("routed before the start-up packet");
    }
    return wish;
  }

  @Override
  protected void notConnected(Throwable failure) {
    UpstreamRefusal refusal = UpstreamRefusal.of(failure);
    refusal.forTheLog().ifPresent(reception::upstreamFailed);
    fail(refusal.forTheClient(), refusal.reason());
  }

  @Override
  protected void relay(ServerConnection server) {
    SessionHandle control = handle;
    if (control == null) {
      throw new IllegalStateException("no session to relay for");
    }
    new Handover(reception, gate(), control).relay(context(), server, asked().minor());
  }

  @Override
  public void send(BackendMessage message) {
    ByteBuf frame = context().alloc().buffer();
    message.encode(frame);
    context().writeAndFlush(frame);
  }

  @Override
  protected void refuse(Refusal refusal) {
    fail(GateErrors.fatal(refusal), CloseReason.LOGIN_REFUSED);
  }

  @Override
  protected void timedOut() {
    fail(
        ErrorResponse.of(
            "FATAL",
            "57014",
            "canceling authentication due to timeout (limits." + Limit.LOGIN_SECONDS.key() + ")"),
        CloseReason.LOGIN_TIMED_OUT);
  }

  @Override
  public void fail(ErrorResponse error, CloseReason reason) {
    if (!over()) {
      send(error);
      part(reason);
    }
  }

  @Override
  protected void violated(ProtocolException violation) {
    fail(
        ErrorResponse.of("FATAL", "08P01", String.valueOf(violation.getMessage())),
        CloseReason.CLIENT_VIOLATED_PROTOCOL);
  }
}
