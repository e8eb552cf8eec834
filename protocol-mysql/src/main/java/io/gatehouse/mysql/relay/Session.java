package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.GateErrors;
import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.BackendMessage;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.ComChangeUser;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.upstream.ServerConnection;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultRecord.Unrecorded;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Duplex;
import io.gatehouse.spi.net.HeldSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A session from the end of both logins to the end of either side. One command at a time: what a
 * client sends ahead waits. On the event loop that both of its channels live on.
 */
public final class Session implements HeldSession.Relaying {
  private static final System.Logger LOG = System.getLogger(Session.class.getName());

  private final Duplex duplex;
  private final Outlet outlet;
  private final ServerConnection server;
  private final Surroundings surroundings;
  private final GateSession gate;
  private final Greeted greeted;
  private final StatusView view = new StatusView();
  private final ClientFlow clientFlow;
  private final ServerFlow serverFlow;
  private final PacketReader fromClient;
  private final PacketReader fromServer;
  private final Cancels cancels;
  private final Questions questions = new Questions(this);
  private final FileTransfer file = new FileTransfer(this);
  private @Nullable Running running;

  /** Whether the server's bytes are being read, so that what it says next is not known yet. */
  private boolean reading;

  /** What waits for that to end. */
  private @Nullable Runnable question;

  /**
   * Whether the caller has cancelled the command that waits for the server's answer to the gate.
   */
  private boolean cancelMeanwhile;

  /** Of the command at hand, forwarded or not; 0 while there is none. */
  private int commandPackets;

  private @Nullable ComChangeUser successor;
  private boolean draining;
  private boolean over;

  public Session(
      Channel client,
      ServerConnection server,
      GateSession gate,
      Greeted greeted,
      Surroundings surroundings) {
    this.gate = gate;
    this.server = server;
    this.greeted = greeted;
    this.surroundings = surroundings;
    view.mayHoldSeveral(greeted.spoken().has(Capability.MULTI_STATEMENTS));
    duplex = new Duplex(client, server.channel(), surroundings.limits(), surroundings.meters());
    outlet = new Outlet(duplex, surroundings.meters(), client.alloc(), this::goOn);
    clientFlow = new ClientFlow(this);
    serverFlow = new ServerFlow(this);
    fromClient = new PacketReader(clientFlow, client.alloc());
    fromServer = new PacketReader(serverFlow, server.channel().alloc());
    fromClient.eachAnew(true);
    cancels = new Cancels(this, server, surroundings);
    // Without session tracking nobody tells when it changes: then it is not known.
    if (greeted.spoken().has(Capability.SESSION_TRACK)) {
      view.schema(server.upstream().database());
    }
    view.collation(greeted.collation());
    view.told(server.ok());
  }

  /** Before the first byte of either side. */
  public void begin() {
    gate.settled(view);
  }

  GateSession gate() {
    return gate;
  }

