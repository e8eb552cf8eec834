package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.GateErrors;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.upstream.ServerConnection;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.CommandBudget;
import io.gatehouse.spi.net.Duplex;
import io.gatehouse.spi.net.HeldSession;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One caller on one server, from ready to close. Owned by one event loop, on which both channels
 * live.
 */
public final class Session implements SessionView, HeldSession.Relaying {
  private static final System.Logger LOG = System.getLogger(Session.class.getName());

  private final Channel client;
  private final Duplex duplex;
  private final Outlet outlet;
  private final Cancels cancels;
  private final GateSession gate;
  private final Surroundings surroundings;
  private final PendingReplies replies = new PendingReplies();
  private final Names names = new Names();
  private final ClientFlow clientFlow;
  private final ServerFlow serverFlow;
  private final Map<String, String> settings = new HashMap<>();
  private Transaction transaction = Transaction.NONE;
  private @Nullable Execution guarded;
  private boolean serverEnding;
  private boolean clientEnding;
  private boolean closed;
  private boolean draining;
  private final Voice voice;
  private final Patience patience;

  public Session(
      Channel client, ServerConnection upstream, GateSession gate, Surroundings surroundings) {
    this.client = client;
    this.duplex =
        new Duplex(client, upstream.channel(), surroundings.limits(), surroundings.meters());
    outlet = new Outlet(duplex, client.alloc(), this::goOn);
    cancels = new Cancels(this, upstream, surroundings);
    this.gate = gate;
    this.surroundings = surroundings;
    serverFlow = new ServerFlow(this, replies, names);
    clientFlow = new ClientFlow(this, replies, names);
    voice = new Voice(client, serverFlow, outlet);
    upstream.settings().forEach(this::setting);
    patience = new Patience(this, duplex);
  }

  // What the flows need of the session.

  Channel client() {
    return client;
  }

  GateSession gate() {
    return gate;
  }

  Limits limits() {
    return surroundings.limits();
  }

  Meters meters() {
    return surroundings.meters();
  }

  CommandBudget budget() {
    return surroundings.budget();
  }

  boolean replication() {
    return surroundings.replication();
  }

  void writeServer(ByteBuf bytes) {
    duplex.writeServer(bytes);
  }

  Outlet outlet() {
    return outlet;
  }

  /** More can be put on record. */
  private void goOn() {
    duplex.mayGoOn();
    updateReading();
  }

  ByteBuf error(Refusal refusal) {
    return voice.encoded(GateErrors.error(refusal));
  }

  ByteBuf errorAndReady(Refusal refusal) {
    ByteBuf out = error(refusal);
    new ReadyForQuery((byte) 'I').encode(out);
    return out;
  }

  /** Says it to the client, after the frame that is under way. */
  void tell(ByteBuf message) {
    voice.tell(message);
  }

  /** Sends the gate's own bytes to the server, after what the client sent so far. */
  void insert(ByteBuf bytes) {
    clientFlow.insert(bytes);
  }

  /** Whether the gate waits for an answer of the server's to a question of its own. */
  boolean asking() {
    return serverFlow.questions().underWay();
  }

  /** Nothing is owed, no transaction is open and no batch is unfinished. */
  boolean quiet() {
    return replies.isEmpty() && transaction == Transaction.NONE && !clientFlow.batchOpen();
  }

  void guard(Execution execution) {
    guarded = execution;
  }

  void begin(Execution execution) {
    guarded = execution;
    serverFlow.result().begin(execution);
  }

  void unguard(Execution execution) {
    if (guarded != null && guarded.sequence() == execution.sequence()) {
      guarded = null;
    }
  }

  boolean guarding() {
    return guarded != null;
  }

  boolean cancelling() {
    return cancels.underWay();
  }

  boolean copyingIn() {
    return serverFlow.copyingIn();
  }

  void syncForwarded() {
    serverFlow.syncForwarded();
  }

  void described(Execution execution, ResultShape shape) {
    clientFlow.described(execution, shape);
  }

  void skipToSync() {
    clientFlow.skipToSync();
  }

  void skippingOver() {
    clientFlow.skippingOver();
  }

  void abortBatch() {
    clientFlow.abortBatch();
  }

  void abortBlock() {
    clientFlow.abortBlock();
  }

