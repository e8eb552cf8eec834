package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.frame.FrameReader;
import io.gatehouse.postgres.message.BackendType;
import io.gatehouse.postgres.message.CopyOutResponse;
import io.gatehouse.postgres.message.RowDescription;
import io.gatehouse.postgres.relay.PendingReplies.Kind;
import io.gatehouse.postgres.value.CopyRewriter;
import io.gatehouse.postgres.value.ResultDescriptions;
import io.gatehouse.postgres.value.RowRewriter;
import io.gatehouse.spi.CopyShape;
import io.gatehouse.spi.Diagnostics;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result that the server is sending: counted, and where the gate asked for it, rewritten or
 * refused. A refused result is drained, and what its command did is undone where that can be. Owned
 * by the session's event loop.
 */
final class ResultFlow {

  /** What happens to the rows. */
  private sealed interface Mode {

    record Passing() implements Mode {}

    record Rewriting(RowRewriter rewriter) implements Mode {}

    record Copying(CopyRewriter rewriter) implements Mode {}

    /** The client got or gets the refusal; the rest of the result is thrown away. */
    record Draining(Refusal refusal) implements Mode {}
  }

  private static final Mode PASSING = new Mode.Passing();

  private final Session session;
  private final PendingReplies replies;
  private final Tap tap;
  private Mode mode = PASSING;
  private ResultPlan plan = ResultPlan.UNTOUCHED;
  private long rows;
  private long bytes;
  private long maxRows = Long.MAX_VALUE;
  private long maxBytes = Long.MAX_VALUE;
  private long tagRows;
  private @Nullable String failure;
  private boolean refusalTold;

  /** The strictest of the batch: what was put off to its end may fail at Sync. */
  private Diagnostics ofBatch = Diagnostics.AS_SENT;

  ResultFlow(Session session, PendingReplies replies, Tap tap) {
    this.session = session;
    this.replies = replies;
    this.tap = tap;
  }

  /** The gate looks into this one. It is at the head, or will be when its answer comes. */
  void begin(Execution execution) {
    if (!execution.run().plan().equals(ResultPlan.UNTOUCHED)) {
      plan = execution.run().plan();
      boolean stricter = plan.diagnostics().compareTo(ofBatch) > 0;
      ofBatch = stricter ? plan.diagnostics() : ofBatch;
    }
    maxRows = execution.run().limits().rows();
    maxBytes = execution.run().limits().bytes();
  }

  private void reset() {
    mode = PASSING;
    plan = ResultPlan.UNTOUCHED;
    rows = 0;
    bytes = 0;
    maxRows = Long.MAX_VALUE;
    maxBytes = Long.MAX_VALUE;
    tagRows = 0;
    failure = null;
    refusalTold = false;
  }

  /** The gate's word on a portal that it described itself. */
  ResultShape shape(Execution execution, byte type, ByteBuf content) {
    ResultDescription description =
        type == BackendType.NO_DATA
            ? new ResultDescription(List.of())
            : ResultDescriptions.of(RowDescription.decode(content));
    ResultShape shape = asked(execution.run().plan(), description);
    if (shape instanceof ResultShape.Rewrite(var masks)) {
      mode = new Mode.Rewriting(ResultDescriptions.rewriter(description, masks));
    }
    return shape;
  }

  private ResultShape asked(ResultPlan asking, ResultDescription description) {
    if (asking.equals(ResultPlan.UNTOUCHED)) {
      return ResultShape.PASS;
    }
    try {
      return asking.shape(description);
    } catch (RuntimeException fault) {
      session.report(fault);
      return new ResultShape.Veto(uncheckable());
    }
  }

  private static Refusal uncheckable() {
    return Refusal.of(Refusal.Kind.INTERNAL, "the gateway failed to check this result")
        .withHint("Tell the administrator; the gateway's log has the reason.");
  }

  /** A simple query's result begins. */
  Step simpleDescription(ByteBuf content) {
    if (mode instanceof Mode.Draining) {
      return Step.DROP;
    }
    if (plan.equals(ResultPlan.UNTOUCHED)) {
      return Step.PASS;
    }
    ResultDescription description = ResultDescriptions.of(RowDescription.decode(content));
    return switch (asked(plan, description)) {
      case ResultShape.Pass _ -> {
        mode = PASSING;
        yield Step.PASS;
      }
      case ResultShape.Rewrite(var masks) -> {
        mode = new Mode.Rewriting(ResultDescriptions.rewriter(description, masks));
        yield Step.PASS;
      }
      case ResultShape.Veto(Refusal refusal) -> refuse(refusal);
    };
  }

