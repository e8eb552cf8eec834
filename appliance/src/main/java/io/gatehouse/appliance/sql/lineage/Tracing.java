package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Resolver;
import io.gatehouse.appliance.sql.lineage.Lineage.Ending;
import io.gatehouse.appliance.sql.postgres.LexerSettings;
import io.gatehouse.appliance.sql.postgres.PostgresReader;
import io.gatehouse.appliance.sql.postgres.Reading;
import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.MysqlStatement;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SelectInto;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows the values of one statement. */
public final class Tracing {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_TOKENS = 200_000;

  private final Notes notes = new Notes();
  private final Relations relations;
  private final Queries queries;

  private Tracing(Resolver resolver) {
    this.relations = new Relations(resolver, notes, new Definitions(resolver));
    this.queries = new Queries(notes, resolver, relations);
  }

  /** Never fails: what cannot be followed is said to be unproved. */
  public static Lineage of(Statement statement, Resolver resolver) {
    try {
      return new Tracing(resolver).statement(statement);
    } catch (UnprovedException unproved) {
      return Lineage.unproved(unproved.construct());
    } catch (DoubtException doubt) {
      return Lineage.unproved(doubt.reason());
    }
  }

  private Lineage statement(Statement statement) {
    return switch (statement) {
      case Statement.QueryStatement(Query query) -> query(query);
      case Change change -> {
        List<Column> columns = queries.inScopeOf(Optional.empty(), () -> change(change));
        yield ending(columns, columns.isEmpty() ? Ending.NO_ROWS : Ending.ROWS);
      }
      case Statement.Explain explain -> plan(statement(explain.statement()));
      case Statement.Copy copy -> copy(copy);
      case Statement.CreateTableAs create -> statement(create.statement()).ending(Ending.KEPT);
      case Statement.CreateView create -> ending(queries.query(create.query(), null), Ending.KEPT);
      case SessionStatement session -> session(session);
      case SelectInto _ -> throw UnprovedException.of("a query into something else");
      case Statement.RefreshView _, Statement.Definition _ -> Lineage.NONE;
      case io.gatehouse.appliance.sql.tree.Maintenance _ -> Lineage.NONE;
      case io.gatehouse.appliance.sql.tree.Privileges _ -> Lineage.NONE;
      case MysqlStatement _ ->
          throw UnprovedException.of("a statement not understood on this server");
    };
  }

  private Lineage plan(Lineage inner) {
    // Executed, it keeps what it would keep.
    boolean keeps = inner.ending() == Ending.KEPT;
    return keeps || inner.unproved().isPresent() ? inner : notes.planOf(inner);
  }

  private List<Column> change(Change change) {
    return new Writes(queries, notes, relations).change(change);
  }

  private Lineage query(Query query) {
    boolean into = query.body() instanceof Query.Select select && select.into().isPresent();
    return ending(queries.query(query, null), into ? Ending.KEPT : Ending.ROWS);
  }

  private Lineage session(SessionStatement statement) {
    return switch (statement) {
      case SessionStatement.Prepare prepare -> statement(prepare.statement()).ending(Ending.NAMED);
      case SessionStatement.DeclareCursor declare -> query(declare.query()).ending(Ending.NAMED);
      case SessionStatement.Execute execute -> {
        Values values = queries.values(Scope.NONE);
        execute.arguments().forEach(argument -> notes.escapes(values.root(argument).flow()));
        yield ending(List.of(), Ending.BEHIND_NAME);
      }
      case SessionStatement.Fetch _ -> ending(List.of(), Ending.BEHIND_NAME);
      case SessionStatement.Show _ -> ending(List.of(), Ending.ROWS);
      case SessionStatement.CallProcedure call -> {
        notes.escapes(queries.values(Scope.NONE).root(call.call()).flow());
        yield ending(List.of(), Ending.ROWS);
      }
      case SessionStatement.Deallocate _,
          SessionStatement.CloseCursor _,
          SessionStatement.SetConstraints _,
          SessionStatement.Transaction _,
          SessionStatement.SetTransaction _,
          SessionStatement.SetVariable _,
          SessionStatement.Reset _,
          SessionStatement.Discard _,
          SessionStatement.Listen _,
          SessionStatement.Unlisten _,
          SessionStatement.Notify _,
          SessionStatement.Lock _,
          SessionStatement.DoBlock _ ->
          Lineage.NONE;
    };
  }

