package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.Close;
import io.gatehouse.postgres.message.CloseComplete;
import io.gatehouse.postgres.message.Describe;
import io.gatehouse.postgres.message.Kind;
import io.gatehouse.postgres.message.NoData;
import io.gatehouse.postgres.message.ParameterDescription;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.ParseComplete;
import io.gatehouse.postgres.message.RowDescription;
import io.gatehouse.postgres.value.ResultDescriptions;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A statement that the server shall describe and not run. It can wait for a lock for long, as the
 * statement itself could. Owned by the session's event loop.
 */
final class Depiction extends Question<ResultDescription> {
  private final String sql;
  private final Duration time;
  private ResultDescription description = new ResultDescription(List.of());

  Depiction(
      String sql, Duration time, CompletableFuture<ResultDescription> result, boolean inBatch) {
    super(result, inBatch);
    this.sql = sql;
    this.time = time;
  }

  @Override
  void ask(String name, ByteBuf out) {
    new Parse(name, sql, new int[0]).encode(out);
    new Describe(Kind.STATEMENT, name).encode(out);
    new Close(Kind.STATEMENT, name).encode(out);
  }

  @Override
  boolean take(BackendMessage message) {
    switch (message) {
      case ParseComplete _, ParameterDescription _, NoData _ -> {}
      case RowDescription described -> description = ResultDescriptions.of(described);
      case CloseComplete _ -> {
        return true;
      }
      default -> throw unexpected(message);
    }
    return false;
  }

  @Override
  ResultDescription found() {
    return description;
  }

  @Override
  Duration time() {
    return time;
  }

  @Override
  void late(Session session, Questions questions) {
    questions.giveUp();
  }

  @Override
  Refusal unanswered(String sqlState) {
    return Refusal.undescribed(sqlState);
  }
}
