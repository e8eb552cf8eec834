package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.With;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The columns that queries give, of one statement or one view. */
final class Queries {
  private static final int MAX_ROUNDS = 50;

  /** Stands for a common table expression that is defined further on. */
  private static final List<Column> FORWARD = List.of(Column.of("\0", Value.NULL));

  private final Trace trace;
  private final Lookup lookup;
  private final Relations relations;
  private final Sources sources;
  private final Selects selects;

  /** The common table expressions in scope, as names of tables are compared. */
  private Map<String, List<Column>> common = Map.of();

  Queries(Trace trace, Lookup lookup, Relations relations) {
    this.trace = trace;
    this.lookup = lookup;
    this.relations = relations;
    this.sources = new Sources(this, trace, lookup);
    this.selects = new Selects(this, trace, lookup);
  }

  Sources sources() {
    return sources;
  }

  Selects selects() {
    return selects;
  }

  Values values(Scope scope) {
    return new Values(this, trace, lookup, scope);
  }

  /** All that a row of it depends on. */
  Flow rowOf(Query query, Scope around) {
    return Flow.of(query(query, around).stream().map(Column::flow).toList());
  }

  /**
   * @param outer what can be named from around it
   */
  List<Column> query(Query query, @Nullable Scope outer) {
    return inScopeOf(
        query.with(),
        outer,
        () -> {
          List<Column> columns = body(query, outer);
          query.limit().ifPresent(limit -> limit(limit, outer));
          return columns;
        });
  }

  private void limit(Query.Limit limit, @Nullable Scope outer) {
    Values values = values(Scope.of(outer, List.of()));
    limit.count().ifPresent(values::arranges);
    limit.offset().ifPresent(values::arranges);
  }

  /** Runs something with a WITH of its own in scope. */
  <T> T inScopeOf(Optional<With> with, @Nullable Scope outer, Supplier<T> body) {
    Map<String, List<Column>> around = common;
    with.ifPresent(one -> with(one, outer));
    T result = body.get();
    common = around;
    return result;
  }

  private void with(With with, @Nullable Scope outer) {
    if (with.recursive()) {
      // Until one is seen to, its name must not stand for a relation.
      with.tables().forEach(table -> define(table.name(), FORWARD));
    }
    for (With.CommonTable table : with.tables()) {
      if (!(table.body() instanceof Statement.QueryStatement(Query query))) {
        throw UnprovedException.of("a statement inside another");
      }
      Sources.renameable(query, table.columns());
      List<Column> columns =
          with.recursive() ? recursive(table, query, outer) : query(query, outer);
      define(table.name(), Sources.renamed(columns, table.columns()));
    }
  }

  private void define(Name name, List<Column> columns) {
    Map<String, List<Column>> names = new HashMap<>(common);
    names.put(Spelling.table(name, lookup.names()), columns);
    common = Map.copyOf(names);
  }

  /** What comes around again depends on what it depended on before, until nothing is added. */
  private List<Column> recursive(With.CommonTable table, Query query, @Nullable Scope outer) {
    if (!(query.body() instanceof Query.SetOperation)) {
      return query(query, outer);
    }
    Map<String, List<Column>> around = common;
    List<Column> columns =
        Sources.renamed(query(first(query), outer), table.columns()).stream()
            .map(Column::endless)
            .toList();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      define(table.name(), columns);
      List<Column> next = Sources.renamed(query(query, outer), table.columns());
      common = around;
      List<Column> both = merged(columns, next);
      if (both.equals(columns)) {
        cut(columns);
        return columns;
      }
      columns = both;
    }
    throw UnprovedException.of("a recursion of more than " + MAX_ROUNDS + " rounds");
  }

  /** The part that gives a recursion its columns, which cannot name it. */
  private static Query first(Query query) {
    return query.body() instanceof Query.SetOperation operation ? first(operation.left()) : query;
  }

  /** Its first part also says how long they are: what comes later and is longer fails. */
  private void cut(List<Column> columns) {
    columns.stream()
        .map(Column::flow)
        .filter(flow -> !(flow instanceof Flow.Identity))
        .forEach(trace::risky);
  }

  private List<Column> body(Query query, @Nullable Scope outer) {
    return switch (query.body()) {
      case Query.Select select -> selects.select(select, query.orderBy(), outer);
      case Query.Values values -> {
        List<Column> columns = rows(values, Scope.of(outer, List.of()));
        sorted(query.orderBy(), columns, Scope.of(outer, List.of()));
        yield columns;
      }
      case Query.WholeTable(FromItem.Table table) -> {
        Scope scope = sources.from(List.of(table), outer);
        List<Column> columns =
            scope.ranges().getFirst().shown().stream().map(lookup::mentioned).toList();
        sorted(query.orderBy(), columns, scope);
        yield columns;
      }
      case Query.SetOperation operation -> {
        List<Column> columns = setOperation(operation, outer);
        sorted(query.orderBy(), columns, Scope.of(outer, List.of()));
        yield columns;
      }
    };
  }

  private void sorted(List<SortItem> items, List<Column> columns, Scope scope) {
    items.forEach(item -> selects.key(item.value(), columns, scope));
  }

  private List<Column> rows(Query.Values rows, Scope scope) {
    Values row = values(scope);
    List<Column> columns = new ArrayList<>();
    for (List<Expression> expressions : rows.rows()) {
      if (!columns.isEmpty() && columns.size() != expressions.size()) {
        throw UnprovedException.of("rows of different numbers of values");
      }
      List<Column> next = new ArrayList<>();
      for (int i = 0; i < expressions.size(); i++) {
        next.add(Column.of(valuesLabel(i), row.root(expressions.get(i)).derived()));
      }
      columns = columns.isEmpty() ? next : new ArrayList<>(merged(columns, next));
    }
    return columns;
  }

  /** MariaDB takes the text of the first row. */
  private String valuesLabel(int index) {
    return lookup.names().settings().flavour() == Flavour.MYSQL ? "column_" + index : "";
  }

  private List<Column> setOperation(Query.SetOperation operation, @Nullable Scope outer) {
    List<Column> left = query(operation.left(), outer);
    List<Column> columns = merged(left, query(operation.right(), outer));
    if (!operation.all() || operation.kind() != Query.SetKind.UNION) {
      columns.forEach(column -> trace.decides(column.flow()));
    }
    return columns;
  }

  /** What is neither text nor number is turned into something else, where it meets another. */
  private List<Column> merged(List<Column> left, List<Column> right) {
    if (left.size() != right.size()) {
      throw UnprovedException.of("a set operation over different numbers of columns");
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      Column column = left.get(i).or(right.get(i));
      if (column.type().equals(Type.UNKNOWN) && !(column.flow() instanceof Flow.Identity)) {
        trace.risky(column.flow());
      }
      columns.add(column);
    }
    return columns;
  }

  /** A table, a view, or a common table expression. */
  Range relation(FromItem.Table table) {
    String name = Spelling.table(table.name().last(), lookup.names());
    List<Column> own = table.name().parts().size() == 1 ? common.get(name) : null;
    if (own != null && own.equals(FORWARD)) {
      throw UnprovedException.of("a name of WITH RECURSIVE before it is defined");
    }
    return own != null ? Range.of(name, own) : relations.range(table.name());
  }
}
