package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.cancel.CancelDesk;
import io.gatehouse.mysql.message.ComChangeUser;
import io.gatehouse.mysql.testing.Recorder.Turn;
import io.gatehouse.mysql.upstream.Connector;
import io.gatehouse.mysql.upstream.ServerConnection;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.testing.ScriptedGate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A session that is told a recorded dialogue, cut into pieces as a test likes. In one thread. */
final class Replayed implements AutoCloseable {
  private final EmbeddedChannel client = new EmbeddedChannel();
  private final EmbeddedChannel server = new EmbeddedChannel();
  private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
  private final ByteArrayOutputStream toServer = new ByteArrayOutputStream();
  private final Session session;

  /**
   * @param connection of the login that the dialogue begins behind, with a channel in its place
   */
  Replayed(
      Function<Channel, ServerConnection> connection,
      ScriptedGate gate,
      Limits limits,
      Connector connector) {
    ServerConnection ready = connection.apply(server);
    GateSession opened =
        gate.open(new Arrival(1, "replayed", new InetSocketAddress(0)), new Deaf());
    opened.greet(new LoginRequest("ann", "", Map.of(), Optional.empty()));
    session =
        new Session(
            client, ready, opened, new Greeted(ready.spoken(), 1, 45), around(limits, connector));
    server.pipeline().addLast(RelayHandlers.server(session));
    session.begin();
    client.pipeline().addLast(RelayHandlers.client(session));
  }

  /** A part of what one of them said. */
  void hear(Turn turn, int from, int to) {
    EmbeddedChannel channel = turn.ofServer() ? server : client;
    ByteBuf piece = channel.alloc().buffer(Math.max(1, to - from));
    channel.writeInbound(piece.writeBytes(turn.bytes(), from, to - from));
    client.runPendingTasks();
    server.runPendingTasks();
    taken(client, toClient);
    taken(server, toServer);
  }

  private static void taken(EmbeddedChannel channel, ByteArrayOutputStream to) {
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      to.writeBytes(ByteBufUtil.getBytes(out));
      out.release();
    }
  }

  byte[] toClient() {
    return toClient.toByteArray();
  }

  byte[] toServer() {
    return toServer.toByteArray();
  }

  boolean over() {
    return session.over();
  }

  @Override
  public void close() {
    client.finishAndReleaseAll();
    server.finishAndReleaseAll();
  }

  private static Surroundings around(Limits limits, Connector connector) {
    return new Surroundings() {
      private final CancelDesk cancels = new CancelDesk(Meters.NONE);

      @Override
      public Limits limits() {
        return limits;
      }

      @Override
      public Meters meters() {
        return Meters.NONE;
      }

      @Override
      public Connector connector() {
        return connector;
      }

      @Override
      public CancelDesk cancels() {
        return cancels;
      }

      @Override
      public void another(Channel unused, ComChangeUser command, Greeted before) {
        throw new IllegalStateException("no dialogue changes its user");
      }

      @Override
      public void ended(Session over, CloseReason reason) {}
    };
  }

  /** The engine does nothing to a session that is replayed. */
  private static final class Deaf implements SessionControl {
    @Override
    public void kill(Refusal refusal, CloseReason reason) {}

    @Override
    public void cancel() {}

    @Override
    public void redecide() {}

    @Override
    public CompletionStage<Rows> inquire(Statement statement) {
      return CompletableFuture.failedFuture(new IllegalStateException("replayed"));
    }

    @Override
    public CompletionStage<ResultDescription> describe(String sql, Duration time) {
      return CompletableFuture.failedFuture(new IllegalStateException("replayed"));
    }

    @Override
    public void notify(String message) {}
  }
}
