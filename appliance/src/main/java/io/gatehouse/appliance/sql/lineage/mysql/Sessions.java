package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.appliance.sql.lineage.Lineage.Ending;
import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.mysql.MysqlReader;
import io.gatehouse.appliance.sql.mysql.Reading;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.MysqlSession;
import io.gatehouse.appliance.sql.tree.MysqlSession.Setting;
import io.gatehouse.appliance.sql.tree.MysqlShow;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Statements about the session, and those that tell what the server knows. */
final class Sessions {
  /** What quotes earlier statements, or the rows that they read. */
  private static final String LEFT_BEHIND = "what earlier statements left behind";

  private static final Set<String> TELLING =
      Set.of(
          "warnings",
          "errors",
          "profile",
          "profiles",
          "engine",
          "explain",
          "analyze",
          "binlog",
          "relaylog");

  /** What SET STATEMENT may set without a change of what its statement gives. */
  private static final Set<String> HARMLESS =
      Set.of("max_statement_time", "lock_wait_timeout", "innodb_lock_wait_timeout");

  private final Trace trace;
  private final Queries queries;
  private final MysqlNames names;
  private final Function<Statement, Lineage> statements;

  Sessions(
      Trace trace, Queries queries, MysqlNames names, Function<Statement, Lineage> statements) {
    this.trace = trace;
    this.queries = queries;
    this.names = names;
    this.statements = statements;
  }

  private Lineage ending(Ending ending) {
    return trace.notes().lineage(List.of(), ending);
  }

  private void escapes(Expression expression) {
    trace.escapes(queries.values(Scope.NONE).root(expression).flow());
  }

  Lineage session(SessionStatement statement) {
    return switch (statement) {
      case SessionStatement.Execute execute -> {
        execute.arguments().forEach(this::escapes);
        yield ending(Ending.BEHIND_NAME);
      }
      case SessionStatement.CallProcedure call -> {
        call.call().arguments().items().forEach(argument -> escapes(argument.value()));
        yield ending(Ending.ROWS);
      }
      case SessionStatement.Deallocate _,
          SessionStatement.Transaction _,
          SessionStatement.SetTransaction _ ->
          Lineage.NONE;
      case SessionStatement.Prepare _,
          SessionStatement.DeclareCursor _,
          SessionStatement.Fetch _,
          SessionStatement.CloseCursor _,
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
          throw UnprovedException.of("a statement that this server does not have");
    };
  }

  Lineage own(MysqlSession statement) {
    return switch (statement) {
      case MysqlSession.SetVariables set -> {
        settings(set.settings());
        yield ending(Ending.NO_ROWS);
      }
      case MysqlSession.SetFor set -> setFor(set);
      case MysqlSession.PrepareText prepare -> text(prepare.text()).ending(Ending.NAMED);
      case MysqlSession.ExecuteText execute -> {
        execute.arguments().forEach(this::escapes);
        yield text(execute.text());
      }
      case MysqlSession.Evaluate evaluate -> {
        Values values = queries.values(Scope.NONE);
        evaluate.expressions().forEach(values::root);
        yield ending(Ending.NO_ROWS);
      }
      case MysqlSession.Signal signal -> {
        signal.items().forEach(item -> escapes(item.value()));
        yield ending(Ending.NO_ROWS);
      }
      case MysqlSession.Kill kill -> {
        kill.id().ifPresent(this::escapes);
        yield ending(Ending.NO_ROWS);
      }
      case MysqlSession.Diagnostics _ -> throw UnprovedException.of(LEFT_BEHIND);
      case MysqlSession.Help _ -> ending(Ending.ROWS);
      case MysqlSession.Xa xa ->
          ending(xa.action().equals("recover") ? Ending.ROWS : Ending.NO_ROWS);
      case MysqlSession.SetModes _,
          MysqlSession.Use _,
          MysqlSession.LockTables _,
          MysqlSession.UnlockTables _ ->
          Lineage.NONE;
    };
  }

  private void settings(List<Setting> settings) {
    for (Setting setting : settings) {
      switch (setting) {
        case MysqlSession.Variable variable -> variable.value().ifPresent(this::escapes);
        case MysqlSession.Names _, MysqlSession.CharacterSet _ -> {}
      }
    }
  }

  private Lineage setFor(MysqlSession.SetFor set) {
    boolean harmless =
        set.settings().stream()
            .allMatch(
                one ->
                    one instanceof MysqlSession.Variable variable
                        && HARMLESS.contains(variable.name()));
    if (!harmless) {
      throw UnprovedException.of("a setting that is so for one statement");
    }
    settings(set.settings());
    return statements.apply(set.statement());
  }

  /** A text that stands there is a statement like any other. */
  private Lineage text(Expression text) {
    if (text instanceof Expression.Constant(var kind, String sql)
        && kind == Expression.ConstantKind.STRING
        && MysqlReader.read(sql, names.settings().reading(sql), false)
            instanceof Reading.Read(var read)
        && read.size() == 1) {
      return statements.apply(read.getFirst().statement());
    }
    throw UnprovedException.of("a statement that is known only when it runs");
  }

  Lineage show(MysqlShow show) {
    return switch (show) {
      case MysqlShow.Show one -> shown(one);
      case MysqlShow.ShowAccount _, MysqlShow.Describe _ -> ending(Ending.ROWS);
      case MysqlShow.ExplainConnection _ -> throw UnprovedException.of(LEFT_BEHIND);
    };
  }

  private Lineage shown(MysqlShow.Show show) {
    for (String word : show.kind().toLowerCase(Locale.ROOT).split("[ (*)]+", -1)) {
      if (TELLING.contains(word)) {
        throw UnprovedException.of(LEFT_BEHIND);
      }
    }
    // Its own columns hold no rows of tables: whatever they are called.
    Range own = Range.of("", List.of(Column.of("", Value.UNKNOWN)));
    Values values = queries.values(Scope.of(null, List.of(own)));
    show.filters().forEach(values::decides);
    return ending(Ending.ROWS);
  }
}
