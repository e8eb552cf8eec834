package io.gatehouse.mysql.relay;

import io.gatehouse.mysql.message.ComStmtClose;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtFetch;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.ComStmtReset;
import io.gatehouse.mysql.message.ComStmtSendLongData;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.ServerStatus;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Submission.Stage;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Walk.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of prepared statements: a text is submitted when it is prepared, and again with its
 * values each time it runs, and each time rows of its cursor are fetched. Owned by the session's
 * event loop.
 */
final class StatementFlow {
  private final ClientFlow flow;
  private final Session session;
  private final FrontCommand front;
  private final Statements statements = new Statements();

  /** The statement that the gate is deciding on. */
  private @Nullable Prepared draft;

  StatementFlow(ClientFlow flow, Session session, FrontCommand front) {
    this.flow = flow;
    this.session = session;
    this.front = front;
  }

  Statements statements() {
    return statements;
  }

  Step prepare(ComStmtPrepare command) {
    if (statements.count() >= limit(Limit.PREPARED_STATEMENTS)) {
      return flow.refuse(tooMuch(Limit.PREPARED_STATEMENTS));
    }
    if (statements.keptBytes() + command.text().length > limit(Limit.SESSION_BYTES)) {
      return flow.refuse(tooMuch(Limit.SESSION_BYTES));
    }
    Decision decision = front.taken(Stage.PREPARE);
    // After a late answer the draft is the one that was submitted, with what the gate noted on it.
    Prepared prepared =
        decision != null && draft != null
            ? draft
            : new Prepared(command.text(), session.view().ofTexts());
    draft = null;
    if (decision == null) {
      decision = front.submit(Stage.PREPARE, prepared.asPrepared());
    }
    return switch (decision) {
      case null -> {
        draft = prepared;
        yield Step.STOP;
      }
      case Decision.Refuse(Refusal refusal) -> flow.refuse(refusal);
      case Decision.Run _ ->
          flow.run(CommandType.COM_STMT_PREPARE, 0, null, ended -> prepared(prepared, ended));
    };
  }

  private void prepared(Prepared prepared, Running ended) {
    PrepareOk ok = ended.prepared();
    if (ok != null && ended.succeeded()) {
      prepared.made(ok.statement(), ok.parameters());
      statements.made(prepared);
    }
  }

  Step execute(ComStmtExecute command) {
    Prepared prepared = statements.find(command.statement());
    if (prepared == null) {
      return unknown(command.statement(), "mysqld_stmt_execute");
    }
    if ((command.flags() & ~ComStmtExecute.CURSOR) != 0) {
      return flow.refuse(
          Refusal.of(
              Refusal.Kind.UNSUPPORTED, "the gateway takes no cursors but those for reading"));
    }
    Limit passed = prepared.longData().passed();
    if (passed != null) {
      statements.change(prepared, prepared::reset);
      return flow.refuse(tooMuch(passed));
    }
    try {
      return execute(prepared, prepared.binds(command.bound(), session.view().utf8()), command);
    } catch (ProtocolException malformed) {
      statements.change(prepared, prepared::reset);
      return flow.refuse(
          new ErrPacket(
              1210, "HY000", "Incorrect arguments to EXECUTE: " + malformed.getMessage()));
    }
  }

  private Step execute(Prepared prepared, BindView binds, ComStmtExecute command) {
    boolean cursor = command.flags() == ComStmtExecute.CURSOR;
    if (cursor && statements.keptBytes() + binds.bytes() > limit(Limit.SESSION_BYTES)) {
      return settled(prepared, binds, tooMuch(Limit.SESSION_BYTES));
    }
    Decision decision = decide(prepared, prepared.asExecuted(binds));
    return switch (decision) {
      case null -> Step.STOP;
      case Decision.Refuse(Refusal refusal) -> settled(prepared, binds, refusal);
      case Decision.Run run -> run(prepared, binds, command, flow.looked(run, true));
    };
  }

  /** The client takes what it sent ahead for used up, and its types for known. */
  private Step settled(Prepared prepared, BindView binds, Refusal refusal) {
    statements.change(prepared, () -> prepared.bound(binds));
    if (binds.typed()) {
      prepared.serverRemembers(false);
    }
    return flow.refuse(refusal);
  }

  private Step run(
      Prepared prepared, BindView binds, ComStmtExecute command, @Nullable ResultFlow result) {
    long sequence = front.sequence();
    LongData ahead = prepared.longData();
    if (!ahead.isEmpty()) {
      flow.insert(out -> ahead.write(out, session.spoken()));
    }
    boolean known = binds.typed() || prepared.serverRemembers();
    prepared.serverRemembers(false);
    Prepared.Cursor cursor =
        command.flags() == ComStmtExecute.CURSOR
            ? new Prepared.Cursor(binds, sequence - 1, List.of())
            : null;
    statements.change(
        prepared,
        () -> {
          prepared.bound(binds);
          prepared.cursor(null);
        });
    Running.Ended ended = running -> executed(prepared, cursor, running);
    return known
        ? flow.run(CommandType.COM_STMT_EXECUTE, sequence, result, ended)
        : flow.runInstead(
            CommandType.COM_STMT_EXECUTE,
            sequence,
            result,
            ended,
            body -> {
              new ComStmtExecute(command.statement(), command.flags(), 1, new byte[0])
                  .encode(body, session.spoken());
              binds.writeTyped(body);
            });
  }

