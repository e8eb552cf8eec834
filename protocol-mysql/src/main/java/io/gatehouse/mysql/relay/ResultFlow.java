package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.GateErrors;
import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.ColumnCount;
import io.gatehouse.mysql.message.ColumnDefinition41;
import io.gatehouse.mysql.message.EofPacket;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.relay.AnswerCourse.Part;
import io.gatehouse.mysql.value.ResultDescriptions;
import io.gatehouse.mysql.value.RowRewriter;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Diagnostics;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Walk.Step;
import io.gatehouse.spi.value.Unmaskable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one command that the gate looks into: counted, put on record, and where the gate
 * asked for it, rewritten or refused. A result is described before its first row: until the gate
 * has said what becomes of it, its definitions are held, so that an error can take their place. The
 * rest of what was refused is cancelled, and thrown away as far as it comes. Owned by the session's
 * event loop.
 */
final class ResultFlow {
  /** 4,096 definitions with names as long as they can be. */
  private static final int MOST_HEAD_BYTES = 8 << 20;

  /** What happens to the rows. */
  private sealed interface Mode {

    record Passing() implements Mode {}

    record Rewriting(RowRewriter rewriter) implements Mode {}

    /** The client has got the refusal. */
    record Draining() implements Mode {}
  }

  private static final Mode PASSING = new Mode.Passing();
  private static final Mode DRAINING = new Mode.Draining();

  private final Session session;
  private final Decision.Run run;
  private final boolean binary;
  private Mode mode = PASSING;

  /** Of the result at hand. */
  private List<ColumnDefinition41> columns = List.of();

  private int announced;

  /** Of rows that are fetched. */
  private @Nullable Refusal veto;

  /** The payloads that wait for the gate's word on the result at hand. */
  private List<byte[]> head = List.of();

  private long headBytes;
  private boolean justRefused;
  private long rows;
  private long bytes;

  /**
   * @param binary whether rows are those of a prepared statement
   */
  ResultFlow(Session session, Decision.Run run, boolean binary) {
    this.session = session;
    this.run = run;
    this.binary = binary;
  }

  ResultRecord record() {
    return run.record();
  }

  /** Of the last result; empty if the gate did not look at them. */
  List<ColumnDefinition41> columns() {
    return columns;
  }

  /** Whether that has happened since this was last asked. */
  boolean refusedNow() {
    boolean now = justRefused;
    justRefused = false;
    return now;
  }

  /** Whether the client got an error of the gate's. */
  boolean refused() {
    return mode instanceof Mode.Draining;
  }

  /**
   * Rows come that were described before, by the execution that opened their cursor.
   *
   * @param known what it said; empty if nobody kept it
   */
  void fetches(List<ColumnDefinition41> known) {
    if (!described()) {
      return;
    }
    if (known.isEmpty()) {
      veto = Refusal.undescribed(null).withHint("Execute the statement again.");
      return;
    }
    columns = known;
    switch (shape()) {
      case ResultShape.Pass _ -> mode = PASSING;
      case ResultShape.Rewrite(var masks) ->
          mode = new Mode.Rewriting(ResultDescriptions.rewriter(columns, binary, masks));
      case ResultShape.Veto(Refusal refusal) -> veto = refusal;
    }
  }

  private boolean described() {
    return !run.plan().equals(ResultPlan.UNTOUCHED);
  }

  private ResultShape shape() {
    try {
      ResultShape shape = run.plan().shape(ResultDescriptions.of(columns, binary));
      boolean fits =
          !(shape instanceof ResultShape.Rewrite(var masks)) || masks.size() == columns.size();
      return fits ? shape : new ResultShape.Veto(uncheckable());
    } catch (RuntimeException fault) {
      session.report(fault);
      return new ResultShape.Veto(uncheckable());
    }
  }

  private static Refusal uncheckable() {
    return Refusal.of(Refusal.Kind.INTERNAL, "the gateway failed to check this result")
        .withHint("Tell the administrator; the gateway's log has the reason.");
  }

  /** Whether a payload, which the course can go on without, is to be seen whole. */
  boolean wants(Part part, int length) {
    return switch (part) {
      case DEFINITION -> described() && !refused();
      case ROW -> length <= most() && (mode instanceof Mode.Rewriting || countedLate(length));
      case OK, ERROR, COUNT, DEFINITIONS_END, ROWS_END, FILE_REQUEST -> false;
      case PREPARED, TEXT, AUTHENTICATION -> false;
    };
  }

  /** How long a row of several packets is shows at its end only, and it counts as it is. */
  private boolean countedLate(int length) {
    return length >= PacketReader.FULL_BYTES
        && run.limits().bytes() < Long.MAX_VALUE
        && bytes + length <= run.limits().bytes()
        && !refused();
  }

  private long most() {
    return session.surroundings().limits().of(Limit.COMMAND_BYTES);
  }

  /**
   * What to do with a payload.
   *
   * @param payload all of it if it is telling, an error or wanted
   * @param last whether the answer ends with it
   */
  Step step(Part part, ByteBuf payload, int length, boolean last) {
    Step step = refused() ? Step.DROP : look(part, payload, length);
    if (last && step == Step.PASS && !record().equals(ResultRecord.NONE)) {
      // On record before the command ends, so it does not wait for the run that it is in.
      write(out -> out.writeBytes(payload, payload.readerIndex(), payload.readableBytes()));
      return Step.DROP;
    }
    return step;
  }