  Step row(FrameReader reader, ByteBuf input, int body, int length, boolean whole) {
    if (mode instanceof Mode.Draining) {
      return Step.DROP;
    }
    if (mode instanceof Mode.Rewriting && !whole) {
      checkSize(length);
      return Step.MORE;
    }
    inResult();
    rows++;
    bytes += length;
    if (rows > maxRows || bytes > maxBytes) {
      return refuse(limitReached());
    }
    return switch (mode) {
      case Mode.Passing _ -> Step.PASS;
      case Mode.Draining _ -> Step.DROP;
      case Mode.Copying _ ->
          throw new ProtocolException("the server sent a row in the middle of a COPY");
      case Mode.Rewriting(RowRewriter rewriter) ->
          rewrite(reader, rewriter::rewrite, input.slice(body, length));
    };
  }

  /** Puts what is left of some content into a message of its own. */
  private interface Rewriter {
    void rewrite(ByteBuf content, ByteBuf out);
  }

  private Step rewrite(FrameReader reader, Rewriter rewriter, ByteBuf content) {
    ByteBuf out = session.client().alloc().buffer(content.readableBytes() + 64);
    try {
      rewriter.rewrite(content, out);
    } catch (CopyRewriter.TooLong limit) {
      out.release();
      session.meters().limitReached(Limit.COMMAND_BYTES);
      return refuse(
          Refusal.of(Refusal.Kind.LIMIT, String.valueOf(limit.getMessage()))
              .withDetail("Limit " + Limit.COMMAND_BYTES.key() + ".")
              .withHint("Leave the column out."));
    } catch (RuntimeException fault) {
      out.release();
      session.report(fault);
      return refuse(
          Refusal.of(Refusal.Kind.INTERNAL, "a mask failed, so the result is withheld")
              .withHint("Tell the administrator; the gateway's log has the reason."));
    }
    reader.cut();
    session.outlet().write(out, true);
    return Step.DROP;
  }

  /** A message that must be seen whole may not be larger than a command. */
  void checkSize(int length) {
    if (length > session.limits().of(Limit.COMMAND_BYTES)) {
      session.meters().limitReached(Limit.COMMAND_BYTES);
      throw new ProtocolException(
          "the server sent a message larger than limits." + Limit.COMMAND_BYTES.key());
    }
  }

  private Refusal limitReached() {
    boolean byRows = rows > maxRows;
    return Refusal.of(Refusal.Kind.LIMIT, "the result is larger than the policy allows")
        .withDetail(byRows ? "At most " + maxRows + " rows." : "At most " + maxBytes + " bytes.")
        .withHint("Ask for less, or ask for access to more.");
  }

  private void inResult() {
    Kind head = replies.head();
    if (head != Kind.EXECUTE && head != Kind.QUERY) {
      throw new ProtocolException("the server sent a result that was not asked for");
    }
  }

  Step copyData(FrameReader reader, ByteBuf input, int body, int length, boolean whole) {
    if (mode instanceof Mode.Draining) {
      return Step.DROP;
    }
    if (mode instanceof Mode.Copying && !whole) {
      checkSize(length);
      return Step.MORE;
    }
    inResult();
    bytes += length;
    if (bytes > maxBytes) {
      return refuse(limitReached());
    }
    return mode instanceof Mode.Copying(CopyRewriter rewriter)
        ? rewrite(reader, rewriter::rewrite, input.slice(body, length))
        : Step.PASS;
  }

  Step copyDone() {
    if (mode instanceof Mode.Copying(CopyRewriter rewriter)) {
      rewriter.end();
    }
    return part();
  }

  /** Something between the rows that belongs to the result. */
  Step part() {
    inResult();
    return mode instanceof Mode.Draining ? Step.DROP : Step.PASS;
  }

  /**
   * A result comes as COPY data.
   *
   * @param content of the CopyOutResponse
   */
  Step copyOut(ByteBuf content) {
    inResult();
    if (plan.equals(ResultPlan.UNTOUCHED)) {
      return part();
    }
    if (mode instanceof Mode.Draining) {
      return part();
    }
    CopyOutResponse response = CopyOutResponse.decode(content.duplicate());
    return switch (asked(plan, response.columnFormats().length, response.format() == 1)) {
      case CopyShape.Veto(Refusal refusal) -> refuse(refusal);
      case CopyShape.Pass _ -> {
        mode = PASSING;
        yield part();
      }
      case CopyShape.Rewrite rewrite -> {
        int longest = session.limits().intOf(Limit.COMMAND_BYTES);
        mode = new Mode.Copying(new CopyRewriter(rewrite, longest));
        yield part();
      }
    };
  }