  private void executed(Prepared prepared, Prepared.@Nullable Cursor cursor, Running ended) {
    prepared.serverRemembers(ended.succeeded());
    if (ended.succeeded() && ended.has(ServerStatus.CURSOR_EXISTS)) {
      statements.change(prepared, () -> prepared.cursor(described(cursor, ended.result())));
    }
  }

  /** With what the rows of its fetches are, unless the session keeps too much for that. */
  private Prepared.@Nullable Cursor described(
      Prepared.@Nullable Cursor cursor, @Nullable ResultFlow result) {
    if (cursor == null || result == null) {
      return cursor;
    }
    Prepared.Cursor described = cursor.described(result.columns());
    return statements.keptBytes() + described.bytes() > limit(Limit.SESSION_BYTES)
        ? cursor
        : described;
  }

  private @Nullable Decision decide(Prepared prepared, SqlText form) {
    Decision executed = front.taken(Stage.EXECUTE);
    if (executed != null) {
      return executed;
    }
    if (!prepared.readBy(session.view().ofTexts())) {
      return new Decision.Refuse(
          Refusal.of(
                  Refusal.Kind.NOT_UNDERSTOOD,
                  "the session's database or settings have changed since this was prepared")
              .withHint("Prepare it again."));
    }
    if (prepared.redecide()) {
      Decision again = front.taken(Stage.PREPARE);
      again = again == null ? front.submit(Stage.PREPARE, prepared.asPrepared()) : again;
      if (!(again instanceof Decision.Run)) {
        return again;
      }
      prepared.redecided();
    }
    return front.submit(Stage.EXECUTE, form);
  }

  Step fetch(ComStmtFetch command) {
    Prepared prepared = statements.find(command.statement());
    if (prepared == null) {
      return unknown(command.statement(), "mysqld_stmt_fetch");
    }
    Prepared.Cursor cursor = prepared.cursor();
    if (cursor == null) {
      return flow.refuse(
          new ErrPacket(
              1421,
              "HY000",
              "The statement ("
                  + Integer.toUnsignedString(command.statement())
                  + ") has no open cursor"
                  + (session.mariadb() ? "" : ".")));
    }
    Decision decision = decide(prepared, prepared.asFetched(cursor));
    return switch (decision) {
      case null -> Step.STOP;
      case Decision.Refuse(Refusal refusal) -> flow.refuse(refusal);
      case Decision.Run run -> {
        ResultFlow result = flow.looked(run, true);
        if (result != null) {
          result.fetches(cursor.columns());
        }
        yield flow.run(
            CommandType.COM_STMT_FETCH,
            front.sequence(),
            result,
            ended -> fetched(prepared, ended));
      }
    };
  }

  private void fetched(Prepared prepared, Running ended) {
    if (ended.succeeded() && ended.has(ServerStatus.LAST_ROW_SENT)) {
      statements.change(prepared, () -> prepared.cursor(null));
    }
  }

  /** Never answered, so that what there is no room for is told at the execution. */
  Step longData(ComStmtSendLongData command) {
    Prepared prepared = statements.find(command.statement());
    if (prepared != null && prepared.longData().passed() == null) {
      LongData ahead = prepared.longData();
      long more = LongData.cost(command);
      statements.change(
          prepared,
          () -> {
            if (ahead.bytes() + more > limit(Limit.COMMAND_BYTES)) {
              ahead.tooMuch(Limit.COMMAND_BYTES);
            } else if (statements.keptBytes() + ahead.bytes() + more > limit(Limit.SESSION_BYTES)) {
              ahead.tooMuch(Limit.SESSION_BYTES);
            } else {
              ahead.add(command);
            }
          });
    }
    session.dropped();
    return Step.DROP;
  }

  Step reset(ComStmtReset command) {
    Prepared prepared = statements.find(command.statement());
    if (prepared == null) {
      return unknown(command.statement(), "mysqld_stmt_reset");
    }
    statements.change(
        prepared,
        () -> {
          prepared.reset();
          prepared.cursor(null);
        });
    return flow.run(CommandType.COM_STMT_RESET, 0, null, Running.NOTHING);
  }

  Step close(ComStmtClose command) {
    boolean known = statements.find(command.statement()) != null;
    statements.close(command.statement());
    session.dropped();
    return known ? Step.PASS : Step.DROP;
  }

  /** In the servers' words. */
  private Step unknown(int statement, String where) {
    return flow.refuse(
        new ErrPacket(
            1243,
            "HY000",
            "Unknown prepared statement handler ("
                + Integer.toUnsignedString(statement)
                + ") given to "
                + (session.mariadb() ? where : "mysql_stmt_precheck")));
  }

  private long limit(Limit limit) {
    return session.surroundings().limits().of(limit);
  }

  private Refusal tooMuch(Limit limit) {
    session.surroundings().meters().limitReached(limit);
    return Refusal.of(Refusal.Kind.LIMIT, "the session keeps too much: " + limit.meaning())
        .withDetail("Limit " + limit.key() + " is " + limit(limit) + ".")
        .withHint("Close those that are no longer needed.");
  }
}
