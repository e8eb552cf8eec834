package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.relay.PendingReplies.Kind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the gate asks the server on a session's own connection: one thing at a time, and nothing of
 * the client's is forwarded until it is answered. Owned by the session's event loop.
 */
public final class Questions {
  private final Session session;
  private final PendingReplies replies;
  private @Nullable Question<?> asked;

  /** What the client did meanwhile, which is about what it sent before. */
  private final Set<Meanwhile> meanwhile = EnumSet.noneOf(Meanwhile.class);

  /** Whether it is on its way: a cancel that is still under way could hit it. */
  private boolean sent;

  private enum Meanwhile {
    CANCELLED,
    ENDED_ITS_INPUT
  }

  Questions(Session session, PendingReplies replies) {
    this.session = session;
    this.replies = replies;
  }

  /** See {@link io.gatehouse.spi.SessionControl#inquire}. */
  public void ask(Statement statement, CompletableFuture<Rows> result) {
    ask(new Inquiry(statement, result, session.midBatch()));
  }

  /** See {@link io.gatehouse.spi.SessionControl#describe}. */
  public void describe(String sql, Duration time, CompletableFuture<ResultDescription> result) {
    ask(new Depiction(sql, time, result, session.midBatch()));
  }

  /** Between two batches, or in the middle of one, after all that was forwarded of it. */
  private void ask(Question<?> question) {
    boolean possible = question.inBatch() ? !session.cancelling() : replies.isEmpty();
    if (asked != null || !possible) {
      question.fail("the session has not settled");
      return;
    }
    asked = question;
    sent = false;
    question.limit(session.client().eventLoop(), session, this);
    send();
  }

  /** Sends what waits for a cancel to be over. */
  void send() {
    if (asked == null || sent || session.cancelling()) {
      return;
    }
    sent = true;
    session.insert(asked.encoded(session.client().alloc()));
    if (asked.inBatch()) {
      replies.add(Kind.INQUIRY, asked);
    }
    session.flush();
  }

  boolean underWay() {
    return asked != null;
  }

  /**
   * Whether the server is describing a statement: that may wait for long, and be given up, and what
   * the server remarks on the way it will remark again when the statement runs.
   */
  boolean describing() {
    return asked instanceof Depiction && next();
  }

  /** Nobody wants a description any more, or not at that price. */
  void giveUp() {
    if (describing() && !session.cancelling()) {
      session.cancelUpstream();
    }
  }

  /** The client cancelled: its command, which waits to be taken, shall hear of it. */
  void cancelled() {
    meanwhile.add(Meanwhile.CANCELLED);
  }

  /** The client will send no more. */
  void inputEnded() {
    meanwhile.add(Meanwhile.ENDED_ITS_INPUT);
  }

  /** What waited for the answer was taken. */
  void goOn() {
    if (asked != null || meanwhile.isEmpty()) {
      return;
    }
    Set<Meanwhile> all = EnumSet.copyOf(meanwhile);
    meanwhile.clear();
    if (all.contains(Meanwhile.CANCELLED)) {
      session.cancel();
    }
    if (all.contains(Meanwhile.ENDED_ITS_INPUT)) {
      session.clientInputEnded();
    }
  }

  /** Whether what the server says next is for the gate. */
  boolean next() {
    return asked != null && sent && (!asked.inBatch() || replies.head() == Kind.INQUIRY);
  }

  Step answered(byte type, ByteBuf content) {
    Question<?> question = asked;
    if (question != null && question.answered(type, content)) {
      Byte status = question.status();
      if (status == null) {
        replies.remove();
      } else {
        session.transactionStatus(status);
      }
      asked = null;
      question.complete();
    }
    return Step.DROP;
  }

  /** The server refused it; what the client hears if that ends its batch, else null. */
  @Nullable Refusal refused(ServerError error) {
    Question<?> question = asked;
    if (question == null) {
      return null;
    }
    question.refused(error.sqlState());
    if (!question.inBatch()) {
      return null;
    }
    dropped();
    return question.unanswered(error.sqlState());
  }

  /** It will not be answered. */
  void dropped() {
    Question<?> question = asked;
    asked = null;
    if (question != null) {
      question.fail("the server did not answer it");
    }
  }
}
