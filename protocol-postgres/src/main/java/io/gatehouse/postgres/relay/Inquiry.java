package io.gatehouse.postgres.relay;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.BackendDecoder;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.BindComplete;
import io.gatehouse.postgres.message.Close;
import io.gatehouse.postgres.message.CloseComplete;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.postgres.message.Describe;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.Flush;
import io.gatehouse.postgres.message.Kind;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.ParseComplete;
import io.gatehouse.postgres.message.ProtocolException;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.RowDescription;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.value.ResultDescriptions;
import io.gatehouse.postgres.value.ValueCodecs;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the gate's own on a session's connection: in a batch of its own while nothing of
 * the client's is under way, or inside of the client's batch. Named statement and portal, since the
 * client's unnamed ones have to survive it. Owned by the session's event loop.
 */
final class Inquiry {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Statement statement;
  private final CompletableFuture<Rows> result;
  private final List<List<Value>> rows = new ArrayList<>();
  private ResultDescription description = new ResultDescription(List.of());
  private @Nullable String failure;
  private final boolean inBatch;
  private boolean portalClosed;
  private @Nullable Byte status;

  Inquiry(Statement statement, CompletableFuture<Rows> result, boolean inBatch) {
    this.statement = statement;
    this.result = result;
    this.inBatch = inBatch;
  }

  /** Whether it is part of a batch of the client's, so that it ends nothing. */
  boolean inBatch() {
    return inBatch;
  }

  /** The transaction status after it; null inside of a batch. */
  @Nullable Byte status() {
    return status;
  }

  /** Under a name that no client can guess, or one could make it fail. */
  ByteBuf encoded(ByteBufAllocator allocator) {
    String name = "gatehouse." + Long.toHexString(RANDOM.nextLong());
    ByteBuf out = allocator.buffer();
    new Parse(name, statement.sql(), new int[0]).encode(out);
    new Bind(name, name, new int[0], List.of(), new int[0]).encode(out);
    new Describe(Kind.PORTAL, name).encode(out);
    new Execute(name, 0).encode(out);
    new Close(Kind.PORTAL, name).encode(out);
    new Close(Kind.STATEMENT, name).encode(out);
    if (inBatch) {
      new Flush().encode(out);
    } else {
      new Sync().encode(out);
    }
    return out;
  }

  /** A server that does not answer in time may answer later: nobody could tell to whom. */
  void limit(EventLoop loop, Session session) {
    ScheduledFuture<?> timer =
        loop.schedule(
            () ->
                session.kill(
                    Refusal.of(
                        Refusal.Kind.UNAVAILABLE,
                        "the database server did not answer the gate in time"),
                    CloseReason.UPSTREAM_DISCONNECTED),
            statement.time().toMillis(),
            TimeUnit.MILLISECONDS);
    result.whenComplete((_, _) -> timer.cancel(false));
  }

  /** Takes an answer; whether it was the last. */
  boolean answered(byte type, ByteBuf content) {
    BackendMessage message = BackendDecoder.decode(type, content);
    switch (message) {
      case ParseComplete _, BindComplete _, CommandComplete _ -> {}
      case CloseComplete _ -> {
        boolean last = inBatch && portalClosed;
        portalClosed = true;
        return last;
      }
      case RowDescription described -> description = ResultDescriptions.of(described);
      case DataRow row -> row(row);
      case ReadyForQuery(byte newStatus) when !inBatch -> {
        status = newStatus;
        return true;
      }
      default ->
          throw new ProtocolException(
              "the server answered the gate with " + message.getClass().getSimpleName());
    }
    return false;
  }

  void refused(String sqlState) {
    failure = "the server refused: " + sqlState;
  }

  private void row(DataRow row) {
    if (rows.size() >= statement.maxRows()) {
      failure = "more than " + statement.maxRows() + " rows";
      return;
    }
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < row.values().size(); i++) {
      byte[] field = row.values().get(i);
      int type = Integer.parseUnsignedInt(description.columns().get(i).type());
      values.add(
          field == null
              ? Value.NULL
              : ValueCodecs.of(type).decode(Unpooled.wrappedBuffer(field), false));
    }
    rows.add(values);
  }

  void complete() {
    if (failure == null) {
      result.complete(new Rows(description, List.copyOf(rows)));
    } else {
      fail(failure);
    }
  }

  /** Unless it has failed before, for a better reason. */
  void fail(String reason) {
    result.completeExceptionally(new UpstreamException(failure == null ? reason : failure));
  }
}