  private Lineage copy(Statement.Copy copy) {
    if (copy.from()) {
      return copyFrom(copy);
    }
    Lineage inner =
        switch (copy.source()) {
          case Statement.CopyStatement(Statement source, _, _) -> statement(source);
          case Statement.CopyTable(var table, List<Name> columns) ->
              ending(copied(table, columns), Ending.ROWS);
        };
    return switch (copy.end()) {
      case CLIENT -> inner.copied(new Copied(CopyFormats.of(copy.options()), source(copy)));
      case FILE, PROGRAM -> inner.ending(Ending.KEPT);
    };
  }

  private Copied.Source source(Statement.Copy copy) {
    return switch (copy.source()) {
      case Statement.CopyStatement(_, int from, int to) -> new Copied.Query(from, to);
      case Statement.CopyTable(var table, List<Name> columns) ->
          new Copied.Table(Relations.query(table, copied(table, columns)));
    };
  }

  /** Unless they are named, those that are computed are left out. */
  private List<Column> copied(QualifiedName table, List<Name> columns) {
    Range range = relations.range(table);
    return columns.isEmpty() ? relations.stored(table, range.columns()) : named(range, columns);
  }

  private Lineage copyFrom(Statement.Copy copy) {
    if (!(copy.source() instanceof Statement.CopyTable(var table, List<Name> columns))) {
      return Lineage.unproved("COPY into something that is no table");
    }
    Range range = relations.range(table);
    copy.where().ifPresent(queries.values(new Scope(null, List.of(range)))::decides);
    for (Column column : named(range, columns)) {
      if (column.visible() != null) {
        notes.writes(new Lineage.Write(column.visible(), Flow.nothing(), false));
      }
    }
    return ending(List.of(), Ending.NO_ROWS);
  }

  private static List<Column> named(Range range, List<Name> names) {
    if (names.isEmpty()) {
      return range.columns();
    }
    return names.stream()
        .map(
            name ->
                Optional.ofNullable(range.column(name.text()))
                    .orElseThrow(() -> UnprovedException.of("the column \"" + name + "\"")))
        .toList();
  }

  private Lineage ending(Collection<Column> columns, Ending ending) {
    return notes.lineage(columns, ending);
  }

  /** Views by their definitions, in which the server has qualified every name. */
  private final class Definitions implements Views {
    private final Resolver around;

    Definitions(Resolver around) {
      this.around = around;
    }

    @Override
    public List<Flow> columns(Relation view) {
      Resolver own =
          new Resolver(
              around.catalog(),
              new NameState.Known(List.of(Resolver.SYSTEM), around.catalog().user(), Set.of()));
      try {
        return columns(view, own);
      } catch (UnprovedException | DoubtException unknown) {
        return List.of();
      }
    }

    private List<Flow> columns(Relation view, Resolver own) {
      LexerSettings settings =
          new LexerSettings(own.catalog().serverMajor(), true, false, MAX_DEPTH, MAX_TOKENS);
      if (!(PostgresReader.read(view.anatomy().definition(), settings)
              instanceof Reading.Read(var statements))
          || statements.size() != 1
          || !(statements.getFirst().statement()
              instanceof Statement.QueryStatement(Query query))) {
        return List.of();
      }
      Queries inner = new Queries(notes, own, new Relations(own, notes, this));
      return inner.query(query, null).stream().map(Column::flow).toList();
    }
  }
}