  void outcome(
      Execution execution, OutcomeKind kind, long rows, long bytes, @Nullable String code) {
    ResultRecord.Unrecorded unrecorded = serverFlow.tap().ended(execution.run().record());
    gate.outcome(
        execution.sequence(), kind, rows, bytes, System.nanoTime() - execution.started(), code);
    if (unrecorded != null && !closed) {
      throw unrecorded;
    }
  }

  void setting(String name, String value) {
    settings.put(name.toLowerCase(Locale.ROOT), value);
  }

  void transactionStatus(byte status) {
    transaction =
        switch (status) {
          case 'I' -> Transaction.NONE;
          case 'T' -> Transaction.OPEN;
          case 'E' -> Transaction.FAILED;
          default -> throw new ProtocolException("the server reported an unknown status");
        };
  }

  /** The login is over, and nothing was asked yet. */
  public void begin() {
    takeUp(() -> gate.settled(this));
  }

  /** A batch is answered; whether that was the last of what is owed. */
  void settledIfIdle() {
    if (replies.isEmpty() && !clientFlow.batchOpen()) {
      gate.settled(this);
    }
  }

  /** A ReadyForQuery went to the client. */
  void batchAnswered() {
    if (draining && quiet()) {
      shutDown();
    }
  }

  void serverFatal() {
    serverEnding = true;
  }

  void clientTerminates() {
    clientEnding = true;
  }

  void report(RuntimeException fault) {
    LOG.log(System.Logger.Level.ERROR, "a fault while serving a session", fault);
  }

  // What the channels tell.

  void clientRead(ByteBuf bytes) {
    patience.heard();
    meters().clientToServer(bytes.readableBytes());
    guarding(() -> clientFlow.read(bytes), CloseReason.CLIENT_VIOLATED_PROTOCOL);
  }

  void serverRead(ByteBuf bytes) {
    meters().serverToClient(bytes.readableBytes());
    guarding(
        () -> {
          serverFlow.read(bytes);
          voice.goOn();
        },
        CloseReason.UPSTREAM_VIOLATED_PROTOCOL);
  }

  /** All that was read is worked off: goes on with what had to wait, and sends. */
  void readComplete() {
    if (closed) {
      return;
    }
    guarding(clientFlow::resume, CloseReason.CLIENT_VIOLATED_PROTOCOL);
    flush();
    serverFlow.questions().goOn();
  }

  private void guarding(Runnable step, CloseReason violation) {
    try {
      step.run();
    } catch (ProtocolException e) {
      end(ErrorResponse.of("FATAL", "08P01", String.valueOf(e.getMessage())), violation);
    } catch (ResultRecord.Unrecorded e) {
      unrecorded(e);
    } catch (RuntimeException fault) {
      report(fault);
      outlet.drop();
      end(
          ErrorResponse.of("FATAL", "XX000", "the gateway failed; its log has the reason"),
          CloseReason.INTERNAL_FAULT);
    }
  }

  void flush() {
    guarding(outlet::settle, CloseReason.INTERNAL_FAULT);
    duplex.flush();
    updateReading();
  }

  void updateReading() {
    duplex.updateReading(clientFlow.congested(limits().intOf(Limit.WRITE_BUFFER_BYTES)));
  }

  /** The client will send no more; what it asked for before is still answered, as by the server. */
  void clientInputEnded() {
    if (clientEnding || closed) {
      return;
    }
    if (asking() && !clientFlow.awaitingGate()) {
      serverFlow.questions().inputEnded();
      return;
    }
    boolean nothingOwed = replies.isEmpty() && !clientFlow.batchOpen();
    if (nothingOwed || clientFlow.awaitingGate() || clientFlow.midMessage() || copyingIn()) {
      close(CloseReason.CLIENT_DISCONNECTED);
    } else {
      clientEnding = true;
      writeServer(Frames.TERMINATE.duplicate());
      flush();
    }
  }

  void clientGone() {
    close(clientEnding ? CloseReason.CLIENT_TERMINATED : CloseReason.CLIENT_DISCONNECTED);
  }

  void serverGone() {
    if (clientEnding || serverEnding) {
      endQuietly(clientEnding ? CloseReason.CLIENT_TERMINATED : CloseReason.UPSTREAM_DISCONNECTED);
    } else {
      end(
          ErrorResponse.of("FATAL", "08006", "the database server closed the connection"),
          CloseReason.UPSTREAM_DISCONNECTED);
    }
  }

