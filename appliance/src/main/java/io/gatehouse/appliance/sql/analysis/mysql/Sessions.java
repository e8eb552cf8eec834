package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.MysqlSession;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.List;
import java.util.Set;

/** Transactions, locks, calls and what else belongs to the session. */
final class Sessions {
  private final Findings findings;
  private final MysqlNames names;
  private final Queries queries;

  Sessions(Findings findings, MysqlNames names, Queries queries) {
    this.findings = findings;
    this.names = names;
    this.queries = queries;
  }

  /** Those that other servers have too. */
  void shared(SessionStatement statement) {
    switch (statement) {
      case SessionStatement.Transaction transaction -> transaction(transaction.kind());
      case SessionStatement.CallProcedure(Expression.Call call) -> call(call);
      case SessionStatement.Execute execute -> {
        queries.expressions().walkAll(execute.arguments());
        findings.leaves(new Consequence.RunsPrepared(PreparedTexts.name(execute.name())));
      }
      case SessionStatement.Deallocate deallocate ->
          findings.leaves(
              new Consequence.Deallocates(deallocate.name().map(PreparedTexts::name).orElse("")));
      case SessionStatement.Prepare _,
          SessionStatement.DeclareCursor _,
          SessionStatement.Fetch _,
          SessionStatement.CloseCursor _,
          SessionStatement.SetTransaction _,
          SessionStatement.SetConstraints _,
          SessionStatement.SetVariable _,
          SessionStatement.Reset _,
          SessionStatement.Show _,
          SessionStatement.Discard _,
          SessionStatement.Listen _,
          SessionStatement.Unlisten _,
          SessionStatement.Notify _,
          SessionStatement.Lock _,
          SessionStatement.DoBlock _ ->
          throw DoubtException.of("a statement of another server");
    }
  }

  private void transaction(SessionStatement.TransactionKind kind) {
    switch (kind) {
      case SAVEPOINT, RELEASE, ROLLBACK_TO -> {}
      // The open one is committed by the next.
      case BEGIN, COMMIT, ROLLBACK -> findings.leaves(Consequence.ENDS_TRANSACTION);
      case PREPARE, COMMIT_PREPARED, ROLLBACK_PREPARED ->
          throw DoubtException.of("a statement of another server");
    }
  }

  private void call(Expression.Call call) {
    new Calls(findings, names).procedure(call.name());
    queries
        .expressions()
        .walkAll(call.arguments().items().stream().map(Expression.Argument::value).toList());
    // It may commit, and results come that nothing bounds.
    findings.leaves(Consequence.ENDS_TRANSACTION);
    findings.trait(Trait.UNBOUNDED_RESULT);
  }

  void session(MysqlSession statement) {
    switch (statement) {
      case MysqlSession.Use(Name database) -> {
        findings.touches(Operation.SESSION, Resource.Kind.SCHEMA, names.stored(database.text()));
        findings.leaves(Consequence.MOVES_NAMES);
      }
      case MysqlSession.Evaluate(List<Expression> expressions) ->
          queries.expressions().walkAll(expressions);
      case MysqlSession.Help _ -> {
        findings.touches(Operation.READ, Resource.Kind.SERVER);
        findings.trait(Trait.SYSTEM_DATA);
      }
      case MysqlSession.Signal signal ->
          signal.items().forEach(item -> queries.expressions().walk(item.value()));
      case MysqlSession.Diagnostics diagnostics -> diagnostics(diagnostics);
      case MysqlSession.Kill kill -> kill(kill);
      case MysqlSession.LockTables(var tables) -> lock(tables);
      case MysqlSession.UnlockTables _ -> findings.leaves(Consequence.ENDS_TRANSACTION);
      case MysqlSession.Xa _ -> {
        findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
        findings.leaves(Consequence.ENDS_TRANSACTION);
      }
      case MysqlSession.SetVariables(var settings) -> new Settings(findings, queries).set(settings);
      case MysqlSession.SetModes set -> new Settings(findings, queries).modes(set);
      case MysqlSession.SetFor _, MysqlSession.PrepareText _, MysqlSession.ExecuteText _ ->
          throw DoubtException.of("a statement inside another that belongs nowhere");
    }
  }

  /** Messages quote values of the statement before, and go into variables. */
  private void diagnostics(MysqlSession.Diagnostics diagnostics) {
    queries.expressions().keeps();
    if (diagnostics.condition().isPresent()) {
      findings.trait(Trait.DISCLOSES);
      findings.trait(Trait.KEEPS_RESULT);
    }
  }

  private void kill(MysqlSession.Kill kill) {
    kill.id().ifPresent(queries.expressions()::walk);
    findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
    findings.trait(Trait.DISTURBS_OTHERS);
  }

  private void lock(List<MysqlSession.LockedTable> tables) {
    findings.trait(Trait.LOCKS);
    findings.leaves(Consequence.ENDS_TRANSACTION);
    for (MysqlSession.LockedTable locked : tables) {
      QualifiedName table = locked.table();
      if (locked.mode().startsWith("read")) {
        queries.tables().read(queries.tables().source(table, table.last().text()));
      } else {
        queries.tables().changed(queries.tables().found(table), Operation.WRITE, Set.of());
      }
    }
  }
}
