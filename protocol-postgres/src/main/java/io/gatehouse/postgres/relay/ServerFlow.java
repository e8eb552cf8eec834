package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.frame.FrameReader;
import io.gatehouse.postgres.message.BackendType;
import io.gatehouse.postgres.relay.PendingReplies.Kind;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Server to client: each answer is matched with what was asked, and what no rule is interested in
 * passes as slices. An answer that fits nothing that was asked ends the session. Owned by the
 * session's event loop.
 */
final class ServerFlow implements FrameReader.Owner {
  private final Session session;
  private final PendingReplies replies;
  private final Names names;
  private final ResultFlow result;
  private final Questions questions;
  private final FrameReader reader;
  private final Outlet outlet;
  private final Tap tap;

  /** Whether the server reads COPY data, and so ignores Sync ("Message Flow", COPY Operations). */
  private boolean copyingIn;

  /** Syncs that the server read, or may have read, as part of a COPY. */
  private int swallowedSyncs;

  /**
   * Syncs that may have been swallowed by a COPY that failed, or may be answered: nothing on the
   * wire tells before the answer comes or another one does.
   */
  private int optionalSyncs;

  ServerFlow(Session session, PendingReplies replies, Names names) {
    this.session = session;
    this.replies = replies;
    this.names = names;
    questions = new Questions(session, replies);
    reader = new FrameReader(this, session.client().alloc());
    outlet = session.outlet();
    tap = new Tap(reader, replies, outlet);
    result = new ResultFlow(session, replies, tap);
  }

  void read(ByteBuf bytes) {
    reader.read(bytes);
  }

  boolean atBoundary() {
    return reader.atBoundary();
  }

  void close() {
    questions.dropped();
    reader.close();
  }

  boolean copyingIn() {
    return copyingIn;
  }

  Questions questions() {
    return questions;
  }

  ResultFlow result() {
    return result;
  }

  /** What the gate says in between goes after what was relayed so far. */
  void tell(ByteBuf said) {
    reader.cut();
    outlet.write(said, true);
  }

  void cut() {
    reader.cut();
  }

  Tap tap() {
    return tap;
  }

  /** A Sync is on its way to the server. */
  void syncForwarded() {
    if (copyingIn && !copyEndForwarded()) {
      swallowedSyncs++;
    } else {
      replies.add(Kind.SYNC, null);
    }
  }

