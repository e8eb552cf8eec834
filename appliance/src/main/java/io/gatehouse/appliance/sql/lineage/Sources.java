package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a query reads from. */
final class Sources {

  /** Functions that give one column, called as the function is. */
  private static final Set<String> ONE_COLUMN =
      Set.of(
          "generate_series",
          "generate_subscripts",
          "jsonb_object_keys",
          "json_object_keys",
          "regexp_matches",
          "regexp_split_to_table",
          "string_to_table");

  /** Functions whose result has names of its own. */
  private static final Set<String> VALUE =
      Set.of(
          "json_array_elements",
          "json_array_elements_text",
          "jsonb_array_elements",
          "jsonb_array_elements_text");

  private static final Set<String> KEY_AND_VALUE =
      Set.of("json_each", "json_each_text", "jsonb_each", "jsonb_each_text");

  private final Queries queries;
  private final Notes notes;

  Sources(Queries queries, Notes notes) {
    this.queries = queries;
    this.notes = notes;
  }

  /** The ranges of a FROM list; later items see earlier ones where they may. */
  Scope from(List<FromItem> items, @Nullable Scope outer) {
    List<Range> ranges = new ArrayList<>();
    for (FromItem item : items) {
      ranges.addAll(item(item, new Scope(outer, ranges)));
    }
    return new Scope(outer, ranges);
  }

  /**
   * @param before what stands before it, and around
   */
  List<Range> item(FromItem item, Scope before) {
    return switch (item) {
      case FromItem.Table table -> List.of(table(table, before));
      case FromItem.Derived derived -> List.of(derived(derived, before));
      case FromItem.Functions functions -> List.of(functions(functions, before));
      case FromItem.Join join -> join(join, before);
      case FromItem.TableExpression table -> List.of(tableExpression(table, before));
    };
  }

  private Range table(FromItem.Table table, Scope before) {
    Range range = queries.relation(table);
    table
        .sample()
        .ifPresent(
            sample -> {
              // Which rows are taken depends on where they lie, and that on how long all are.
              notes.decides(range.wholeRow());
              Values values = queries.values(before);
              sample.arguments().forEach(values::decides);
              sample.repeatable().ifPresent(values::decides);
            });
    return aliased(range, table.alias());
  }

  private Range derived(FromItem.Derived derived, Scope before) {
    List<Column> columns =
        queries.query(derived.query(), derived.lateral() ? before : before.outer());
    return aliased(Range.of("", columns), derived.alias());
  }

  private static Range aliased(Range range, Optional<FromItem.Alias> alias) {
    if (alias.isEmpty()) {
      return range;
    }
    return new Range(
        alias.get().name().text(),
        Optional.empty(),
        renamed(range.columns(), alias.get().columns()),
        true,
        range.rest(),
        range.row());
  }

