package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.GateErrors;
import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.frame.PacketReader.Step;
import io.gatehouse.mysql.message.CommandDecoder;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.ProtocolException;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the client asks for: submitted where the engine is to say, then forwarded or refused. Only
 * COM_QUERY is, so far; prepared statements and COM_CHANGE_USER are refused. On the session's event
 * loop.
 */
final class ClientFlow implements PacketReader.Owner, Reply {
  private final Session session;
  private long submissions;
  private @Nullable Waiting waiting;
  private @Nullable Decision late;

  /** A submission whose answer comes later. */
  private record Waiting(long sequence, List<CommandForm> commands, SessionView session)
      implements Submission {
    @Override
    public Stage stage() {
      return Stage.EXECUTE;
    }
  }

  ClientFlow(Session session) {
    this.session = session;
  }

  @Override
  public Step payload(ByteBuf input, int body, int length, boolean whole) {
    if (session.running() != null) {
      return Step.STOP;
    }
    if (length == 0) {
      throw new ProtocolException("a command without its byte");
    }
    if (length > session.surroundings().limits().of(Limit.COMMAND_BYTES)) {
      session.surroundings().meters().limitReached(Limit.COMMAND_BYTES);
      session.end(
          new ErrPacket(
              1153,
              "08S01",
              "Got a packet bigger than the gateway takes: limit " + Limit.COMMAND_BYTES.key()),
          CloseReason.LIMIT_REACHED);
      return Step.STOP;
    }
    if (!whole) {
      return Step.MORE;
    }
    session.arrived(length / PacketReader.FULL_BYTES + 1);
    Optional<CommandType> type = CommandType.of(input.getUnsignedByte(body));
    if (type.isEmpty()) {
      return refused(new ErrPacket(1047, "08S01", "Unknown command: the gateway does not take it"));
    }
    CommandDecoder.decode(input.slice(body, length), session.spoken());
    return command(type.get(), input, body, length);
  }

  private Step command(CommandType type, ByteBuf input, int body, int length) {
    return switch (type) {
      case COM_QUERY -> query(ByteBufUtil.getBytes(input, body + 1, length - 1));
      case COM_INIT_DB, COM_PING, COM_STATISTICS, COM_SET_OPTION, COM_RESET_CONNECTION ->
          run(type, 0);
      case COM_QUIT -> {
        session.clientQuits();
        yield Step.DROP;
      }
      case COM_CHANGE_USER, COM_STMT_PREPARE, COM_STMT_EXECUTE, COM_STMT_RESET, COM_STMT_FETCH ->
          refused(unsupported(type));
      // Never answered, and of a statement that there cannot be.
      case COM_STMT_CLOSE, COM_STMT_SEND_LONG_DATA -> {
        session.dropped();
        yield Step.DROP;
      }
    };
  }

  private static ErrPacket unsupported(CommandType type) {
    return new ErrPacket(1235, "42000", "The gateway does not take " + type + " yet");
  }

  private Step query(byte[] text) {
    Waiting submission = waiting;
    Decision decided = late;
    if (submission != null && decided == null) {
      return Step.STOP;
    }
    if (submission == null || decided == null) {
      CommandForm form =
          new QueryText(
              Unpooled.wrappedBuffer(text), session.mayHoldSeveral(), new CommandForm.Memo());
      submission = new Waiting(++submissions, List.of(form), session.view());
      waiting = submission;
      switch (submit(submission)) {
        case Decision now -> decided = now;
        case Answer.Later _ -> {
          return Step.STOP;
        }
      }
    }
    waiting = null;
    late = null;
    return decided(submission.sequence(), decided);
  }

  private Answer submit(Submission submission) {
    try {
      return session.gate().submit(submission, this);
    } catch (RuntimeException fault) {
      return new Decision.Refuse(
          Refusal.of(Refusal.Kind.INTERNAL, "the gateway failed to decide this command")
              .withHint("Tell the administrator; the gateway's log has the reason."));
    }
  }

  private Step decided(long sequence, Decision decision) {
    return switch (decision) {
      case Decision.Refuse(Refusal refusal) -> refused(GateErrors.error(refusal));
      case Decision.Run(ResultPlan plan, ResultLimits limits, ResultRecord record) -> {
        boolean plain =
            plan.equals(ResultPlan.UNTOUCHED)
                && limits.equals(ResultLimits.NONE)
                && record.equals(ResultRecord.NONE);
        yield plain
            ? run(CommandType.COM_QUERY, sequence)
            : refused(
                GateErrors.error(
                    Refusal.of(
                        Refusal.Kind.UNSUPPORTED,
                        "the gateway does not mask, limit or record results of MySQL yet")));
      }
    };
  }

  private Step run(CommandType type, long submission) {
    session.run(type, submission);
    return Step.PASS;
  }

  private Step refused(ErrPacket error) {
    session.refuse(error);
    return Step.DROP;
  }

  /** The client is gone before the answer. */
  void withdraw() {
    Waiting submission = waiting;
    waiting = null;
    late = null;
    if (submission != null) {
      session.gate().withdrawn(submission.sequence());
    }
  }

  @Override
  public void forward(ByteBuf run) {
    session.duplex().writeServer(run);
  }

  @Override
  public void answer(long sequence, Decision decision) {
    onLoop(
        sequence,
        () -> {
          late = decision;
          session.proceed();
        });
  }

  @Override
  public void again(long sequence) {
    onLoop(
        sequence,
        () -> {
          waiting = null;
          session.proceed();
        });
  }

  /** No message of MySQL's says anything to a client that waits. */
  @Override
  public void progress(long sequence, String message) {}

  private void onLoop(long sequence, Runnable action) {
    session
        .duplex()
        .client()
        .eventLoop()
        .execute(
            () -> {
              Waiting submission = waiting;
              if (!session.over()
                  && late == null
                  && submission != null
                  && submission.sequence() == sequence) {
                action.run();
              }
            });
  }
}
