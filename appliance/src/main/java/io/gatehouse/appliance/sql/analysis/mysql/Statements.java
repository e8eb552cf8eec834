package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Effects;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.mysql.Reading.Located;
import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Maintenance;
import io.gatehouse.appliance.sql.tree.MysqlAccounts;
import io.gatehouse.appliance.sql.tree.MysqlDefinition;
import io.gatehouse.appliance.sql.tree.MysqlRows;
import io.gatehouse.appliance.sql.tree.MysqlServer;
import io.gatehouse.appliance.sql.tree.MysqlSession;
import io.gatehouse.appliance.sql.tree.MysqlShow;
import io.gatehouse.appliance.sql.tree.MysqlStatement;
import io.gatehouse.appliance.sql.tree.Privileges;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SelectInto;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Trait;
import java.util.Optional;
import java.util.Set;

/** Every kind of statement, and what it is as a command. */
final class Statements {
  private final Findings findings;
  private final MysqlNames names;
  private final Queries queries;
  private final String sql;
  private final Located located;

  /**
   * @param sql the text in which the statement stands
   */
  Statements(Findings findings, MysqlNames names, String sql, Located located) {
    this.findings = findings;
    this.names = names;
    this.queries = new Queries(findings, names);
    this.sql = sql;
    this.located = located;
  }

  /** Reads one whole statement. */
  void read() {
    statement(located.statement());
    queries.finish();
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.QueryStatement(Query query) -> queries.result(query);
      case SelectInto select -> new Rows(findings, queries).into(select);
      case Change change -> new Changes(queries, findings).change(change);
      case Statement.Explain explain -> explain(explain);
      case Statement.Definition definition ->
          new Heads(findings, names, definitions()).definition(definition);
      case SessionStatement session -> new Sessions(findings, names, queries).shared(session);
      case Maintenance maintenance -> maintenance(maintenance);
      case MysqlStatement own -> own(own);
      case Statement.Copy _,
          Statement.CreateTableAs _,
          Statement.CreateView _,
          Statement.RefreshView _,
          Privileges _ ->
          throw DoubtException.of("a statement of another server");
    }
  }

  private Definitions definitions() {
    return new Definitions(findings, names, queries);
  }

  private void own(MysqlStatement statement) {
    switch (statement) {
      case MysqlSession.PrepareText prepare -> prepare(prepare);
      case MysqlSession.ExecuteText(var text, var arguments) -> {
        queries.expressions().walk(text);
        queries.expressions().walkAll(arguments);
        Effects.dynamic(findings);
        findings.leaves(Consequence.RUNS_CODE);
        findings.leaves(Consequence.ENDS_TRANSACTION);
      }
      case MysqlSession.SetFor(var settings, Statement inner) -> {
        new Settings(findings, queries).forStatement(settings);
        statement(inner);
      }
      case MysqlSession session -> new Sessions(findings, names, queries).session(session);
      case MysqlShow show -> new Shows(findings, queries).show(show);
      case MysqlRows rows -> new Rows(findings, queries).rows(rows);
      case MysqlDefinition definition -> definitions().define(definition);
      case MysqlAccounts accounts -> new Accounts(findings, names).change(accounts);
      case MysqlServer server -> new Administration(findings, queries).run(server);
    }
  }

  private void prepare(MysqlSession.PrepareText prepare) {
    Optional<Statement> inner = PreparedTexts.prepared(prepare, located, sql, names.settings());
    if (inner.isEmpty()) {
      queries.expressions().walk(prepare.text());
    } else if (inner.get() instanceof MysqlSession.PrepareText) {
      throw DoubtException.of("a statement that prepares another when it runs");
    } else {
      statement(inner.get());
    }
    PreparedTexts.leaves(prepare, located, sql, findings);
  }

  private void explain(Statement.Explain explain) {
    statement(explain.statement());
    boolean executes = has(explain, "analyze");
    if (has(explain, "into")) {
      queries.expressions().keeps();
      findings.trait(Trait.KEEPS_RESULT);
    }
    if (executes) {
      findings.trait(Trait.EXPLAIN_EXECUTES);
    } else {
      queries.finish();
      findings.onlyPlanned();
    }
  }

  private static boolean has(Statement.Explain explain, String option) {
    return explain.options().stream().anyMatch(one -> one.name().equals(option));
  }

  private void maintenance(Maintenance maintenance) {
    switch (maintenance) {
      case Maintenance.Truncate truncate -> {
        for (FromItem.Table table : truncate.tables()) {
          queries
              .tables()
              .changed(queries.tables().found(table.name()), Operation.DELETE, Set.of());
        }
        findings.trait(Trait.WITHOUT_CONDITION);
        findings.trait(Trait.WHOLE_TABLE);
        findings.trait(Trait.LOCKS);
        findings.leaves(Consequence.ENDS_TRANSACTION);
      }
      case Maintenance.Vacuum _,
          Maintenance.Cluster _,
          Maintenance.Reindex _,
          Maintenance.Checkpoint _,
          Maintenance.Load _ ->
          throw DoubtException.of("a statement of another server");
    }
  }
}
