package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SELECT with its clauses, of which some see the labels of its result. */
final class Selects {
  private final Queries queries;
  private final Trace trace;
  private final Lookup lookup;

  Selects(Queries queries, Trace trace, Lookup lookup) {
    this.queries = queries;
    this.trace = trace;
    this.lookup = lookup;
  }

  List<Column> select(Query.Select select, List<SortItem> orderBy, @Nullable Scope outer) {
    Scope scope = queries.sources().from(select.from(), outer);
    Values values = queries.values(scope);
    select.windows().forEach(window -> values.window(window.name(), window.definition()));
    select.where().ifPresent(values::decides);
    List<Column> columns = outputs(select.items(), values);
    select.groupBy().forEach(grouping -> grouping(grouping, columns, scope));
    select.having().ifPresent(having -> values.in(scope.behindResult(columns)).decides(having));
    switch (select.distinctness()) {
      case Query.AllRows _ -> {}
      case Query.DistinctRows _ -> columns.forEach(column -> trace.decides(column.flow()));
      case Query.DistinctOn _ -> throw UnprovedException.of("DISTINCT ON");
    }
    orderBy.forEach(item -> key(item.value(), columns, values, scope));
    return columns;
  }

  private void grouping(Query.Grouping grouping, List<Column> columns, Scope scope) {
    switch (grouping) {
      case Query.GroupBy(Expression key) -> key(key, columns, scope);
      case Query.EmptyGroup _ -> {}
      case Query.GroupingSet set -> set.items().forEach(one -> grouping(one, columns, scope));
    }
  }

  void key(Expression key, List<Column> columns, Scope scope) {
    key(key, columns, queries.values(scope), scope);
  }

  /** A key may be a column of the result by number or label, or an expression over the input. */
  private void key(Expression key, List<Column> columns, Values values, Scope scope) {
    if (key instanceof Expression.Constant(var kind, String text)
        && kind == Expression.ConstantKind.INTEGER) {
      trace.decides(numbered(text, columns).flow());
    } else {
      values.in(scope.behindResult(columns)).arranges(key);
    }
  }

  private static Column numbered(String text, List<Column> columns) {
    int number = text.length() > 6 ? 0 : Integer.parseInt(text);
    if (number < 1 || number > columns.size()) {
      throw UnprovedException.of("a key by number that is no column");
    }
    return columns.get(number - 1);
  }

  /** The columns of a select list or of RETURNING. Subqueries in it see the labels before them. */
  List<Column> outputs(List<Query.SelectItem> items, Values values) {
    List<Column> columns = new ArrayList<>();
    for (Query.SelectItem item : items) {
      switch (item.value()) {
        case Expression.AllColumns(List<Name> qualifier) ->
            star(values.scope(), qualifier)
                .forEach(range -> range.shown().forEach(one -> columns.add(shown(one))));
        default -> columns.add(output(item, values, columns));
      }
    }
    return columns;
  }

  /**
   * A column is called as it was written, or as it is spelled where it comes from; everything else
   * by its text, which is not here.
   */
  private Column output(Query.SelectItem item, Values values, List<Column> before) {
    Value value = values.beside(before).root(item.value());
    if (item.label().isPresent()) {
      return Column.of(Spelling.label(item.label().get().text()), value);
    }
    if (item.value() instanceof Expression.ColumnReference(List<Name> parts)) {
      String written = parts.getLast().text();
      Column named = Column.of(Spelling.label(written), value);
      Column found = lookup.column(values.scope(), parts);
      return found.label().equals(written) ? named : named.unspelled();
    }
    return Column.of("", value);
  }

  private Column shown(Column column) {
    Column shown = Column.of(column.name(), lookup.mentioned(column).value());
    return column.spelled() ? shown : shown.unspelled();
  }

  private List<Range> star(Scope scope, List<Name> qualifier) {
    return qualifier.isEmpty()
        ? scope.ranges().stream().filter(Range::open).toList()
        : lookup.ranges(scope, qualifier);
  }
}
