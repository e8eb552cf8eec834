package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a query reads from. */
final class Sources {
  private final Queries queries;
  private final Trace trace;
  private final Lookup lookup;

  Sources(Queries queries, Trace trace, Lookup lookup) {
    this.queries = queries;
    this.trace = trace;
    this.lookup = lookup;
  }

  /** The ranges of a FROM list; later items see earlier ones where they may. */
  Scope from(List<FromItem> items, @Nullable Scope outer) {
    List<Range> ranges = new ArrayList<>();
    for (FromItem item : items) {
      ranges.addAll(item(item, Scope.of(outer, ranges)));
    }
    return Scope.of(outer, ranges);
  }

  /**
   * @param before what stands before it, and around
   */
  private List<Range> item(FromItem item, Scope before) {
    return switch (item) {
      case FromItem.Table table -> {
        if (table.sample().isPresent()) {
          throw UnprovedException.of("rows of a table that are chosen by how they are stored");
        }
        yield List.of(aliased(queries.relation(table), table.alias()));
      }
      case FromItem.Derived derived -> {
        List<Column> columns =
            queries.query(derived.query(), derived.lateral() ? before : before.outer());
        renameable(derived.query(), derived.alias().map(FromItem.Alias::columns).orElse(List.of()));
        yield List.of(aliased(Range.of("", columns), derived.alias()));
      }
      case FromItem.Join join -> join(join, before);
      case FromItem.TableExpression table -> List.of(tableExpression(table, before));
      case FromItem.Functions _ -> throw UnprovedException.of("a function in FROM");
    };
  }

  private Range aliased(Range range, Optional<FromItem.Alias> alias) {
    return alias
        .map(
            as ->
                range
                    .holding(renamed(range.columns(), as.columns()))
                    .called(Spelling.table(as.name(), lookup.names())))
        .orElse(range);
  }

  /**
   * What two stars of one query give twice can have one name only, and the servers give it the
   * later one.
   */
  static void renameable(Query query, List<Name> names) {
    boolean twice =
        switch (query.body()) {
          case Query.Select select ->
              select.items().stream()
                      .filter(item -> item.value() instanceof Expression.AllColumns)
                      .count()
                  > 1;
          case Query.Values _, Query.WholeTable _ -> false;
          case Query.SetOperation operation -> {
            renameable(operation.left(), names);
            yield false;
          }
        };
    if (twice && !names.isEmpty()) {
      throw UnprovedException.of("other names for the columns of two stars");
    }
  }

