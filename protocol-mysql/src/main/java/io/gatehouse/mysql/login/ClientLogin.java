package io.gatehouse.mysql.login;

import io.gatehouse.mysql.GateErrors;
import io.gatehouse.mysql.frame.LoginPackets;
import io.gatehouse.mysql.message.AuthResponse;
import io.gatehouse.mysql.message.BackendMessage;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.relay.Greeted;
import io.gatehouse.mysql.upstream.Manner;
import io.gatehouse.mysql.upstream.ServerConnection;
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
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.TlsFacts;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The dialogue from the client's name to the OK, as a server would lead it, inside TLS. On the
 * client's event loop.
 */
final class ClientLogin extends Login<PasswordDialogue, ServerConnection> implements Examiner {
  private final Reception reception;
  private final Claim claim;
  private final Capabilities spoken;
  private final int connectionId;
  private final LoginPackets packets;

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
      Newcomer newcomer) {
    super(newcomer);
    this.reception = reception;
    this.claim = claim;
    this.spoken = spoken;
    this.connectionId = connectionId;
    this.packets = packets;
  }

  @Override
  protected void begin() {
    if (!reception.door().hasRoom()) {
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
            Optional.of(TlsFacts.of(context().pipeline())));
    Arrival arrival =
        new Arrival(
            reception.sessionNumbers().incrementAndGet(),
            reception.listener().name(),
            context().channel().remoteAddress());
    open(() -> reception.open(arrival, context().channel()), request);
  }

  @Override
  protected void offered(Offer offer) {
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

  @Override
  protected @Nullable ByteBuf next(ByteBuf in) {
    return packets.next(in);
  }

  @Override
  protected void received(PasswordDialogue dialogue, ByteBuf message) {
    dialogue.received(AuthResponse.decode(message).data());
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
  protected CompletableFuture<ServerConnection> connect(Upstream upstream) {
    return reception
        .connector()
        .connect(context().channel().eventLoop(), upstream, new Manner(spoken, claim.collation()));
  }

  @Override
  protected void notConnected(Throwable failure) {
    UpstreamRefusal refusal = UpstreamRefusal.of(failure);
    refusal.forTheLog().ifPresent(reception::upstreamFailed);
    fail(refusal.forTheClient(), refusal.reason());
  }

  @Override
  protected void relay(ServerConnection server) {
    gate()
        .connected(
            server.upstream().credential().user(),
            Integer.toUnsignedString(server.greeting().connectionId()));
    send(server.ok());
    reception.relay(
        context(), server, gate(), new Greeted(spoken, connectionId, claim.collation()));
  }

  @Override
  public void send(BackendMessage message) {
    ByteBuf out = context().alloc().buffer();
    packets.packet(out, body -> message.encode(body, spoken));
    context().writeAndFlush(out);
  }

  @Override
  protected void refuse(Refusal refusal) {
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

  @Override
  protected void timedOut() {
    fail(
        new ErrPacket(
            1159, "08S01", "The login took too long (limits." + Limit.LOGIN_SECONDS.key() + ")"),
        CloseReason.LOGIN_TIMED_OUT);
  }

  private void fail(ErrPacket error, CloseReason reason) {
    if (!over()) {
      send(error);
      part(reason);
    }
  }

  @Override
  protected void violated(ProtocolException violation) {
    fail(
        new ErrPacket(1043, "08S01", "Bad handshake: " + violation.getMessage()),
        CloseReason.CLIENT_VIOLATED_PROTOCOL);
  }
}