  private CopyShape asked(ResultPlan asking, int columns, boolean binary) {
    try {
      return asking.copy(columns, binary);
    } catch (RuntimeException fault) {
      session.report(fault);
      return new CopyShape.Veto(uncheckable());
    }
  }

  Step functionResult() {
    if (replies.head() != Kind.FUNCTION_CALL) {
      throw new ProtocolException("the server sent a result that was not asked for");
    }
    return plan.equals(ResultPlan.UNTOUCHED) ? Step.PASS : refuse(unseen("a function call"));
  }

  private static Refusal unseen(String what) {
    return Refusal.of(
            Refusal.Kind.POLICY, "the result of " + what + " is not described, so it is withheld")
        .withHint("Use a SELECT instead.");
  }

  private Step refuse(Refusal refusal) {
    mode = new Mode.Draining(refusal);
    session.cancelUpstream();
    return Step.DROP;
  }

  /** A statement ended well. */
  Step complete(OutcomeKind outcome, long tag) {
    Kind head = replies.head();
    if (head == Kind.QUERY) {
      tagRows += Math.max(tag, 0);
      return mode instanceof Mode.Draining ? Step.DROP : Step.PASS;
    }
    if (head != Kind.EXECUTE || !(replies.headDetail() instanceof Execution execution)) {
      throw new ProtocolException("the server completed a command that was not asked for");
    }
    Mode ended = mode;
    long counted = tag >= 0 ? tag : rows;
    long size = bytes;
    replies.remove();
    reset();
    session.unguard(execution);
    if (ended instanceof Mode.Draining(Refusal refusal)) {
      session.tell(session.error(refusal));
      session.outcome(execution, OutcomeKind.REFUSED, counted, size, null);
      session.abortBatch();
      return Step.DROP;
    }
    Step step = tap.passNow();
    session.outcome(execution, outcome, counted, size, null);
    return step;
  }

  /** What the client may read of what the server says now. */
  Diagnostics diagnostics() {
    return plan.diagnostics();
  }

  private Step told(ByteBuf content, Diagnostics diagnostics) {
    if (diagnostics == Diagnostics.AS_SENT) {
      return Step.PASS;
    }
    session.tell(Diagnosis.of(content, diagnostics, session.client().alloc()));
    return Step.DROP;
  }

  /** The end of a batch failed, and with it what its commands had put off. */
  Step endFailed(ByteBuf content) {
    return told(content, ofBatch);
  }

  /** Something that the server says beside the result. */
  Step notice() {
    return diagnostics() == Diagnostics.AS_SENT ? Step.PASS : Step.DROP;
  }

  /**
   * The statement at the head failed.
   *
   * @param content the error's fields
   */
  Step failed(ServerError error, ByteBuf content) {
    Step step;
    if (mode instanceof Mode.Draining(Refusal refusal) && !refusalTold) {
      session.tell(session.error(refusal));
      refusalTold = true;
      step = Step.DROP;
    } else {
      step = told(content, diagnostics());
    }
    failure = error.sqlState();
    if (replies.head() == Kind.EXECUTE && replies.headDetail() instanceof Execution execution) {
      step = step == Step.PASS ? tap.passNow() : step;
      replies.remove();
      session.unguard(execution);
      session.outcome(
          execution, refusalTold ? OutcomeKind.REFUSED : OutcomeKind.FAILED, rows, bytes, failure);
      reset();
    }
    return step;
  }

  /** The server is ready for the next; the head is done. */
  Step ready(Kind head, byte status) {
    ofBatch = Diagnostics.AS_SENT;
    if (!(replies.headDetail() instanceof Execution execution)) {
      return Step.PASS;
    }
    Step step = Step.PASS;
    OutcomeKind outcome = failure == null ? OutcomeKind.SUCCEEDED : OutcomeKind.FAILED;
    if (mode instanceof Mode.Draining(Refusal refusal)) {
      outcome = OutcomeKind.REFUSED;
      if (!refusalTold) {
        session.tell(session.error(refusal));
      }
      if (status == 'T') {
        session.abortBlock();
        step = Step.DROP;
      }
    }
    session.unguard(execution);
    session.outcome(
        execution, outcome, head == Kind.QUERY ? Math.max(tagRows, rows) : rows, bytes, failure);
    reset();
    return step;
  }
}
