package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.With;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Goes through queries and what they read from, of one statement. */
final class Walk {
  private static final Set<QualifiedName> SAMPLES =
      Set.of(QualifiedName.of("bernoulli"), QualifiedName.of("system"));

  private final Findings findings;
  private final Resolver resolver;
  private final Columns columns = new Columns();
  private final Relations relations;
  private final Expressions expressions;

  /** The common table expressions in scope. */
  private Set<String> common = Set.of();

  /** What the selects around read from, innermost first: what a bare star stands for. */
  private final Deque<List<Columns.Use>> from = new ArrayDeque<>();

  Walk(Findings findings, Resolver resolver) {
    this.findings = findings;
    this.resolver = resolver;
    this.relations = new Relations(findings, resolver, columns);
    this.expressions = new Expressions(this, new Calls(findings, resolver, columns), columns);
  }

  Expressions expressions() {
    return expressions;
  }

  Relations relations() {
    return relations;
  }

  Resolver resolver() {
    return resolver;
  }

  Columns columns() {
    return columns;
  }

  /** All was walked through: the columns that were read can be told. */
  void finish() {
    columns.uses().forEach(relations::columnsRead);
    expressions.finish();
  }

  void query(Query query) {
    query(query, false);
  }

  /** Whether a row exists: which columns it would have does not matter. */
  void exists(Query query) {
    query(query, true);
  }

  private void query(Query query, boolean onlyExistence) {
    Set<String> around = common;
    query.with().ifPresent(this::with);
    List<Columns.Use> here = new ArrayList<>();
    from.push(here);
    body(query.body(), onlyExistence);
    sorted(query.orderBy());
    from.pop();
    query.limit().ifPresent(this::limit);
    if (!query.locking().isEmpty()) {
      findings.trait(Trait.LOCKS);
    }
    common = around;
  }

  private void limit(Query.Limit limit) {
    limit.count().ifPresent(expressions::walk);
    limit.offset().ifPresent(expressions::walk);
  }

  /** Leaves the names in scope; the caller restores what was before. */
  void with(With with) {
    Set<String> names = new HashSet<>(common);
    if (with.recursive()) {
      with.tables().forEach(table -> names.add(table.name().text()));
    }
    common = Set.copyOf(names);
    for (With.CommonTable table : with.tables()) {
      statementInside(table.body());
      table.cycle().ifPresent(cycle -> expressions.walkAll(cycle.marks()));
      names.add(table.name().text());
      common = Set.copyOf(names);
    }
  }

  /** Runs something with its own WITH in scope, and takes that out of scope again. */
  void inScopeOf(Optional<With> with, Runnable body) {
    Set<String> around = common;
    with.ifPresent(this::with);
    from.push(new ArrayList<>());
    body.run();
    from.pop();
    common = around;
  }

  private void statementInside(Statement statement) {
    switch (statement) {
      case Statement.QueryStatement(Query query) -> query(query);
      case Change change -> new Changes(this, findings).change(change);
      default -> throw DoubtException.of("a statement inside another that belongs nowhere");
    }
  }

  private void body(Query.Body body, boolean onlyExistence) {
    switch (body) {
      case Query.Select select -> select(select, onlyExistence);
      case Query.Values values -> values.rows().forEach(expressions::walkAll);
      case Query.WholeTable(FromItem.Table table) -> {
        item(table);
        from.element().forEach(Columns.Use::all);
      }
      case Query.SetOperation operation -> {
        query(operation.left());
        query(operation.right());
      }
    }
  }

  private void select(Query.Select select, boolean onlyExistence) {
    select
        .into()
        .ifPresent(
            _ -> {
              throw DoubtException.of("SELECT INTO where no table can be made");
            });
    selectBody(select, onlyExistence);
  }

  private void selectBody(Query.Select select, boolean onlyExistence) {
    select.from().forEach(this::item);
    // A name of WITH hides the relation.
    Optional<String> setting =
        common.contains("pg_settings") ? Optional.empty() : SettingRows.of(select, resolver);
    Optional<String> around = expressions.calls().settingOfRow(setting);
    outputs(select, onlyExistence);
    expressions.calls().settingOfRow(around);
    select.where().ifPresent(expressions::walk);
    select.groupBy().forEach(this::grouping);
    select.having().ifPresent(expressions::walk);
    select.windows().forEach(window -> expressions.window(window.definition()));
  }

  private void outputs(Query.Select select, boolean onlyExistence) {
    for (Query.SelectItem item : select.items()) {
      if (!(onlyExistence && item.value() instanceof Expression.AllColumns)) {
        expressions.walk(item.value());
      }
    }
    switch (select.distinctness()) {
      case Query.DistinctOn(List<Expression> keys) -> expressions.walkAll(keys);
      case Query.AllRows _, Query.DistinctRows _ -> {}
    }
  }

