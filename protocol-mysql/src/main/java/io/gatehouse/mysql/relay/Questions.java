package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the gate asks the server on a session's own connection: one thing at a time, and nothing of
 * the client's is forwarded until it is answered. Owned by the session's event loop.
 */
public final class Questions {
  private final Session session;
  private @Nullable Asked asked;
  private boolean sent;

  /** A question, until its answer was taken. */
  private record Asked(
      Statement statement, GateAnswer answer, CompletableFuture<Rows> result, Future<?> deadline) {}

  Questions(Session session) {
    this.session = session;
  }

  /** See {@link io.gatehouse.spi.SessionControl#inquire}. */
  public void ask(Statement statement, CompletableFuture<Rows> result) {
    if (asked != null || session.over() || !session.settled()) {
      result.completeExceptionally(new UpstreamException("the session has not settled"));
      return;
    }
    // The text is ours, the session's character set is the client's.
    if (!session.view().utf8() && !statement.sql().chars().allMatch(c -> c < 0x80)) {
      result.completeExceptionally(
          new UpstreamException("the session's character set cannot say what is asked"));
      return;
    }
    Future<?> deadline =
        session
            .duplex()
            .client()
            .eventLoop()
            .schedule(() -> late(result), statement.time().toMillis(), TimeUnit.MILLISECONDS);
    asked = new Asked(statement, new GateAnswer(statement, session.spoken()), result, deadline);
    sent = false;
    session.ask(this::send);
  }

  private void send() {
    Asked question = asked;
    if (question == null) {
      return;
    }
    sent = true;
    byte[] sql = question.statement().sql().getBytes(StandardCharsets.UTF_8);
    ByteBuf out = session.duplex().server().alloc().buffer();
    int packets =
        PacketWriter.write(
            out, 0, body -> new ComQuery(List.of(), sql).encode(body, session.spoken()));
    session.asked(out, packets);
  }

  /** A server that does not answer in time may answer later: nobody could tell to whom. */
  private void late(CompletableFuture<Rows> result) {
    if (!result.isDone()) {
      session.kill(
          Refusal.of(
              Refusal.Kind.UNAVAILABLE, "the database server did not answer the gate in time"),
          CloseReason.UPSTREAM_DISCONNECTED);
    }
  }

  boolean underWay() {
    return asked != null;
  }

  /** Whether what the server says next is for the gate. */
  boolean answering() {
    return asked != null && sent;
  }

  Step payload(ByteBuf input, int body, int length, boolean whole) {
    Asked question = asked;
    if (question == null) {
      throw new IllegalStateException("nothing was asked");
    }
    return question.answer().payload(input, body, length, whole);
  }

  /** Outside of the reading of what the server says: the answer may be another question. */
  void answered() {
    Asked question = asked;
    if (question == null || !sent || !question.answer().done()) {
      return;
    }
    asked = null;
    question.deadline().cancel(false);
    session.view().status(question.answer().status());
    UpstreamException failure = question.answer().failure();
    if (failure == null) {
      question.result().complete(question.answer().rows());
    } else {
      question.result().completeExceptionally(failure);
    }
    if (asked == null && !session.over()) {
      session.proceed();
    }
  }

  /** It will not be answered. */
  void dropped() {
    Asked question = asked;
    asked = null;
    if (question != null) {
      question.deadline().cancel(false);
      question
          .result()
          .completeExceptionally(new UpstreamException("the server did not answer it"));
    }
  }
}
