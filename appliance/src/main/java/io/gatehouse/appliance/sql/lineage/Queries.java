package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.sql.analysis.Resolver;
import io.gatehouse.appliance.sql.tree.Change;
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

/** The columns that queries give, of one statement. */
final class Queries {
  private static final int MAX_ROUNDS = 50;

  /** Stands for a common table expression that is defined further on. */
  private static final List<Column> FORWARD = List.of(Column.derived("\0", Flow.nothing()));

  private final Notes notes;
  private final Resolver resolver;
  private final Relations relations;
  private final Sources sources;

  /** The common table expressions in scope. */
  private Map<String, List<Column>> common = Map.of();

  Queries(Notes notes, Resolver resolver, Relations relations) {
    this.notes = notes;
    this.resolver = resolver;
    this.relations = relations;
    this.sources = new Sources(this, notes);
  }

  Sources sources() {
    return sources;
  }

  Values values(Scope scope) {
    return new Values(this, notes, resolver, scope);
  }

  boolean sameText(ColumnOrigin column, String type) {
    return relations.sameText(column, type);
  }

  boolean whole(ColumnOrigin column) {
    return relations.whole(column);
  }

  /** All that a row of it depends on. */
  Flow rowOf(Query query, Scope around) {
    return Flow.of(query(query, around).stream().map(Column::flow).toList());
  }

  /**
   * @param outer what can be named from around it
   */
  List<Column> query(Query query, @Nullable Scope outer) {
    Map<String, List<Column>> around = common;
    query.with().ifPresent(with -> with(with, outer));
    List<Column> columns = body(query, outer);
    query.limit().ifPresent(limit -> limit(limit, outer));
    common = around;
    return columns;
  }

  private void limit(Query.Limit limit, @Nullable Scope outer) {
    Values values = values(new Scope(outer, List.of()));
    limit.count().ifPresent(values::decides);
    limit.offset().ifPresent(values::decides);
  }

  /** Leaves the names in scope; the caller restores what was before. */
  void with(With with, @Nullable Scope outer) {
    if (with.recursive()) {
      // In any order: until one is seen to, its name must not stand for a relation.
      with.tables().forEach(table -> define(table.name(), FORWARD));
    }
    for (With.CommonTable table : with.tables()) {
      List<Column> columns =
          with.recursive() ? recursive(table, outer) : statement(table.body(), outer);
      define(table.name(), furnished(table, columns));
    }
  }

  private void define(Name name, List<Column> columns) {
    Map<String, List<Column>> names = new HashMap<>(common);
    names.put(name.text(), columns);
    common = Map.copyOf(names);
  }

  /** Runs something with a WITH of its own in scope. */
  List<Column> inScopeOf(Optional<With> with, Supplier<List<Column>> body) {
    Map<String, List<Column>> around = common;
    with.ifPresent(one -> with(one, null));
    List<Column> columns = body.get();
    common = around;
    return columns;
  }

  private List<Column> statement(Statement statement, @Nullable Scope outer) {
    return switch (statement) {
      case Statement.QueryStatement(Query query) -> query(query, outer);
      case Change change -> new Writes(this, notes, relations).change(change);
      default -> throw UnprovedException.of("a statement inside another");
    };
  }