  /** The servers want all columns renamed or none. */
  static List<Column> renamed(List<Column> columns, List<Name> names) {
    if (names.isEmpty()) {
      return columns;
    }
    if (names.size() != columns.size()) {
      throw UnprovedException.of("a list of names that does not fit its columns");
    }
    List<Column> renamed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      renamed.add(columns.get(i).named(Spelling.label(names.get(i).text())));
    }
    return renamed;
  }

  private Range tableExpression(FromItem.TableExpression table, Scope before) {
    Values values = queries.values(before);
    List<Flow> flows = new ArrayList<>();
    table.arguments().forEach(argument -> flows.add(values.root(argument).flow()));
    for (FromItem.TableColumn column : table.columns()) {
      column.expressions().forEach(one -> flows.add(values.root(one).flow()));
    }
    Flow flow = Flow.of(flows);
    trace.decides(flow);
    trace.risky(flow);
    List<Column> columns =
        table.columns().stream()
            .map(
                one ->
                    Column.of(
                        Spelling.label(one.name().text()), new Value(flow, Type.UNKNOWN, true)))
            .toList();
    return aliased(Range.of("", columns), table.alias());
  }

  // Joins

  private List<Range> join(FromItem.Join join, Scope before) {
    if (join.alias().isPresent()) {
      throw UnprovedException.of("a join with an alias");
    }
    List<Range> left = item(join.left(), before);
    List<Range> right = item(join.right(), before.with(left));
    return switch (join.condition()) {
      case FromItem.Cross _ -> both(left, right);
      case FromItem.On(Expression condition) -> {
        List<Range> both = both(left, right);
        queries.values(Scope.of(before.outer(), both)).decides(condition);
        yield both;
      }
      case FromItem.Natural _ -> merged(join.kind(), left, right, common(left, right));
      case FromItem.Using using ->
          merged(join.kind(), left, right, using.columns().stream().map(Name::text).toList());
    };
  }

  private static List<Range> both(List<Range> left, List<Range> right) {
    return Stream.concat(left.stream(), right.stream()).toList();
  }

  /**
   * What both sides have comes first and once, in the order of the side that keeps its rows, and
   * the rest of that side before the rest of the other.
   */
  private List<Range> merged(
      FromItem.JoinKind kind, List<Range> left, List<Range> right, List<String> shared) {
    if (both(left, right).stream().anyMatch(range -> !range.hidden().isEmpty())) {
      throw UnprovedException.of("NATURAL JOIN or USING over invisible columns");
    }
    boolean turned = kind == FromItem.JoinKind.RIGHT;
    List<Column> first = open(turned ? right : left);
    List<Column> second = open(turned ? left : right);
    List<Column> columns = new ArrayList<>();
    shared.forEach(name -> equal(named(first, name), named(second, name)));
    // Values that are equal need not be the same: the server gives those of either side.
    List<Column> either =
        first.stream()
            .filter(one -> in(shared, one))
            .map(one -> one.holding(one.flow().or(named(second, one.name()).flow())))
            .toList();
    columns.addAll(either);
    first.stream().filter(one -> !in(shared, one)).forEach(columns::add);
    second.stream().filter(one -> !in(shared, one)).forEach(columns::add);
    List<Range> ranges = new ArrayList<>();
    both(left, right).forEach(range -> ranges.add(range.holding(among(either, range)).closed()));
    ranges.add(Range.of("", columns));
    return ranges;
  }

  /** The columns of a range, where some of them hold what others do. */
  private static List<Column> among(List<Column> either, Range range) {
    return range.columns().stream()
        .map(
            column ->
                either.stream()
                    .filter(one -> Spelling.same(one.name(), column.name()))
                    .findFirst()
                    .map(one -> column.holding(column.flow().or(one.flow())))
                    .orElse(column))
        .toList();
  }

  private static List<Column> open(List<Range> ranges) {
    return ranges.stream().filter(Range::open).flatMap(one -> one.shown().stream()).toList();
  }

  private static boolean in(List<String> names, Column column) {
    return names.stream().anyMatch(name -> Spelling.same(column.name(), name));
  }

  /** The names that both sides have; which those are must be certain. */
  private static List<String> common(List<Range> left, List<Range> right) {
    List<Column> other = open(right);
    boolean uncertain =
        Stream.concat(open(left).stream(), other.stream())
            .anyMatch(column -> Spelling.uncertain(column.name()));
    if (uncertain) {
      throw UnprovedException.of("NATURAL JOIN of columns whose names are not certain");
    }
    return open(left).stream()
        .map(Column::name)
        .filter(name -> other.stream().anyMatch(one -> Spelling.same(one.name(), name)))
        .toList();
  }

  private static Column named(List<Column> columns, String name) {
    List<Column> found =
        columns.stream().filter(column -> Spelling.same(column.name(), name)).toList();
    boolean uncertain =
        !Spelling.ascii(name) || columns.stream().anyMatch(one -> Spelling.uncertain(one.name()));
    if (found.size() != 1 || uncertain) {
      throw UnprovedException.of("USING (" + name + ")");
    }
    return found.getFirst();
  }

  private void equal(Column left, Column right) {
    Value compared =
        Value.compared(lookup.mentioned(left).value(), lookup.mentioned(right).value());
    trace.decides(compared.flow());
    if (!compared.total()) {
      trace.risky(compared.flow());
    }
  }
}