  StatusView view() {
    return view;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Duplex duplex() {
    return duplex;
  }

  Outlet outlet() {
    return outlet;
  }

  PacketReader fromClient() {
    return fromClient;
  }

  PacketReader fromServer() {
    return fromServer;
  }

  FileTransfer file() {
    return file;
  }

  /** Of what runs. */
  ResultRecord record() {
    ResultFlow result = running == null ? null : running.result();
    return result == null ? ResultRecord.NONE : result.record();
  }

  Capabilities spoken() {
    return greeted.spoken();
  }

  /** Of the greeting. */
  int connectionId() {
    return greeted.connectionId();
  }

  boolean mariadb() {
    return server.greeting().mariadb();
  }

  @Nullable Running running() {
    return running;
  }

  void clientRead(ByteBuf bytes) {
    guarded(CloseReason.CLIENT_VIOLATED_PROTOCOL, () -> fromClient.read(bytes));
    makeWay();
  }

  void serverRead(ByteBuf bytes) {
    reading = true;
    guarded(CloseReason.UPSTREAM_VIOLATED_PROTOCOL, () -> fromServer.read(bytes));
    reading = false;
    cancelRefused();
    Runnable waiting = question;
    question = null;
    if (waiting != null && !over) {
      waiting.run();
    }
    questions.answered();
    if (cancelMeanwhile && !questions.underWay()) {
      cancelMeanwhile = false;
      takeCancel();
    }
    // Of an answer whose last packet was not forwarded as it came, nobody else notices the end.
    if (!over && running == null) {
      proceed();
    }
  }

  /** Whatever more the server would send of a refused answer is thrown away; it may be much. */
  private void cancelRefused() {
    ResultFlow result = running == null ? null : running.result();
    if (!over && result != null && result.refusedNow() && !cancels.underWay()) {
      cancels.send();
    }
  }

  /** More can be put on record. */
  void goOn() {
    if (!over) {
      duplex.mayGoOn();
      readComplete();
    }
  }

  /** For what the gate asks on this connection. */
  public Questions questions() {
    return questions;
  }

  /** Whether what comes of the client has to wait for the server. */
  boolean busy() {
    return running != null || questions.underWay() || cancels.underWay();
  }

  /** Whether nothing runs, and the server has said how that left the session. */
  boolean settled() {
    return running == null && !cancels.underWay();
  }

  /** Asks when the server's bytes at hand have been read. */
  void ask(Runnable send) {
    if (reading) {
      question = send;
    } else {
      send.run();
    }
  }

  /** A question is on its way. */
  void asked(ByteBuf bytes, int packets) {
    fromServer.renumber(packets, packets);
    writeServer(bytes);
    readComplete();
  }

  /** See {@link io.gatehouse.spi.SessionControl#cancel}. */
  public void cancel() {
    if (!over && running != null && !cancels.underWay()) {
      cancels.send();
    }
  }

  /** The caller ends what runs, or else what waits. */
  public void takeCancel() {
    if (over || cancels.underWay()) {
      return;
    }
    if (running != null) {
      cancels.send();
    } else if (clientFlow.takeBack()) {
      proceed();
    } else {
      // A command that waits for an answer of the server's to the gate shall hear of it.
      cancelMeanwhile = questions.underWay() && fromClient.stopped();
    }
  }

  /** Goes on with what the client has sent ahead, or with what was decided. */
  void proceed() {
    if (draining) {
      drain();
    }
    guarded(CloseReason.CLIENT_VIOLATED_PROTOCOL, fromClient::run);
    makeWay();
    readComplete();
  }

  private void guarded(CloseReason violation, Runnable action) {
    try {
      action.run();
    } catch (ProtocolException e) {
      boolean client = violation == CloseReason.CLIENT_VIOLATED_PROTOCOL;
      String whose = client ? "the client" : "the database server";
      end(
          new ErrPacket(
              1835, "08S01", "Malformed communication packet of " + whose + ": " + e.getMessage()),
          violation);
    } catch (Unrecorded e) {
      unrecorded(e);
    } catch (RuntimeException fault) {
      report(fault);
      end(
          GateErrors.error(Refusal.of(Refusal.Kind.INTERNAL, "the gateway failed")),
          CloseReason.INTERNAL_FAULT);
    }
  }

  void report(RuntimeException fault) {
    LOG.log(System.Logger.Level.ERROR, "a fault while serving a session", fault);
  }

  /** What cannot be put on record is not sent: its reason is, in its place. */
  private void unrecorded(Unrecorded e) {
    sayInstead(e);
    over(CloseReason.INTERNAL_FAULT);
  }

  private void sayInstead(Unrecorded e) {
    int awaited = outlet.drop(next());
    if (awaited >= 0) {
      say(GateErrors.error(e.refusal()), awaited);
    }
  }

  /** The number of the packet that the client waits for, as far as is known here. */
  private int next() {
    if (running == null) {
      return commandPackets;
    }
    return file.coming() ? fromClient.expected() : fromServer.outgoing();
  }

  void readComplete() {
    guarded(CloseReason.INTERNAL_FAULT, outlet::settle);
    duplex.flush();
    updateReading();
  }

  void updateReading() {
    duplex.updateReading(fromClient.stopped());
  }

  /** A command is there, in so many packets. */
  void arrived(int packets) {
    commandPackets = packets;
  }

  /**
   * The command at hand is forwarded, and its answer is due.
   *
   * @param packets in which it is forwarded
   */
  void run(Running next, int packets) {
    running = next;
    outlet.begin(record());
    fromServer.renumber(packets, commandPackets);
  }

  int commandPackets() {
    return commandPackets;
  }

  /** Goes to the server before what the client's next bytes are. */
  void insert(ByteBuf bytes) {
    fromClient.cut();
    writeServer(bytes);
  }

  void writeServer(ByteBuf bytes) {
    surroundings.meters().clientToServer(bytes.readableBytes());
    duplex.writeServer(bytes);
  }

  AnswerCourse course(CommandType type) {
    return new AnswerCourse(type, spoken());
  }

  /** The command at hand is neither forwarded nor answered. */
  void dropped() {
    commandPackets = 0;
  }

  /** The answer at hand has ended. */
  void answered(OutcomeKind kind, @Nullable String code) {
    Running ended = running;
    running = null;
    commandPackets = 0;
    view.batchEnded();
    file.ended();
    Unrecorded unrecorded = outlet.end();
    if (ended != null) {
      OutcomeKind told = ended.end(kind);
      if (ended.submission() > 0) {
        gate.outcome(ended.submission(), told, ended.rows(), ended.bytes(), ended.nanos(), code);
      }
    }
    if (unrecorded != null) {
      throw unrecorded;
    }
    gate.settled(view);
  }

  /** The whole answer to the command at hand, by the gate; an error, and the session goes on. */
  void reply(BackendMessage message) {
    say(message, commandPackets);
    commandPackets = 0;
  }

  private void say(BackendMessage message, int sequence) {
    ByteBuf out = duplex.client().alloc().buffer();
    PacketWriter.write(out, sequence, body -> message.encode(body, spoken()));
    outlet.write(out, true);
  }

  /** Ends the session with this error. */
  @Override
  public void kill(Refusal refusal, CloseReason reason) {
    end(GateErrors.error(refusal), reason);
  }

  /** Ends the session as soon as it runs nothing and has no transaction open. */
  @Override
  public void drain() {
    draining = true;
    if (!over && commandPackets == 0 && view.transaction() == SessionView.Transaction.NONE) {
      kill(Refusal.of(Refusal.Kind.KILLED, "the gateway is shutting down"), CloseReason.DRAINED);
    }
  }

  void end(ErrPacket error, CloseReason reason) {
    if (over) {
      return;
    }
    // In the middle of a packet there is nothing to be said any more.
    if (fromServer.atBoundary() && outlet.atBoundary()) {
      say(error, next());
    }
    settleOrSay();
    over(reason);
  }

  private void settleOrSay() {
    try {
      outlet.settle();
    } catch (Unrecorded e) {
      sayInstead(e);
    }
  }

  /** See {@link io.gatehouse.spi.SessionControl#redecide}. */
  @Override
  public void redecide() {
    clientFlow.statements().redecideAll();
  }

  void clientGone() {
    over(CloseReason.CLIENT_DISCONNECTED);
  }

  /** The client wants to be somebody else: a login anew, and a session of its own. */
  void changeUser(ComChangeUser command) {
    successor = command;
  }

  /** Whether nothing that comes of the client is this session's any more. */
  boolean makesWay() {
    return successor != null;
  }

  private void makeWay() {
    ComChangeUser command = successor;
    if (command == null || over) {
      return;
    }
    if (fromClient.buffered() > 0) {
      end(
          new ErrPacket(
              1835, "08S01", "Malformed communication packet: more behind COM_CHANGE_USER"),
          CloseReason.CLIENT_VIOLATED_PROTOCOL);
      return;
    }
    settleOrSay();
    over(CloseReason.CLIENT_TERMINATED, false);
    surroundings.another(duplex.client(), command, greeted);
  }

  void clientQuits() {
    over(CloseReason.CLIENT_TERMINATED);
  }

  void serverGone() {
    end(
        new ErrPacket(1053, "08S01", "the database server closed the connection"),
        CloseReason.UPSTREAM_DISCONNECTED);
  }

  private void over(CloseReason reason) {
    over(reason, true);
  }

  /**
   * @param parting from the client too, which is another session's otherwise
   */
  private void over(CloseReason reason, boolean parting) {
    if (over) {
      return;
    }
    over = true;
    clientFlow.withdraw();
    questions.dropped();
    Running unfinished = running;
    running = null;
    if (unfinished != null && unfinished.submission() > 0) {
      gate.outcome(
          unfinished.submission(),
          OutcomeKind.UNKNOWN,
          unfinished.rows(),
          unfinished.bytes(),
          unfinished.nanos(),
          null);
    }
    outlet.drop(0);
    fromClient.close();
    fromServer.close();
    duplex.closeServerAfterWriting();
    // What it still sends is read, be it for nobody.
    duplex.client().config().setAutoRead(true);
    if (parting) {
      duplex.closeClientAfterWriting();
    }
    gate.closed(reason);
    surroundings.ended(this, reason);
    if (unfinished != null && reason != CloseReason.UPSTREAM_DISCONNECTED) {
      cancels.leave();
    }
  }

  boolean over() {
    return over;
  }
}
