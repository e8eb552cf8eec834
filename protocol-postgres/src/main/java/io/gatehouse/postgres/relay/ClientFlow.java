package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.frame.FrameReader;
import io.gatehouse.postgres.message.FrontendType;
import io.gatehouse.postgres.relay.PendingReplies.Kind;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Client to server: every command is submitted to the gate, and only then goes on. What the gate
 * does not see passes as slices. Owned by the session's event loop.
 */
final class ClientFlow implements FrameReader.Owner {

  /** Where the client stands. */
  private enum State {
    /** Messages are taken as they come. */
    RELAYING,
    /** An error ended the batch: all but Sync and Terminate is dropped, as the server would. */
    SKIPPING
  }

  private final Session session;
  private final PendingReplies replies;
  private final Names names;
  private final CommandView view;
  private final FrontCommand front;
  private final ExtendedQuery extended;
  private final FrameReader reader;
  private final Inlet inlet;
  private final int commandLimit;
  private final int depthLimit;
  private State state = State.RELAYING;

  /** Whether something was forwarded that only a Sync will end. */
  private boolean batchOpen;

  private long reserved;

  ClientFlow(Session session, PendingReplies replies, Names names) {
    this.session = session;
    this.replies = replies;
    this.names = names;
    view = new CommandView(session);
    front = new FrontCommand(session, new LateReply(session, this));
    extended = new ExtendedQuery(this, session, names, front, view);
    reader = new FrameReader(this, session.client().alloc());
    inlet = session.outlet().inlet();
    commandLimit = session.limits().intOf(Limit.COMMAND_BYTES);
    depthLimit = session.limits().intOf(Limit.PIPELINE_DEPTH);
  }

  void read(ByteBuf bytes) {
    reader.read(bytes);
  }

  /** Goes on if something kept it from going on. */
  void resume() {
    if (reader.buffered() > 0) {
      reader.run();
    }
  }

  /** Whether it holds more than it should while it cannot go on. */
  boolean congested(int bound) {
    return reader.stopped() && reader.buffered() > bound;
  }

  boolean midMessage() {
    return reader.midMessage();
  }

  boolean awaitingGate() {
    return front.awaitingGate();
  }

  boolean awaits(long sequence) {
    return front.awaits(sequence);
  }

  /** Whether a batch is unfinished, so that the session is not idle although nothing is owed. */
  boolean batchOpen() {
    return batchOpen;
  }

  void close() {
    front.abandon();
    state = State.SKIPPING;
    release();
    reader.close();
  }

  @Override
  public void forward(ByteBuf run) {
    try {
      inlet.put(run);
    } catch (RuntimeException e) {
      run.release();
      throw e;
    }
    session.writeServer(run);
  }

  @Override
  public Step frame(byte type, ByteBuf input, int body, int length, boolean whole) {
    record(inlet.of(type));
    if (state == State.SKIPPING) {
      return skipping(type);
    }
    if (mustWait(type)) {
      return Step.STOP;
    }
    return switch (type) {
      case FrontendType.COPY_DATA, FrontendType.FLUSH -> Step.PASS;
      case FrontendType.COPY_DONE, FrontendType.COPY_FAIL -> copyEnds();
      case FrontendType.SYNC -> sync();
      case FrontendType.TERMINATE -> terminate();
      default -> command(type, input, body, length, whole);
    };
  }

  private void record(ResultRecord record) {
    if (!record.equals(inlet.record())) {
      reader.cut();
      inlet.record(record);
    }
  }

  private boolean mustWait(byte type) {
    if (front.awaitingGate() || session.cancelling() || session.asking()) {
      return true;
    }
    if (session.guarding()) {
      // A Sync before the data is passed over by the server; without the one behind it the server
      // would keep its answer to itself. There is no result that could be refused.
      boolean copying =
          type == FrontendType.COPY_DATA
              || type == FrontendType.COPY_DONE
              || type == FrontendType.COPY_FAIL
              || type == FrontendType.SYNC;
      return !(copying && session.copyingIn());
    }
    return replies.size() >= depthLimit;
  }

  private Step skipping(byte type) {
    return switch (type) {
      case FrontendType.SYNC -> {
        state = State.RELAYING;
        yield sync();
      }
      case FrontendType.TERMINATE -> terminate();
      default -> Step.DROP;
    };
  }

  private Step sync() {
    session.syncForwarded();
    endBatch();
    return Step.PASS;
  }

  private void endBatch() {
    names.batchEnds();
    batchOpen = false;
  }

  /** The end of a COPY that has failed before may come when nothing is owed any more. */
  private Step copyEnds() {
    if (!replies.isEmpty()) {
      replies.add(Kind.COPY_END, null);
    }
    return Step.PASS;
  }

  private Step terminate() {
    session.clientTerminates();
    return Step.PASS;
  }

  private Step command(byte type, ByteBuf input, int body, int length, boolean whole) {
    if (length > commandLimit) {
      session.meters().limitReached(Limit.COMMAND_BYTES);
      return refuse(type, tooLarge(Limit.COMMAND_BYTES, length));
    }
    if (!whole) {
      return reserve() ? Step.MORE : refuse(type, tooLarge(Limit.COMMAND_BYTES_TOTAL, length));
    }
    release();
    ByteBuf content = input.slice(body, length);
    return switch (type) {
      case FrontendType.QUERY -> query(content);
      case FrontendType.PARSE -> extended.parse(content);
      case FrontendType.BIND -> extended.bind(content);
      case FrontendType.DESCRIBE -> extended.describe(content);
      case FrontendType.EXECUTE -> extended.execute(input, body, length);
      case FrontendType.CLOSE -> extended.close(content);
      case FrontendType.FUNCTION_CALL -> functionCall(content);
      default ->
          throw new ProtocolException("invalid frontend message type " + Byte.toUnsignedInt(type));
    };
  }

