package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.analysis.Columns;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.analysis.Results;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.With;
import io.gatehouse.plugin.Trait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Goes through queries and what they read from, of one statement. */
final class Queries {
  private static final Set<String> AGGREGATES =
      Set.of(
          ("avg bit_and bit_or bit_xor count group_concat json_arrayagg json_objectagg max min std"
                  + " stddev stddev_pop stddev_samp sum var_pop var_samp variance")
              .split(" "));

  private final MysqlNames names;
  private final Findings findings;
  private final References references = new References();
  private final Tables tables;
  private final Expressions expressions;
  private CommonNames common = CommonNames.NONE;

  /** What the selects around read from, innermost first: what a bare star stands for. */
  private final Deque<List<Source>> from = new ArrayDeque<>();

  Queries(Findings findings, MysqlNames names) {
    this.names = names;
    this.findings = findings;
    this.tables = new Tables(findings, names, references);
    this.expressions = new Expressions(this, findings, names);
  }

  Expressions expressions() {
    return expressions;
  }

  Tables tables() {
    return tables;
  }

  References references() {
    return references;
  }

  /** All was walked through: the columns that were read can be told. */
  void finish() {
    references.finish();
    tables.finish();
    expressions.finish(!references.columns().uses().isEmpty());
  }

  /** A query whose rows are the statement's result. */
  void result(Query query) {
    query(query);
    if (Results.unbounded(query, AGGREGATES)) {
      findings.trait(Trait.UNBOUNDED_RESULT);
    }
  }

  void query(Query query) {
    query(query, false);
  }

  /** Whether a row exists: which columns it would have does not matter. */
  void exists(Query query) {
    query(query, true);
  }

  private void query(Query query, boolean onlyExistence) {
    scoped(
        query.with(),
        () -> {
          body(query.body(), onlyExistence);
          sorted(query.orderBy());
          query.limit().ifPresent(this::limit);
        });
    if (!query.locking().isEmpty()) {
      findings.trait(Trait.LOCKS);
    }
  }

  void limit(Query.Limit limit) {
    limit.count().ifPresent(expressions::walk);
    limit.offset().ifPresent(expressions::walk);
  }

  /** Runs something with its own WITH and FROM in scope, and takes both out of scope again. */
  void scoped(Optional<With> with, Runnable body) {
    CommonNames around = common;
    with.ifPresent(this::with);
    from.push(new ArrayList<>());
    body.run();
    from.pop();
    common = around;
  }

  private void with(With with) {
    for (int i = 0; i < with.tables().size(); i++) {
      With.CommonTable table = with.tables().get(i);
      String name = names.stored(table.name().text());
      CommonNames here = common;
      if (with.recursive()) {
        common = common.before(following(with, i)).with(name);
      }
      references.labels(table.columns());
      switch (table.body()) {
        case Statement.QueryStatement(Query query) -> query(query);
        default -> throw DoubtException.of("a statement inside another that belongs nowhere");
      }
      common = here.with(name);
    }
  }

  private Set<String> following(With with, int place) {
    Set<String> following = new HashSet<>();
    with.tables().stream()
        .skip(place + 1L)
        .forEach(table -> following.add(names.stored(table.name().text())));
    return following;
  }

  private void body(Query.Body body, boolean onlyExistence) {
    switch (body) {
      case Query.Select select -> select(select, onlyExistence);
      case Query.Values values -> {
        values.rows().forEach(expressions::walkAll);
        references.unnamed();
      }
      case Query.WholeTable(FromItem.Table table) -> {
        read(List.of(table));
        star();
      }
      case Query.SetOperation operation -> {
        query(operation.left());
        query(operation.right());
      }
    }
  }

  private void select(Query.Select select, boolean onlyExistence) {
    read(select.from());
    select.items().forEach(item -> item(item, onlyExistence));
    select.where().ifPresent(expressions::walk);
    select.groupBy().forEach(this::grouping);
    select.having().ifPresent(expressions::walk);
    select.windows().forEach(window -> expressions.window(window.definition()));
  }

  void item(Query.SelectItem item, boolean onlyExistence) {
    boolean star = item.value() instanceof Expression.AllColumns;
    if (!(onlyExistence && star)) {
      expressions.walk(item.value());
    }
    if (item.label().isPresent()) {
      references.label(item.label().get().text());
    } else if (!star && !(item.value() instanceof Expression.ColumnReference)) {
      references.unnamed();
    }
  }

  private void grouping(Query.Grouping grouping) {
    switch (grouping) {
      case Query.GroupBy(Expression key) -> expressions.walk(key);
      case Query.EmptyGroup _ -> {}
      case Query.GroupingSet set -> set.items().forEach(this::grouping);
    }
  }

  void sorted(List<SortItem> items) {
    items.forEach(item -> expressions.walk(item.value()));
  }

  /** A bare star: every column of what the innermost select reads from. */
  void star() {
    if (from.isEmpty()) {
      throw DoubtException.of("a star that stands for nothing");
    }
    for (Source source : from.element()) {
      Columns.Use use = source.use();
      if (use != null) {
        use.all();
      }
    }
  }

  // FROM

  /** Rows of these are read. */
  private void read(List<FromItem> items) {
    sources(items).forEach(tables::read);
  }

  /** Walks through what rows come from; whether those tables are read, the caller says. */
  List<Source> sources(List<FromItem> items) {
    List<Source> sources = new ArrayList<>();
    items.forEach(item -> item(item, sources));
    return sources;
  }

  private void item(FromItem item, List<Source> sources) {
    switch (item) {
      case FromItem.Table table -> table(table).ifPresent(sources::add);
      case FromItem.Derived derived -> {
        query(derived.query());
        alias(derived.alias());
      }
      case FromItem.Join join -> join(join, sources);
      case FromItem.TableExpression table -> {
        expressions.walkAll(table.arguments());
        for (FromItem.TableColumn column : table.columns()) {
          references.label(column.name().text());
          expressions.walkAll(column.expressions());
        }
        alias(table.alias());
      }
      case FromItem.Functions _ -> throw DoubtException.of("a function of the server in FROM");
    }
  }

  private void alias(Optional<FromItem.Alias> alias) {
    alias.ifPresent(
        given -> {
          references.other(given.name().text());
          references.labels(given.columns());
        });
  }

  private void join(FromItem.Join join, List<Source> sources) {
    item(join.left(), sources);
    item(join.right(), sources);
    switch (join.condition()) {
      case FromItem.Cross _ -> {}
      case FromItem.Natural _ -> references.columns().everything();
      case FromItem.Using using ->
          using.columns().forEach(column -> references.column(List.of(column)));
      case FromItem.On(Expression condition) -> expressions.walk(condition);
    }
  }

  private Optional<Source> table(FromItem.Table table) {
    Name last = table.name().last();
    String alias = table.alias().map(FromItem.Alias::name).orElse(last).text();
    if (table.name().parts().size() == 1 && common.has(names.stored(last.text()))) {
      references.other(alias);
      return Optional.empty();
    }
    Source source = tables.source(table.name(), alias);
    from.element().add(source);
    return Optional.of(source);
  }

  /** What a statement changes can be named in its expressions. */
  Source target(FromItem.Table table) {
    return table(table).orElseThrow(() -> DoubtException.of("a change of what WITH calls so"));
  }
}
