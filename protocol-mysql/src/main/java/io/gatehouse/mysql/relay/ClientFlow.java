package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.GateErrors;
import io.gatehouse.mysql.cancel.Kill;
import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.ComChangeUser;
import io.gatehouse.mysql.message.ComInitDb;
import io.gatehouse.mysql.message.ComPing;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComQuit;
import io.gatehouse.mysql.message.ComResetConnection;
import io.gatehouse.mysql.message.ComSetOption;
import io.gatehouse.mysql.message.ComStatistics;
import io.gatehouse.mysql.message.ComStmtClose;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtFetch;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.ComStmtReset;
import io.gatehouse.mysql.message.ComStmtSendLongData;
import io.gatehouse.mysql.message.Command;
import io.gatehouse.mysql.message.CommandDecoder;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.Submission.Stage;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the client asks for: submitted where the engine is to say, then forwarded or refused. On the
 * session's event loop.
 */
final class ClientFlow implements PacketReader.Owner, Reply {
  private static final byte[] USE = "USE `".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RESET_CONNECTION =
      "RESET CONNECTION".getBytes(StandardCharsets.US_ASCII);

  private final Session session;
  private final FrontCommand front;
  private final StatementFlow statements;
  private final KillFlow kills;

  ClientFlow(Session session) {
    this.session = session;
    front = new FrontCommand(session, this);
    statements = new StatementFlow(this, session, front);
    kills = new KillFlow(session);
  }

  Statements statements() {
    return statements.statements();
  }

  @Override
  public Step payload(ByteBuf input, int body, int length, boolean whole) {
    if (session.file().coming()) {
      return session.file().payload(length);
    }
    if (session.busy() || front.awaitingGate() || kills.underWay() || session.makesWay()) {
      return Step.STOP;
    }
    if (length == 0) {
      throw new ProtocolException("a command without its byte");
    }
    if (length > session.surroundings().limits().of(Limit.COMMAND_BYTES)) {
      tooLong();
      return Step.STOP;
    }
    if (!whole) {
      return Step.MORE;
    }
    session.arrived(length / PacketReader.FULL_BYTES + 1);
    if (CommandType.of(input.getUnsignedByte(body)).isEmpty()) {
      return refuse(new ErrPacket(1047, "08S01", "Unknown command: the gateway does not take it"));
    }
    return command(CommandDecoder.decode(input.slice(body, length), session.spoken()));
  }

  private void tooLong() {
    session.surroundings().meters().limitReached(Limit.COMMAND_BYTES);
    session.end(
        new ErrPacket(
            1153,
            "08S01",
            "Got a packet bigger than the gateway takes: limit " + Limit.COMMAND_BYTES.key()),
        CloseReason.LIMIT_REACHED);
  }

  private Step command(Command command) {
    return switch (command) {
      case ComQuery query -> query(query.text());
      case ComInitDb initDb -> initDb(initDb.schema());
      case ComSetOption option ->
          run(CommandType.COM_SET_OPTION, 0, null, ended -> optionSet(option, ended));
      case ComResetConnection _ -> resetConnection();
      case ComPing _, ComStatistics _ -> run(command.type(), 0, null, Running.NOTHING);
      case ComStmtPrepare prepare -> statements.prepare(prepare);
      case ComStmtExecute execute -> statements.execute(execute);
      case ComStmtFetch fetch -> statements.fetch(fetch);
      case ComStmtSendLongData longData -> statements.longData(longData);
      case ComStmtReset reset -> statements.reset(reset);
      case ComStmtClose close -> statements.close(close);
      case ComQuit _ -> {
        session.clientQuits();
        yield Step.DROP;
      }
      case ComChangeUser another -> changeUser(another);
    };
  }

  private Step changeUser(ComChangeUser another) {
    ComChangeUser.Rest rest = another.rest();
    // The login at the server has one byte for it.
    if (rest != null && rest.collation() > 0xFF) {
      return refuse(
          Refusal.of(Refusal.Kind.UNSUPPORTED, "the gateway takes no such collation at a login")
              .withHint("Use utf8mb4_general_ci."));
    }
    session.changeUser(another);
    return Step.DROP;
  }

  private Step query(byte[] text) {
    return Kill.of(text).map(kills::step).orElseGet(() -> submittedQuery(text));
  }

  private Step submittedQuery(byte[] text) {
    Step step =
        submitted(
            CommandType.COM_QUERY,
            SqlText.of(Unpooled.wrappedBuffer(text), session.view().mayHoldSeveral()),
            Running.NOTHING);
    if (step == Step.PASS) {
      session.file().mayBeNamedIn(text);
    }
    return step;
  }