  private boolean reserve() {
    long more = reader.buffered() - reserved;
    if (more > 0 && !session.budget().reserve(more)) {
      session.meters().limitReached(Limit.COMMAND_BYTES_TOTAL);
      release();
      return false;
    }
    reserved += Math.max(more, 0);
    return true;
  }

  private void release() {
    session.budget().release(reserved);
    reserved = 0;
  }

  private Refusal tooLarge(Limit limit, int length) {
    return Refusal.of(
            Refusal.Kind.LIMIT,
            "the command is too large for the gateway: its message has " + length + " bytes")
        .withDetail("Limit " + limit.key() + " is " + session.limits().of(limit) + " bytes.")
        .withHint(
            "Send less at once, or ask the administrator to raise limits." + limit.key() + ".");
  }

  private Step query(ByteBuf content) {
    ByteBuf text = Frames.onlyText(content);
    Decision decision = front.taken();
    if (decision == null) {
      decision = front.submit(view.query(text));
    }
    return switch (decision) {
      case null -> Step.STOP;
      case Decision.Refuse(Refusal refusal) -> refuse(FrontendType.QUERY, refusal);
      case Decision.Run run when mustComeAlone(run) -> Step.STOP;
      case Decision.Run run -> {
        names.simpleQuery();
        yield alone(Kind.QUERY, run);
      }
    };
  }

  private Step functionCall(ByteBuf content) {
    Decision decision = front.taken();
    if (decision == null) {
      decision = front.submit(view.functionCall(content));
    }
    return switch (decision) {
      case null -> Step.STOP;
      case Decision.Refuse(Refusal refusal) -> refuse(FrontendType.FUNCTION_CALL, refusal);
      case Decision.Run run when mustComeAlone(run) -> Step.STOP;
      case Decision.Run run -> alone(Kind.FUNCTION_CALL, run);
    };
  }

  /** What the gate looks into is forwarded when all before it is answered, and nothing after it. */
  private boolean mustComeAlone(Decision.Run run) {
    if (Execution.free(run) || replies.isEmpty()) {
      return false;
    }
    front.decided(run);
    return true;
  }

  private Step alone(Kind kind, Decision.Run run) {
    Execution execution = front.started(run);
    replies.add(kind, execution);
    session.outlet().forwarded(run.record());
    if (execution.guarded()) {
      session.begin(execution);
    }
    endBatch();
    return Step.PASS;
  }

  /** A message is forwarded that is answered before the batch ends, and that only Sync will end. */
  Step expect(Kind kind, @Nullable Object detail) {
    replies.add(kind, detail);
    if (detail instanceof Execution execution) {
      session.outlet().forwarded(execution.run().record());
    }
    batchOpen = true;
    return Step.PASS;
  }

  /** Sends the gate's own bytes after what the client sent so far. */
  void insert(ByteBuf bytes) {
    reader.cut();
    session.writeServer(bytes);
  }

  /** The gate's answer to its own Describe of the portal at the front. */
  void described(Execution execution, ResultShape shape) {
    front.described(execution, shape);
  }

  /** A late answer. */
  void answered(long sequence, Decision decision) {
    if (front.answered(sequence, decision)) {
      reader.run();
    }
  }

  /** What the gate missed is there: the command at the front is submitted anew. */
  void again(long sequence) {
    if (front.again(sequence)) {
      reader.run();
    }
  }

  /** The client cancelled while the gate was deciding. */
  void withdraw() {
    if (front.withdraw()) {
      reader.run();
    }
  }

  /** The server skips until Sync; nothing that comes before it would be answered or run. */
  void skipToSync() {
    front.abandon();
    state = State.SKIPPING;
  }

  /** The server is ready although it should be skipping; see {@code ServerFlow}. */
  void skippingOver() {
    if (state == State.SKIPPING) {
      state = State.RELAYING;
    }
  }

  /**
   * The client gets an error where it would get the server's. If the server holds state that the
   * error has to end, it gets a message that must fail in the place of the refused one.
   */
  Step refuse(byte type, Refusal refusal) {
    front.forget();
    boolean simple = type == FrontendType.QUERY || type == FrontendType.FUNCTION_CALL;
    if (session.quiet()) {
      session.tell(simple ? session.errorAndReady(refusal) : session.error(refusal));
    } else {
      insert(Frames.poison(type));
      replies.add(simple ? Kind.POISON_QUERY : Kind.POISON, refusal);
    }
    if (simple) {
      endBatch();
    } else {
      state = State.SKIPPING;
    }
    return Step.DROP;
  }

  /** A result was refused after its command had run: what it did must not last. */
  void abortBatch() {
    session.writeServer(Frames.poison(FrontendType.EXECUTE));
    replies.add(Kind.POISON, null);
    state = State.SKIPPING;
  }

  /** The same for a simple query inside a transaction block. */
  void abortBlock() {
    session.writeServer(Frames.poison(FrontendType.QUERY));
    replies.add(Kind.POISON_QUERY, null);
  }
}