  /** A select whose INTO the caller has seen to. */
  void selectInto(Query query, Query.Select select) {
    Set<String> around = common;
    query.with().ifPresent(this::with);
    from.push(new ArrayList<>());
    selectBody(select, false);
    sorted(query.orderBy());
    from.pop();
    query.limit().ifPresent(this::limit);
    common = around;
  }

  private void grouping(Query.Grouping grouping) {
    switch (grouping) {
      case Query.GroupBy(Expression key) -> expressions.walk(key);
      case Query.EmptyGroup _ -> {}
      case Query.GroupingSet set -> set.items().forEach(this::grouping);
    }
  }

  void sorted(List<SortItem> items) {
    for (SortItem item : items) {
      expressions.walk(item.value());
      item.using().ifPresent(expressions::operator);
    }
  }

  /** A bare star: every column of what the innermost select reads from. */
  void star() {
    if (from.isEmpty()) {
      throw DoubtException.of("a star that stands for nothing");
    }
    from.element().forEach(Columns.Use::all);
  }

  /** What a statement changes can be named in its expressions. */
  void target(Resolver.Found target, Set<String> aliases) {
    switch (target) {
      case Resolver.Found.Base(var relation) -> from.element().add(columns.use(aliases, relation));
      case Resolver.Found.Unlisted _ -> aliases.forEach(columns::other);
    }
  }

  void items(List<FromItem> items) {
    items.forEach(this::item);
  }

  void item(FromItem item) {
    switch (item) {
      case FromItem.Table table -> table(table);
      case FromItem.Derived derived -> {
        query(derived.query());
        other(derived.alias());
      }
      case FromItem.Functions functions -> functions(functions);
      case FromItem.Join join -> join(join);
      case FromItem.TableExpression table -> {
        expressions.walkAll(table.arguments());
        for (FromItem.TableColumn column : table.columns()) {
          column.type().ifPresent(expressions::type);
          expressions.walkAll(column.expressions());
        }
        other(table.alias());
      }
    }
  }

  private void other(Optional<FromItem.Alias> alias) {
    alias.ifPresent(given -> columns.other(given.name().text()));
  }

  private void functions(FromItem.Functions functions) {
    for (FromItem.FunctionSource source : functions.sources()) {
      expressions.walk(source.call());
      source.columns().forEach(column -> expressions.type(column.type()));
    }
    functions.columns().forEach(column -> expressions.type(column.type()));
    other(functions.alias());
    for (FromItem.FunctionSource source : functions.sources()) {
      if (source.call() instanceof Expression.Call call) {
        columns.other(call.name().last().text());
      }
    }
  }

  private void join(FromItem.Join join) {
    item(join.left());
    item(join.right());
    switch (join.condition()) {
      case FromItem.Cross _ -> {}
      case FromItem.Natural _ -> {
        expressions.operator(Expressions.EQUALS);
        columns.everything();
      }
      case FromItem.Using using -> {
        expressions.operator(Expressions.EQUALS);
        using.columns().forEach(column -> columns.name(column.text()));
        using.alias().ifPresent(alias -> columns.other(alias.text()));
      }
      case FromItem.On(Expression condition) -> expressions.walk(condition);
    }
    // It hides the names and aliases of what is joined.
    if (join.alias().isPresent()) {
      other(join.alias());
      columns.everything();
    }
  }

  private void table(FromItem.Table table) {
    table.sample().ifPresent(this::sample);
    String name = table.name().last().text();
    String alias = table.alias().map(FromItem.Alias::name).map(Name::text).orElse(name);
    if (table.name().parts().size() == 1 && common.contains(name)) {
      columns.other(alias);
      return;
    }
    switch (resolver.relation(table.name())) {
      case Resolver.Found.Unlisted(String schema, String own) -> {
        findings.touches(Operation.READ, Resource.Kind.TABLE, schema, own);
        findings.userCode();
        columns.other(alias);
      }
      case Resolver.Found.Base(var relation) -> {
        relations.read(relation);
        Columns.Use use = columns.use(Set.of(alias), relation);
        if (!from.isEmpty()) {
          from.element().add(use);
        }
        if (table.alias().filter(given -> !given.columns().isEmpty()).isPresent()) {
          use.all();
        }
      }
    }
  }

  private void sample(FromItem.Sample sample) {
    boolean own = SAMPLES.contains(sample.method());
    if (!own || !resolver.routines(sample.method()).isEmpty()) {
      findings.userCode();
    }
    expressions.walkAll(sample.arguments());
    sample.repeatable().ifPresent(expressions::walk);
  }
}