  /** What comes around again depends on what it depended on before, until nothing is added. */
  private List<Column> recursive(With.CommonTable table, @Nullable Scope outer) {
    Map<String, List<Column>> around = common;
    if (!(table.body() instanceof Statement.QueryStatement(Query query))
        || !(query.body() instanceof Query.SetOperation operation)) {
      return statement(table.body(), outer);
    }
    query.with().ifPresent(with -> with(with, outer));
    List<Column> columns = renamedBy(table, query(operation.left(), outer));
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Map<String, List<Column>> before = common;
      define(table.name(), extended(table, columns));
      List<Column> next = merged(operation, columns, query(operation.right(), outer));
      common = before;
      if (next.equals(columns)) {
        // Only one that does not come around may be sorted and cut.
        sortedByOutput(query.orderBy(), columns, new Scope(outer, List.of()));
        query.limit().ifPresent(limit -> limit(limit, outer));
        common = around;
        return columns;
      }
      columns = next;
    }
    throw UnprovedException.of("a recursion of more than " + MAX_ROUNDS + " rounds");
  }

  private static List<Column> renamedBy(With.CommonTable table, List<Column> columns) {
    return Sources.renamed(columns, table.columns());
  }

  private static List<Column> furnished(With.CommonTable table, List<Column> columns) {
    return extended(table, renamedBy(table, columns));
  }

  /** With what SEARCH and CYCLE add. */
  private static List<Column> extended(With.CommonTable table, List<Column> columns) {
    List<Column> all = new ArrayList<>(columns);
    Flow any = Flow.of(columns.stream().map(Column::flow).toList());
    table.search().ifPresent(search -> all.add(Column.derived(search.set().text(), any)));
    table
        .cycle()
        .ifPresent(
            cycle -> {
              all.add(Column.derived(cycle.set().text(), any));
              all.add(Column.derived(cycle.path().text(), any));
            });
    return all;
  }

  private List<Column> body(Query query, @Nullable Scope outer) {
    return switch (query.body()) {
      case Query.Select select -> select(select, query.orderBy(), outer);
      case Query.Values values -> {
        List<Column> columns = rows(values, outer);
        sortedByOutput(query.orderBy(), columns, new Scope(outer, List.of()));
        yield columns;
      }
      case Query.WholeTable(FromItem.Table table) -> {
        Scope scope = sources.from(List.of(table), outer);
        List<Column> columns = scope.ranges().getFirst().columns();
        sortedByOutput(query.orderBy(), columns, scope);
        yield columns;
      }
      case Query.SetOperation operation -> {
        List<Column> left = query(operation.left(), outer);
        List<Column> columns = merged(operation, left, query(operation.right(), outer));
        sortedByOutput(query.orderBy(), columns, new Scope(outer, List.of()));
        yield columns;
      }
    };
  }

  private List<Column> rows(Query.Values values, @Nullable Scope outer) {
    Values row = values(new Scope(outer, List.of()));
    List<Column> columns = new ArrayList<>();
    for (List<Expression> expressions : values.rows()) {
      for (int i = 0; i < expressions.size(); i++) {
        Column column = Column.of("column" + (i + 1), row.root(expressions.get(i)).derived());
        if (i < columns.size()) {
          columns.set(i, columns.get(i).or(column));
        } else {
          columns.add(column);
        }
      }
    }
    return columns;
  }

  private List<Column> merged(Query.SetOperation operation, List<Column> left, List<Column> right) {
    if (left.size() != right.size()) {
      throw UnprovedException.of("a set operation over different numbers of columns");
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      columns.add(left.get(i).or(right.get(i)));
    }
    if (!operation.all() || operation.kind() != Query.SetKind.UNION) {
      columns.forEach(column -> notes.decides(column.flow()));
    }
    return columns;
  }

  List<Column> select(Query.Select select, List<SortItem> orderBy, @Nullable Scope outer) {
    Scope scope = sources.from(select.from(), outer);
    Values values = values(scope);
    select.windows().forEach(window -> values.window(window.name(), window.definition()));
    select.where().ifPresent(values::decides);
    List<Column> columns = outputs(select.items(), values);
    select.groupBy().forEach(grouping -> grouping(grouping, columns, values));
    select.having().ifPresent(values::decides);
    switch (select.distinctness()) {
      case Query.AllRows _ -> {}
      case Query.DistinctRows _ -> columns.forEach(column -> notes.decides(column.flow()));
      case Query.DistinctOn(List<Expression> keys) ->
          keys.forEach(key -> key(key, columns, values));
    }
    orderBy.forEach(item -> key(item.value(), columns, values));
    return columns;
  }

  private void grouping(Query.Grouping grouping, List<Column> columns, Values values) {
    switch (grouping) {
      case Query.GroupBy(Expression key) -> key(key, columns, values);
      case Query.EmptyGroup _ -> {}
      case Query.GroupingSet set -> set.items().forEach(one -> grouping(one, columns, values));
    }
  }

  private void sortedByOutput(List<SortItem> items, List<Column> columns, Scope scope) {
    items.forEach(item -> key(item.value(), columns, values(scope)));
  }

  /** A key may be a column of the output by number or name, or an expression over the input. */
  private void key(Expression key, List<Column> columns, Values values) {
    if (key instanceof Expression.Constant(var kind, String text)
        && kind == Expression.ConstantKind.INTEGER) {
      numbered(text, columns);
      return;
    }
    boolean output = false;
    if (key instanceof Expression.ColumnReference(List<Name> parts) && parts.size() == 1) {
      for (Column column : columns) {
        if (column.name().equals(parts.getFirst().text())) {
          notes.decides(column.flow());
          output = true;
        }
      }
    }
    if (!output || named(values.scope(), key)) {
      values.decides(key);
    }
  }

  private static boolean named(Scope scope, Expression key) {
    return key instanceof Expression.ColumnReference(List<Name> parts)
        && scope.ranges().stream().anyMatch(range -> range.column(parts.getFirst().text()) != null);
  }

  private void numbered(String text, List<Column> columns) {
    int number = text.length() > 6 ? 0 : Integer.parseInt(text);
    if (number < 1 || number > columns.size()) {
      throw UnprovedException.of("a key by number that is no column");
    }
    notes.decides(columns.get(number - 1).flow());
  }

  /** The columns of a select list or of RETURNING. */
  List<Column> outputs(List<Query.SelectItem> items, Values values) {
    List<Column> columns = new ArrayList<>();
    for (Query.SelectItem item : items) {
      switch (item.value()) {
        case Expression.AllColumns(List<Name> qualifier) when qualifier.isEmpty() ->
            values.scope().ranges().stream()
                .filter(Range::open)
                .forEach(range -> columns.addAll(columnsOf(range)));
        case Expression.AllColumns(List<Name> qualifier) ->
            columns.addAll(columnsOf(values.range(qualifier)));
        case Expression.AllFields(Expression of) -> columns.addAll(values.fields(of));
        default -> {
          Value value = values.root(item.value());
          String label = item.label().map(Name::text).orElseGet(() -> Labels.of(item.value()));
          columns.add(Column.of(label, value));
        }
      }
    }
    return columns;
  }

  private static List<Column> columnsOf(Range range) {
    if (range.rest().isPresent()) {
      throw UnprovedException.of("the star of a function whose columns are not known");
    }
    return range.columns();
  }

  /** A table, a view, or a common table expression. */
  Range relation(FromItem.Table table) {
    String name = table.name().last().text();
    List<Column> own = table.name().parts().size() == 1 ? common.get(name) : null;
    if (own != null && own.equals(FORWARD)) {
      throw UnprovedException.of("a name of WITH RECURSIVE before it is defined");
    }
    return own != null ? Range.of(name, own) : relations.range(table.name());
  }
}