  private boolean copyEndForwarded() {
    for (int i = 0; i < replies.size(); i++) {
      if (replies.kind(i) == Kind.COPY_END) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void forward(ByteBuf run) {
    outlet.write(run, reader.atBoundary());
  }

  @Override
  public Step frame(byte type, ByteBuf input, int body, int length, boolean whole) {
    boolean unasked =
        type == BackendType.NOTICE_RESPONSE
            || type == BackendType.NOTIFICATION_RESPONSE
            || type == BackendType.PARAMETER_STATUS;
    if (!unasked && forTheGate()) {
      return inquired(type, input, body, length, whole);
    }
    tap.begins();
    return switch (type) {
      case BackendType.DATA_ROW -> result.row(reader, input, body, length, whole);
      case BackendType.COPY_DATA -> result.copyData(reader, input, body, length, whole);
      case BackendType.COPY_DONE -> result.copyDone();
      case BackendType.NOTIFICATION_RESPONSE -> Step.PASS;
      case BackendType.NOTICE_RESPONSE -> questions.describing() ? Step.DROP : result.notice();
      default -> {
        if (!whole) {
          result.checkSize(length);
          yield Step.MORE;
        }
        tap.whole(input, body, length);
        ByteBuf content = input.slice(body, length);
        yield type == BackendType.PARAMETER_STATUS ? setting(content) : reply(type, content);
      }
    };
  }

  private Step setting(ByteBuf content) {
    session.setting(Frames.name(content), Frames.name(content));
    return Step.PASS;
  }

  private boolean forTheGate() {
    if (questions.underWay()) {
      skipCopyEnds();
    }
    return questions.next();
  }

  private Step inquired(byte type, ByteBuf input, int body, int length, boolean whole) {
    if (!whole) {
      result.checkSize(length);
      return Step.MORE;
    }
    ByteBuf content = input.slice(body, length);
    if (type == BackendType.ERROR_RESPONSE) {
      return error(content);
    }
    optionalSyncs = 0;
    return questions.answered(type, content);
  }

  private Step reply(byte type, ByteBuf content) {
    skipCopyEnds();
    if (type == BackendType.READY_FOR_QUERY) {
      return ready(content);
    }
    if (type == BackendType.ERROR_RESPONSE) {
      return error(content);
    }
    optionalSyncs = 0;
    Kind head = replies.head();
    return switch (type) {
      case BackendType.PARSE_COMPLETE -> parsed();
      case BackendType.BIND_COMPLETE -> bound();
      case BackendType.CLOSE_COMPLETE -> answered(Kind.CLOSE);
      case BackendType.PARAMETER_DESCRIPTION -> expectedOnly(Kind.DESCRIBE_STATEMENT);
      case BackendType.ROW_DESCRIPTION, BackendType.NO_DATA -> described(type, content);
      case BackendType.COMMAND_COMPLETE -> commandComplete(content);
      case BackendType.EMPTY_QUERY_RESPONSE -> result.complete(OutcomeKind.SUCCEEDED, 0);
      case BackendType.PORTAL_SUSPENDED -> result.complete(OutcomeKind.SUSPENDED, -1);
      case BackendType.FUNCTION_CALL_RESPONSE -> result.functionResult();
      case BackendType.COPY_IN_RESPONSE -> copyIn();
      case BackendType.COPY_OUT_RESPONSE -> result.copyOut(content);
      case BackendType.COPY_BOTH_RESPONSE -> copyBoth();
      default -> throw unexpected(type, head);
    };
  }

  /** The markers of COPY's end are answered by nothing. */
  private void skipCopyEnds() {
    while (replies.head() == Kind.COPY_END) {
      replies.remove();
    }
  }

  private ProtocolException unexpected(byte type, @Nullable Kind head) {
    return new ProtocolException(
        "the server sent '"
            + (char) type
            + "' where "
            + (head == null ? "nothing" : head)
            + " was to be answered");
  }

  private Step answered(Kind kind) {
    Step step = expectedOnly(kind);
    replies.remove();
    return step;
  }

  private Step expectedOnly(Kind kind) {
    if (replies.head() != kind) {
      throw unexpected((byte) '?', replies.head());
    }
    return Step.PASS;
  }

  private Step parsed() {
    expectedOnly(Kind.PARSE);
    if (replies.headDetail() instanceof Names.Prepared prepared) {
      names.parsed(prepared);
    }
    replies.remove();
    return Step.PASS;
  }

  private Step bound() {
    expectedOnly(Kind.BIND);
    if (replies.headDetail() instanceof Names.Portal portal) {
      portal.confirmed = true;
    }
    replies.remove();
    return Step.PASS;
  }

  private Step described(byte type, ByteBuf content) {
    Kind head = replies.head();
    if (head == Kind.DESCRIBE_STATEMENT || head == Kind.DESCRIBE_PORTAL) {
      replies.remove();
      return Step.PASS;
    }
    if (head == Kind.GATE_DESCRIBE && replies.headDetail() instanceof Execution execution) {
      replies.remove();
      session.described(execution, result.shape(execution, type, content));
      return Step.DROP;
    }
    if (head == Kind.QUERY && type == BackendType.ROW_DESCRIPTION) {
      return result.simpleDescription(content);
    }
    throw unexpected(type, head);
  }

  private Step commandComplete(ByteBuf content) {
    CommandTag tag = CommandTag.read(content);
    switch (tag.effect()) {
      case DECLARE -> names.declaredInSql();
      case PREPARE -> names.preparedInSql();
      case DEALLOCATE_ALL -> names.deallocatedAll();
      case NONE -> {}
    }
    copyEnded(false);
    return result.complete(OutcomeKind.SUCCEEDED, tag.rows());
  }

  private Step copyIn() {
    result.part();
    copyingIn = true;
    // The server reads what follows as COPY data up to its end, and ignores Sync there.
    int index = 1;
    while (index < replies.size() && replies.kind(index) != Kind.COPY_END) {
      if (replies.kind(index) == Kind.SYNC) {
        replies.remove(index);
        swallowedSyncs++;
      } else {
        index++;
      }
    }
    return Step.PASS;
  }

  private Step copyBoth() {
    if (!session.replication()) {
      throw new ProtocolException("the server started replication, which was not asked for");
    }
    return copyIn();
  }

  private void copyEnded(boolean failed) {
    if (copyingIn) {
      copyingIn = false;
      optionalSyncs = failed ? optionalSyncs + swallowedSyncs : 0;
      swallowedSyncs = 0;
    }
  }

  private Step ready(ByteBuf content) {
    byte status = content.isReadable() ? content.readByte() : 0;
    session.transactionStatus(status);
    if (status == 'I') {
      names.transactionEnded();
    }
    Kind head = replies.head();
    if (optionalSyncs > 0 && head != Kind.SYNC) {
      optionalSyncs--;
      tap.belongsTo(ResultRecord.NONE);
      session.skippingOver();
      return Step.PASS;
    }
    if (head == null || !head.endsBatch()) {
      throw unexpected(BackendType.READY_FOR_QUERY, head);
    }
    Step step = result.ready(head, status);
    replies.remove();
    // The mark behind a COPY by simple query: with it, something would seem to be owed still.
    skipCopyEnds();
    session.settledIfIdle();
    if (step == Step.PASS) {
      session.batchAnswered();
    }
    return step;
  }

  private Step error(ByteBuf content) {
    ServerError error = ServerError.read(content.duplicate());
    optionalSyncs = 0;
    copyEnded(true);
    Kind head = replies.head();
    if (error.fatal()) {
      session.serverFatal();
      return Step.PASS;
    }
    if (questions.next()) {
      return inquiryRefused(error);
    }
    return switch (head) {
      case null -> Step.PASS;
      case SYNC -> result.endFailed(content);
      case QUERY, FUNCTION_CALL -> result.failed(error, content);
      case POISON_QUERY -> refused();
      case POISON -> {
        Step step = refused();
        replies.remove();
        skipToSync();
        yield step;
      }
      case EXECUTE -> {
        Step step = result.failed(error, content);
        skipToSync();
        yield step;
      }
      case PARSE, BIND, DESCRIBE_STATEMENT, DESCRIBE_PORTAL, CLOSE, GATE_DESCRIBE -> {
        Step step = tap.passNow();
        skipped(head, replies.headDetail(), OutcomeKind.FAILED, error.sqlState());
        replies.remove();
        skipToSync();
        yield step;
      }
      case COPY_END, INQUIRY -> throw unexpected(BackendType.ERROR_RESPONSE, head);
    };
  }

  private Step inquiryRefused(ServerError error) {
    Refusal refusal = questions.refused(error);
    if (refusal != null) {
      tell(session.error(refusal));
      replies.remove();
      skipToSync();
    }
    return Step.DROP;
  }

  /** The poison failed as it must: the client gets the refusal instead. */
  private Step refused() {
    if (replies.headDetail() instanceof Refusal refusal) {
      tell(session.error(refusal));
    }
    return Step.DROP;
  }

  /** The server skips what was forwarded up to the next Sync, and so does everyone else. */
  private void skipToSync() {
    while (!replies.isEmpty() && replies.head() != Kind.SYNC) {
      Kind head = replies.head();
      Object detail = replies.headDetail();
      replies.remove();
      if (head != null) {
        skipped(head, detail, OutcomeKind.SKIPPED, null);
      }
    }
    if (replies.isEmpty()) {
      session.skipToSync();
    }
  }

  private void skipped(
      Kind kind, @Nullable Object detail, OutcomeKind outcome, @Nullable String code) {
    switch (detail) {
      case Names.Prepared prepared when kind == Kind.CLOSE -> names.notClosed(prepared);
      case Names.Prepared prepared -> names.notParsed(prepared);
      case Names.Portal portal -> names.notBound(portal);
      case Question<?> _ -> questions.dropped();
      case Execution execution -> {
        session.unguard(execution);
        session.outcome(execution, outcome, 0, 0, code);
      }
      case null, default -> {}
    }
  }

  /** The session is over: what was not answered never will be. */
  void abandon() {
    while (!replies.isEmpty()) {
      Object detail = replies.headDetail();
      replies.remove();
      switch (detail) {
        case Execution execution -> session.outcome(execution, OutcomeKind.UNKNOWN, 0, 0, null);
        case null, default -> {}
      }
    }
  }
}