  // What others ask for; from the loop only, {@link SessionHandle} hops.

  /** The client cancels what runs, or else what waits. */
  public void cancel() {
    if (closed) {
      return;
    }
    boolean runs = replies.holdExecution() && !clientFlow.batchOpen();
    if (asking() && !clientFlow.awaitingGate() && clientFlow.midMessage()) {
      serverFlow.questions().cancelled();
    } else if (clientFlow.awaitingGate() && !runs) {
      guarding(clientFlow::withdraw, CloseReason.CLIENT_VIOLATED_PROTOCOL);
      serverFlow.questions().giveUp();
      flush();
    } else if (!replies.isEmpty() && !cancelling()) {
      cancelUpstream();
    }
  }

  /** The engine cancels what runs, whatever waits behind it. */
  public void cancelRunning() {
    if (!closed && replies.holdExecution() && !cancelling()) {
      cancelUpstream();
    }
  }

  void cancelUpstream() {
    cancels.send();
  }

  void cancelled() {
    takeUp(serverFlow.questions()::send);
    readComplete();
  }

  @Override
  public void kill(Refusal refusal, CloseReason reason) {
    if (!closed && !replies.isEmpty()) {
      cancelUpstream();
    }
    end(GateErrors.fatal(refusal), reason);
  }

  /** Prepared statements are submitted again before they next run. */
  @Override
  public void redecide() {
    names.redecideAll();
  }

  /** For what the gate asks the server; null once the session is over. */
  public @Nullable Questions questions() {
    return closed ? null : serverFlow.questions();
  }

  public void say(String message) {
    takeUp(() -> voice.notice(message));
  }

  @Override
  public void drain() {
    draining = true;
    if (quiet()) {
      shutDown();
    }
  }

  private void shutDown() {
    end(
        ErrorResponse.of("FATAL", "57P01", "terminating connection: the gateway is shutting down"),
        CloseReason.DRAINED);
  }

  /** Something that the gate said late takes effect; from the loop only. */
  void takeUp(Runnable step) {
    if (!closed) {
      guarding(step, CloseReason.CLIENT_VIOLATED_PROTOCOL);
      flush();
    }
  }

  /** Nothing is owed to the client, and it is not the gate that keeps it waiting. */
  boolean awaitsClient() {
    return replies.isEmpty() && !clientFlow.awaitingGate();
  }

  void clientTooSlow() {
    close(CloseReason.CLIENT_TOO_SLOW);
  }

  void clientIdle() {
    end(
        ErrorResponse.of(
            "FATAL",
            "57P05",
            "terminating connection: idle longer than limits." + Limit.CLIENT_IDLE_SECONDS.key()),
        CloseReason.CLIENT_IDLE);
  }

  // The end.

  private void end(ErrorResponse error, CloseReason reason) {
    if (!closed) {
      voice.tellAtOnce(error);
    }
    endQuietly(reason);
  }

  /** The client gets nothing more of what runs. */
  private void unrecorded(ResultRecord.Unrecorded e) {
    outlet.drop();
    kill(e.refusal(), CloseReason.INTERNAL_FAULT);
  }

  /** What is written still goes out. */
  private void endQuietly(CloseReason reason) {
    if (!closed) {
      voice.falls();
      duplex.closeClientAfterWriting();
      finish(reason);
    }
  }

  private void close(CloseReason reason) {
    if (!closed) {
      client.close();
      finish(reason);
    }
  }

  private void finish(CloseReason reason) {
    closed = true;
    outlet.drop();
    patience.end();
    clientFlow.close();
    serverFlow.abandon();
    serverFlow.close();
    voice.end();
    duplex.closeServerAfterWriting();
    surroundings.ended(this, reason);
    gate.closed(reason);
  }

  // What the gate sees.

  @Override
  public Transaction transaction() {
    return replies.isEmpty() && !clientFlow.batchOpen() ? transaction : Transaction.UNDECIDED;
  }

  @Override
  public boolean midBatch() {
    return clientFlow.batchOpen();
  }

  @Override
  public long batches() {
    return names.batches();
  }

  @Override
  public boolean portalBound(String name) {
    // Names are kept byte for byte.
    return names.bound(
        new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  @Override
  public @Nullable String setting(String name) {
    return settings.get(name.toLowerCase(Locale.ROOT));
  }
}
