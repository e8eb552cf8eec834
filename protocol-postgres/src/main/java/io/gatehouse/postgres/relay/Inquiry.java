package io.gatehouse.postgres.relay;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.BindComplete;
import io.gatehouse.postgres.message.Close;
import io.gatehouse.postgres.message.CloseComplete;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.postgres.message.Describe;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.Kind;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.ParseComplete;
import io.gatehouse.postgres.message.RowDescription;
import io.gatehouse.postgres.value.ResultDescriptions;
import io.gatehouse.postgres.value.ValueCodecs;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A statement of the gate's own, with its rows. Owned by the session's event loop. */
final class Inquiry extends Question<Rows> {
  private final Statement statement;
  private final List<List<Value>> rows = new ArrayList<>();
  private ResultDescription description = new ResultDescription(List.of());
  private boolean portalClosed;

  Inquiry(Statement statement, CompletableFuture<Rows> result, boolean inBatch) {
    super(result, inBatch);
    this.statement = statement;
  }

  @Override
  void ask(String name, ByteBuf out) {
    new Parse(name, statement.sql(), new int[0]).encode(out);
    new Bind(name, name, new int[0], List.of(), new int[0]).encode(out);
    new Describe(Kind.PORTAL, name).encode(out);
    new Execute(name, 0).encode(out);
    new Close(Kind.PORTAL, name).encode(out);
    new Close(Kind.STATEMENT, name).encode(out);
  }

  @Override
  boolean take(BackendMessage message) {
    switch (message) {
      case ParseComplete _, BindComplete _, CommandComplete _ -> {}
      case CloseComplete _ -> {
        boolean last = portalClosed;
        portalClosed = true;
        return last;
      }
      case RowDescription described -> description = ResultDescriptions.of(described);
      case DataRow row -> row(row);
      default -> throw unexpected(message);
    }
    return false;
  }

  private void row(DataRow row) {
    if (rows.size() >= statement.maxRows()) {
      fails("more than " + statement.maxRows() + " rows");
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

  @Override
  Rows found() {
    return new Rows(description, List.copyOf(rows));
  }

  @Override
  Duration time() {
    return statement.time();
  }

  /** A server that does not answer in time may answer later: nobody could tell to whom. */
  @Override
  void late(Session session, Questions questions) {
    session.kill(
        Refusal.of(Refusal.Kind.UNAVAILABLE, "the database server did not answer the gate in time"),
        CloseReason.UPSTREAM_DISCONNECTED);
  }

  @Override
  Refusal unanswered(String sqlState) {
    return Refusal.of(
            Refusal.Kind.UNAVAILABLE,
            "the database server refused what the gate had to ask before this command")
        .withDetail("SQLSTATE " + sqlState + ".")
        .withHint("Try again, in a new transaction.");
  }
}
