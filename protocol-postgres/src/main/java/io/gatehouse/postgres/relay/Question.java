package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.message.BackendDecoder;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.Flush;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Something that the gate itself asks the server on a session's connection: in a batch of its own
 * while nothing of the client's is under way, or inside of the client's batch. What it names there
 * has a name, since the client's unnamed statement and portal have to survive it. Owned by the
 * session's event loop.
 */
abstract sealed class Question<T> permits Inquiry, Depiction {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final CompletableFuture<T> result;
  private final boolean inBatch;
  private @Nullable String failure;
  private @Nullable String code;
  private boolean answered;
  private @Nullable Byte status;

  Question(CompletableFuture<T> result, boolean inBatch) {
    this.result = result;
    this.inBatch = inBatch;
  }

  /**
   * Appends what is asked, but for its end.
   *
   * @param name one that no client can guess, or one could make it fail
   */
  abstract void ask(String name, ByteBuf out);

  /** Takes an answer other than ReadyForQuery; whether nothing comes after it but that. */
  abstract boolean take(BackendMessage message);

  /** What was found out. */
  abstract T found();

  /** After this it has {@link #late}. */
  abstract Duration time();

  abstract void late(Session session, Questions questions);

  /** What the client hears if its batch ends with it. */
  abstract Refusal unanswered(String sqlState);

  /** Whether it is part of a batch of the client's, so that it ends nothing. */
  final boolean inBatch() {
    return inBatch;
  }

  /** The transaction status after it; null inside of a batch. */
  final @Nullable Byte status() {
    return status;
  }

  final ByteBuf encoded(ByteBufAllocator allocator) {
    ByteBuf out = allocator.buffer();
    ask("gatehouse." + Long.toHexString(RANDOM.nextLong()), out);
    if (inBatch) {
      new Flush().encode(out);
    } else {
      new Sync().encode(out);
    }
    return out;
  }

  final void limit(EventLoop loop, Session session, Questions questions) {
    // what is longer than this is meant to be without end
    long millis = Math.min(time().toSeconds(), Integer.MAX_VALUE) * 1000 + time().toMillisPart();
    ScheduledFuture<?> timer =
        loop.schedule(
            () -> session.takeUp(() -> late(session, questions)), millis, TimeUnit.MILLISECONDS);
    result.whenComplete((_, _) -> timer.cancel(false));
  }

  /** Takes an answer; whether it was the last. */
  final boolean answered(byte type, ByteBuf content) {
    BackendMessage message = BackendDecoder.decode(type, content);
    if (message instanceof ReadyForQuery(byte newStatus) && !inBatch) {
      status = newStatus;
      return true;
    }
    if (answered) {
      throw unexpected(message);
    }
    answered = take(message);
    return answered && inBatch;
  }

  static ProtocolException unexpected(BackendMessage message) {
    return new ProtocolException(
        "the server answered the gate with " + message.getClass().getSimpleName());
  }

  final void refused(String sqlState) {
    code = sqlState;
    fails("the server refused: " + sqlState);
  }

  /** It comes to nothing once all is answered. */
  final void fails(String reason) {
    failure = reason;
  }

  final void complete() {
    if (failure == null) {
      result.complete(found());
    } else {
      fail(failure);
    }
  }

  /** Unless it has failed before, for a better reason. */
  final void fail(String reason) {
    result.completeExceptionally(new UpstreamException(failure == null ? reason : failure, code));
  }
}