  private Step look(Part part, ByteBuf payload, int length) {
    if (veto != null) {
      return refuse(veto);
    }
    return switch (part) {
      case COUNT -> count(payload);
      case DEFINITION -> definition(payload);
      case ROW -> row(payload, length);
      case OK, ROWS_END -> ended(payload);
      case ERROR -> failed(payload);
      case DEFINITIONS_END, FILE_REQUEST, PREPARED, TEXT, AUTHENTICATION -> Step.PASS;
    };
  }

  private Step count(ByteBuf payload) {
    if (!described()) {
      return Step.PASS;
    }
    announced = ColumnCount.decode(payload.duplicate()).columns();
    columns = new ArrayList<>();
    head = new ArrayList<>();
    headBytes = 0;
    return hold(payload);
  }

  private Step hold(ByteBuf payload) {
    headBytes += payload.readableBytes();
    if (headBytes > MOST_HEAD_BYTES) {
      throw new ProtocolException("an answer's head is too long");
    }
    head.add(ByteBufUtil.getBytes(payload));
    return Step.DROP;
  }

  private Step definition(ByteBuf payload) {
    if (!described()) {
      return Step.PASS;
    }
    columns.add(ColumnDefinition41.decode(payload.duplicate(), session.spoken()));
    hold(payload);
    if (columns.size() < announced) {
      return Step.DROP;
    }
    return switch (shape()) {
      case ResultShape.Pass _ -> goOn(PASSING);
      case ResultShape.Rewrite(var masks) ->
          goOn(new Mode.Rewriting(ResultDescriptions.rewriter(columns, binary, masks)));
      case ResultShape.Veto(Refusal refusal) -> refuse(refusal);
    };
  }

  private Step goOn(Mode next) {
    mode = next;
    for (byte[] held : head) {
      write(out -> out.writeBytes(held));
    }
    head = List.of();
    return Step.DROP;
  }

  private Step row(ByteBuf payload, int length) {
    rows++;
    bytes += length;
    if (rows > run.limits().rows() || bytes > run.limits().bytes()) {
      return refuse(limitReached());
    }
    boolean counted = length < PacketReader.FULL_BYTES || run.limits().bytes() == Long.MAX_VALUE;
    if (length > most() && (mode instanceof Mode.Rewriting || !counted)) {
      session.surroundings().meters().limitReached(Limit.COMMAND_BYTES);
      return refuse(
          Refusal.of(Refusal.Kind.LIMIT, "a row is longer than the gateway can look into")
              .withDetail("Limit " + Limit.COMMAND_BYTES.key() + ".")
              .withHint("Leave the long column out."));
    }
    return mode instanceof Mode.Rewriting(RowRewriter rewriter)
        ? rewrite(rewriter, payload)
        : Step.PASS;
  }

  private Step rewrite(RowRewriter rewriter, ByteBuf row) {
    try {
      write(out -> rewriter.rewrite(row, out));
      return Step.DROP;
    } catch (Unmaskable fault) {
      session.report(fault);
      return refuse(
          Refusal.of(Refusal.Kind.INTERNAL, "a mask failed, so the result is withheld")
              .withDetail(String.valueOf(fault.getMessage()))
              .withHint("Tell the administrator; the gateway's log has the reason."));
    }
  }

  private Refusal limitReached() {
    boolean byRows = rows > run.limits().rows();
    return Refusal.of(Refusal.Kind.LIMIT, "the result is larger than the policy allows")
        .withDetail(
            byRows
                ? "At most " + run.limits().rows() + " rows."
                : "At most " + run.limits().bytes() + " bytes.")
        .withHint("Ask for less, or ask for access to more.");
  }

  private Step ended(ByteBuf payload) {
    Diagnostics diagnostics = run.plan().diagnostics();
    if (diagnostics == Diagnostics.AS_SENT || payload.readableBytes() == EofPacket.BYTES) {
      return Step.PASS;
    }
    OkPacket ok = OkPacket.decode(payload.duplicate(), session.spoken());
    return say(Diagnosis.of(ok, diagnostics));
  }

  private Step failed(ByteBuf payload) {
    head = List.of();
    return run.plan().diagnostics() == Diagnostics.AS_SENT
        ? Step.PASS
        : say(Diagnosis.of(ErrPacket.decode(payload.duplicate())));
  }

  /** An error may take the place of any part of an answer, and ends it for the client. */
  private Step refuse(Refusal refusal) {
    head = List.of();
    mode = DRAINING;
    justRefused = true;
    return say(GateErrors.error(refusal));
  }

  private Step say(Message message) {
    write(out -> message.encode(out, session.spoken()));
    return Step.DROP;
  }

  /** A payload of the gate's own, in the place of one that is dropped. */
  private void write(Consumer<ByteBuf> payload) {
    PacketReader reader = session.fromServer();
    ByteBuf out = session.duplex().client().alloc().buffer();
    boolean done = false;
    try {
      int next = PacketWriter.write(out, reader.outgoing(), payload);
      reader.cut();
      reader.inserted(next);
      done = true;
    } finally {
      if (!done) {
        out.release();
      }
    }
    session.outlet().write(out, true);
  }
}
