package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.appliance.sql.lineage.Lineage.Ending;
import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.tree.Change;
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
import io.gatehouse.appliance.sql.tree.SequentialChange;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.List;

/** Follows the values of one statement of MySQL or MariaDB. */
public final class MysqlTracing {
  private final Trace trace = new Trace();
  private final MysqlNames names;
  private final Relations relations;
  private final Lookup lookup;
  private final Queries queries;

  private MysqlTracing(MysqlNames names) {
    this.names = names;
    this.relations = new Relations(names, trace);
    this.lookup = new Lookup(names, trace);
    this.queries = new Queries(trace, lookup, relations);
  }

  /** Never fails: what cannot be followed is said to be unproved. */
  public static Lineage of(Statement statement, MysqlNames names) {
    try {
      return new MysqlTracing(names).statement(statement);
    } catch (UnprovedException unproved) {
      return Lineage.unproved(unproved.construct());
    } catch (DoubtException doubt) {
      return Lineage.unproved(doubt.reason());
    }
  }

  private Lineage statement(Statement statement) {
    return switch (statement) {
      case Statement.QueryStatement(Query query) -> ending(queries.query(query, null), Ending.ROWS);
      case SelectInto(Query query, SelectInto.Target _) ->
          ending(queries.query(query, null), Ending.KEPT);
      case SequentialChange change -> changed(change);
      case Statement.Explain explain -> plan(statement(explain.statement()));
      case SessionStatement session -> sessions().session(session);
      case MysqlStatement own -> own(own);
      case Statement.Definition _, Maintenance _, Privileges _ -> Lineage.NONE;
      case Change _,
          Statement.Copy _,
          Statement.CreateTableAs _,
          Statement.CreateView _,
          Statement.RefreshView _ ->
          throw UnprovedException.of("a statement that this server does not have");
    };
  }

  private Lineage own(MysqlStatement statement) {
    return switch (statement) {
      case MysqlSession session -> sessions().own(session);
      case MysqlShow show -> sessions().show(show);
      case MysqlRows rows -> rows(rows);
      case MysqlDefinition definition -> definition(definition);
      case MysqlServer.TableCare care -> care(care);
      case MysqlServer.Administer _, MysqlAccounts _ -> Lineage.NONE;
    };
  }

  private Sessions sessions() {
    return new Sessions(trace, queries, names, this::statement);
  }

  private Lineage changed(SequentialChange change) {
    List<Column> columns = new Writes(trace, queries, relations, lookup).change(change);
    return ending(columns, columns.isEmpty() ? Ending.NO_ROWS : Ending.ROWS);
  }

  /**
   * A plan quotes rows: of a table that can have no more than one of them it is read before the
   * plan is made, and its values stand in conditions.
   */
  private Lineage plan(Lineage inner) {
    trace.escapes(trace.mentioned());
    trace.escapes(new Flow.Derived(inner.columns()));
    Lineage all = trace.notes().lineage(inner.outputs(), inner.ending());
    return inner.ending() == Ending.KEPT || inner.unproved().isPresent()
        ? inner
        : trace.notes().planOf(all);
  }

  private Lineage definition(MysqlDefinition definition) {
    return switch (definition) {
      case MysqlDefinition.CreateTable create ->
          create
              .query()
              .map(query -> ending(queries.query(query, null), Ending.KEPT))
              .orElse(Lineage.NONE);
      case MysqlDefinition.DefineView view ->
          ending(queries.query(view.query(), null), Ending.KEPT);
      case MysqlDefinition.DefineCode _,
          MysqlDefinition.AlterTable _,
          MysqlDefinition.RenameTables _ ->
          Lineage.NONE;
    };
  }

  private Lineage rows(MysqlRows rows) {
    return switch (rows) {
      case MysqlRows.LoadFile load -> {
        new Writes(trace, queries, relations, lookup).load(load);
        yield ending(List.of(), Ending.NO_ROWS);
      }
      // What it is called from now on may be the name of another table: rows are not followed.
      case MysqlRows.OpenHandler open ->
          ending(relations.range(open.table()).columns(), Ending.KEPT);
      case MysqlRows.ReadHandler _ ->
          throw UnprovedException.of("the rows of a handler that was opened before");
      case MysqlRows.CloseHandler _ -> Lineage.NONE;
    };
  }

  /** Checksums and histograms tell of all values. */
  private Lineage care(MysqlServer.TableCare care) {
    if (care.action().equals("checksum") || care.action().equals("analyze")) {
      care.tables().forEach(table -> trace.escapes(Lookup.row(List.of(relations.range(table)))));
    }
    return ending(List.of(), Ending.ROWS);
  }

  private Lineage ending(List<Column> columns, Ending ending) {
    return trace
        .notes()
        .lineage(
            columns.stream().map(one -> new Lineage.Output(one.label(), one.flow(), null)).toList(),
            ending);
  }
}