  /** As the statement that does the same. */
  private Step initDb(byte[] schema) {
    ByteBuf use = Unpooled.buffer(2 * schema.length + 6);
    use.writeBytes(USE);
    boolean quote = false;
    boolean wide = false;
    for (byte each : schema) {
      quote |= each == '`';
      wide |= each < 0;
      use.writeByte(each);
      if (each == '`') {
        use.writeByte(each);
      }
    }
    // In some character sets the quote is also the second byte of a character.
    if (quote && wide) {
      return refuse(
          Refusal.of(
              Refusal.Kind.NOT_UNDERSTOOD,
              "the name of the database has a backtick and characters that are not ASCII"));
    }
    use.writeByte('`');
    return submitted(CommandType.COM_INIT_DB, SqlText.of(use, false), Running.NOTHING);
  }

  private void optionSet(ComSetOption option, Running ended) {
    if (ended.succeeded()) {
      switch (option.option()) {
        case ComSetOption.MULTI_STATEMENTS_ON -> session.view().mayHoldSeveral(true);
        case ComSetOption.MULTI_STATEMENTS_OFF -> session.view().mayHoldSeveral(false);
        default -> {
          // Servers refuse others.
        }
      }
    }
  }

  /** No statement does this, so that an engine that was not told of it does not understand it. */
  private Step resetConnection() {
    Step step =
        submitted(
            CommandType.COM_RESET_CONNECTION,
            SqlText.of(Unpooled.wrappedBuffer(RESET_CONNECTION), false),
            ended -> {
              if (ended.succeeded()) {
                statements().closeAll();
                session
                    .view()
                    .mayHoldSeveral(
                        session.view().mayHoldSeveral()
                            || session.spoken().has(Capability.MULTI_STATEMENTS));
              }
            });
    if (step == Step.PASS) {
      session.view().reset();
    }
    return step;
  }

  private Step submitted(CommandType type, SqlText form, Running.Ended ended) {
    Decision decision = front.taken(Stage.EXECUTE);
    decision = decision == null ? front.submit(Stage.EXECUTE, form) : decision;
    return switch (decision) {
      case null -> Step.STOP;
      case Decision.Refuse(Refusal refusal) -> refuse(refusal);
      case Decision.Run run -> run(type, front.sequence(), looked(run, false), ended);
    };
  }

  /**
   * What is done with the answer; null for nothing.
   *
   * @param binary whether its rows are those of a prepared statement
   */
  @Nullable ResultFlow looked(Decision.Run run, boolean binary) {
    boolean plain =
        run.plan().equals(ResultPlan.UNTOUCHED)
            && run.limits().equals(ResultLimits.NONE)
            && run.record().equals(ResultRecord.NONE);
    return plain ? null : new ResultFlow(session, run, binary);
  }

  /** The command at hand goes on as it is. */
  Step run(CommandType type, long submission, @Nullable ResultFlow result, Running.Ended ended) {
    session.run(
        new Running(type, session.course(type), submission, result, ended),
        session.commandPackets());
    return Step.PASS;
  }

  /** Another payload goes in the place of the command at hand. */
  Step runInstead(
      CommandType type,
      long submission,
      @Nullable ResultFlow result,
      Running.Ended ended,
      Consumer<ByteBuf> payload) {
    int[] packets = {0};
    insert(out -> packets[0] = PacketWriter.write(out, 0, payload));
    session.run(new Running(type, session.course(type), submission, result, ended), packets[0]);
    return Step.DROP;
  }

  /** Goes before the command at hand. */
  void insert(Consumer<ByteBuf> packets) {
    ByteBuf out = session.duplex().server().alloc().buffer();
    packets.accept(out);
    session.insert(out);
  }

  Step refuse(Refusal refusal) {
    return refuse(GateErrors.error(refusal));
  }

  Step refuse(ErrPacket error) {
    session.reply(error);
    return Step.DROP;
  }

  /** The caller no longer wants the command that waits for the gate; whether one did. */
  boolean takeBack() {
    return front.takeBack();
  }

  /** The client is gone before the answer. */
  void withdraw() {
    front.abandon();
  }

  @Override
  public void forward(ByteBuf run) {
    try {
      session.file().put(run, session.record());
    } catch (RuntimeException e) {
      run.release();
      throw e;
    }
    session.writeServer(run);
  }

  @Override
  public void answer(long sequence, Decision decision) {
    onLoop(() -> front.answered(sequence, decision));
  }

  @Override
  public void again(long sequence) {
    onLoop(() -> front.again(sequence));
  }

  /** No message of MySQL's says anything to a client that waits. */
  @Override
  public void progress(long sequence, String message) {}

  private void onLoop(BooleanSupplier change) {
    session
        .duplex()
        .client()
        .eventLoop()
        .execute(
            () -> {
              if (!session.over() && change.getAsBoolean()) {
                session.proceed();
              }
            });
  }
}