  static List<Column> renamed(List<Column> columns, List<Name> names) {
    if (names.size() > columns.size()) {
      throw UnprovedException.of("more names than columns");
    }
    List<Column> renamed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      renamed.add(i < names.size() ? column.named(names.get(i).text()) : column);
    }
    return renamed;
  }

  private Range functions(FromItem.Functions functions, Scope before) {
    List<Column> columns = new ArrayList<>();
    Optional<Flow> rest = Optional.empty();
    for (FromItem.FunctionSource source : functions.sources()) {
      Value value = queries.values(before).root(source.call());
      notes.decides(value.flow());
      List<FromItem.ColumnDefinition> definitions =
          source.columns().isEmpty() ? functions.columns() : source.columns();
      List<String> names = names(source.call(), definitions, functions);
      if (names.isEmpty()) {
        rest = Optional.of(Flow.of(value.flow(), rest.orElse(Flow.nothing())));
      }
      names.forEach(name -> columns.add(Column.derived(name, value.flow())));
    }
    if (functions.ordinality()) {
      columns.add(Column.derived("ordinality", Flow.nothing()));
    }
    String own =
        functions.sources().getFirst().call() instanceof Expression.Call call
            ? call.name().last().text()
            : "";
    Flow all = Flow.of(columns.stream().map(Column::flow).toList());
    if (rest.isPresent()) {
      // The names that an alias gives are not in order any more once some columns are unknown.
      Flow any = Flow.of(all, rest.get());
      String alias = functions.alias().map(one -> one.name().text()).orElse(own);
      return new Range(
          alias, Optional.empty(), List.of(), true, Optional.of(any), Optional.empty());
    }
    return aliased(Range.of(own, columns), functions.alias());
  }

  /** The names of the columns that a function gives; none if they are not known. */
  private static List<String> names(
      Expression call, List<FromItem.ColumnDefinition> definitions, FromItem.Functions functions) {
    if (!definitions.isEmpty()) {
      return definitions.stream().map(one -> one.name().text()).toList();
    }
    if (!(call instanceof Expression.Call function)) {
      return List.of();
    }
    String name = function.name().last().text();
    if (name.equals("unnest")) {
      return function.arguments().items().stream().map(_ -> alias(functions, name)).toList();
    }
    if (ONE_COLUMN.contains(name)) {
      return List.of(alias(functions, name));
    }
    if (VALUE.contains(name)) {
      return List.of("value");
    }
    return KEY_AND_VALUE.contains(name) ? List.of("key", "value") : List.of();
  }

  /** A single column of no name of its own is called as the function is called. */
  private static String alias(FromItem.Functions functions, String name) {
    boolean one = functions.sources().size() == 1;
    return one ? functions.alias().map(alias -> alias.name().text()).orElse(name) : name;
  }

  private Range tableExpression(FromItem.TableExpression table, Scope before) {
    Values values = queries.values(before);
    List<Flow> flows = new ArrayList<>();
    table.arguments().forEach(argument -> flows.add(values.root(argument).flow()));
    for (FromItem.TableColumn column : table.columns()) {
      column.expressions().forEach(one -> flows.add(values.root(one).flow()));
    }
    Flow flow = Flow.of(flows);
    notes.decides(flow);
    notes.risky(flow);
    List<Column> columns =
        table.columns().stream().map(one -> Column.derived(one.name().text(), flow)).toList();
    return aliased(Range.of(table.name(), columns), table.alias());
  }

  private List<Range> join(FromItem.Join join, Scope before) {
    List<Range> left = item(join.left(), before);
    List<Range> right = item(join.right(), before.with(left));
    List<Column> leftColumns = open(left);
    List<Column> rightColumns = open(right);
    List<String> shared =
        switch (join.condition()) {
          case FromItem.Cross _ -> List.<String>of();
          case FromItem.Natural _ -> common(leftColumns, rightColumns, left, right);
          case FromItem.Using using -> using.columns().stream().map(Name::text).toList();
          case FromItem.On(Expression condition) -> {
            List<Range> both = new ArrayList<>(left);
            both.addAll(right);
            queries.values(new Scope(before.outer(), both)).decides(condition);
            yield List.<String>of();
          }
        };
    List<Column> merged = new ArrayList<>();
    for (String name : shared) {
      merged.add(merged(join.kind(), named(leftColumns, name), named(rightColumns, name)));
    }
    List<Column> columns = new ArrayList<>(merged);
    leftColumns.stream().filter(one -> !shared.contains(one.name())).forEach(columns::add);
    rightColumns.stream().filter(one -> !shared.contains(one.name())).forEach(columns::add);
    return ranges(join, left, right, new Joined(merged, columns));
  }

  /**
   * @param merged those that both sides have
   * @param columns all
   */
  private record Joined(List<Column> merged, List<Column> columns) {}

  private static List<Range> ranges(
      FromItem.Join join, List<Range> left, List<Range> right, Joined joined) {
    List<Flow> rest = new ArrayList<>();
    left.forEach(range -> range.rest().ifPresent(rest::add));
    right.forEach(range -> range.rest().ifPresent(rest::add));
    Range whole =
        new Range(
            "",
            Optional.empty(),
            joined.columns(),
            true,
            rest.isEmpty() ? Optional.empty() : Optional.of(Flow.of(rest)),
            Optional.empty());
    if (join.alias().isPresent()) {
      return List.of(aliased(whole, join.alias()));
    }
    List<Range> ranges = new ArrayList<>();
    left.forEach(range -> ranges.add(range.closed()));
    right.forEach(range -> ranges.add(range.closed()));
    if (join.condition() instanceof FromItem.Using using && using.alias().isPresent()) {
      ranges.add(Range.of(using.alias().get().text(), joined.merged()).closed());
    }
    ranges.add(whole);
    return ranges;
  }

  private static List<Column> open(List<Range> ranges) {
    return ranges.stream().filter(Range::open).flatMap(one -> one.columns().stream()).toList();
  }

  private static List<String> common(
      List<Column> left, List<Column> right, List<Range> leftRanges, List<Range> rightRanges) {
    boolean unknown =
        leftRanges.stream().anyMatch(one -> one.rest().isPresent())
            || rightRanges.stream().anyMatch(one -> one.rest().isPresent());
    if (unknown) {
      throw UnprovedException.of("NATURAL JOIN with a function whose columns are not known");
    }
    Set<String> names = new LinkedHashSet<>();
    left.forEach(column -> names.add(column.name()));
    names.retainAll(right.stream().map(Column::name).toList());
    names.remove("");
    return List.copyOf(names);
  }

  private static Column named(List<Column> columns, String name) {
    return columns.stream()
        .filter(column -> Objects.equals(column.name(), name))
        .findFirst()
        .orElseThrow(() -> UnprovedException.of("USING (" + name + ")"));
  }

  private Column merged(FromItem.JoinKind kind, Column left, Column right) {
    notes.decides(left.flow());
    notes.decides(right.flow());
    return switch (kind) {
      case INNER, LEFT, CROSS -> left;
      case RIGHT -> right;
      case FULL -> left.or(right);
    };
  }
}
