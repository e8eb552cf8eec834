package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.SequentialChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements that change rows: what is written where, and what RETURNING gives. */
final class Writes {
  private final Queries queries;
  private final Notes notes;
  private final Relations relations;

  Writes(Queries queries, Notes notes, Relations relations) {
    this.queries = queries;
    this.notes = notes;
    this.relations = relations;
  }

  List<Column> change(Change change) {
    return switch (change) {
      case Change.Insert insert -> queries.inScopeOf(insert.with(), () -> insert(insert));
      case Change.Update update -> queries.inScopeOf(update.with(), () -> update(update));
      case Change.Delete delete -> queries.inScopeOf(delete.with(), () -> delete(delete));
      case Change.Merge merge -> queries.inScopeOf(merge.with(), () -> merge(merge));
      case SequentialChange _ -> throw UnprovedException.of("columns assigned one after another");
    };
  }

  private List<Column> insert(Change.Insert insert) {
    Range target = called(relations.range(insert.table()), insert.alias());
    List<Column> columns = targets(target, insert.columns());
    List<Column> given =
        switch (insert.source()) {
          case Change.DefaultValues _ -> List.<Column>of();
          case Change.Rows(var query) -> queries.query(query, null);
        };
    if (given.size() > columns.size()) {
      throw UnprovedException.of("more values than columns");
    }
    List<Column> excluded = new ArrayList<>(target.columns());
    for (int i = 0; i < given.size(); i++) {
      writes(columns.get(i), given.get(i).flow(), false);
      int index = target.columns().indexOf(columns.get(i));
      excluded.set(index, Column.derived(columns.get(i).name(), given.get(i).flow()));
    }
    insert.onConflict().ifPresent(conflict -> onConflict(target, excluded, conflict));
    return returning(insert.returning(), target, List.of(target));
  }

  private void onConflict(Range target, List<Column> excluded, Change.OnConflict conflict) {
    Scope both = new Scope(null, List.of(target, Range.of("excluded", excluded).closed()));
    Values values = queries.values(both);
    conflict.where().ifPresent(values::decides);
    // Whether there was a conflict tells what is there already.
    switch (conflict.target()) {
      case Change.AnyConflict _, Change.OnConstraint _ -> notes.decides(target.wholeRow());
      case Change.OnIndex(List<Expression> keys, Optional<Expression> where) -> {
        Values own = queries.values(new Scope(null, List.of(target)));
        keys.forEach(own::decides);
        where.ifPresent(own::decides);
      }
    }
    assignments(target, values, conflict.update());
  }

  private List<Column> update(Change.Update update) {
    Range target = target(update.table());
    Scope scope = queries.sources().from(update.from(), null);
    Scope all = new Scope(null, List.of(target)).with(scope.ranges());
    Values values = queries.values(all);
    update.where().ifPresent(values::decides);
    assignments(target, values, update.assignments());
    return returning(update.returning(), target, all.ranges());
  }

  private List<Column> delete(Change.Delete delete) {
    Range target = target(delete.table());
    Scope scope = queries.sources().from(delete.using(), null);
    Scope all = new Scope(null, List.of(target)).with(scope.ranges());
    delete.where().ifPresent(queries.values(all)::decides);
    return returning(delete.returning(), target, all.ranges());
  }

  private List<Column> merge(Change.Merge merge) {
    Range target = target(merge.table());
    Scope source = queries.sources().from(List.of(merge.source()), null);
    // RETURNING * gives the source first.
    Scope all = source.with(List.of(target));
    Values values = queries.values(all);
    values.decides(merge.on());
    for (Change.MergeWhen branch : merge.branches()) {
      branch.condition().ifPresent(values::decides);
      action(target, values, branch.action());
    }
    return returning(merge.returning(), target, all.ranges());
  }

  private void action(Range target, Values values, Change.MergeAction action) {
    switch (action) {
      case Change.MergeNothing _, Change.MergeDelete _ -> {}
      case Change.MergeUpdate(List<Change.Assignment> assignments) ->
          assignments(target, values, assignments);
      case Change.MergeInsert insert -> {
        List<Column> columns = targets(target, insert.columns());
        if (insert.values().size() > columns.size()) {
          throw UnprovedException.of("more values than columns");
        }
        for (int i = 0; i < insert.values().size(); i++) {
          writes(columns.get(i), values.root(insert.values().get(i)).flow(), false);
        }
      }
    }
  }

  private void assignments(Range target, Values values, List<Change.Assignment> assignments) {
    for (Change.Assignment assignment : assignments) {
      Flow flow = values.root(assignment.value()).flow();
      for (Change.Target one : assignment.targets()) {
        one.subscripts().forEach(values::root);
        writes(column(target, one.column()), flow, true);
      }
    }
  }

  private void writes(Column target, Flow flow, boolean existing) {
    ColumnOrigin visible = target.visible();
    if (visible == null) {
      throw UnprovedException.of("a column that is written and has no relation");
    }
    notes.writes(new Lineage.Write(visible, flow, existing));
    // A view's column is written where it comes from.
    target.flow().columns().forEach(base -> notes.writes(new Lineage.Write(base, flow, existing)));
  }

  private static List<Column> targets(Range target, List<Change.Target> columns) {
    return columns.isEmpty()
        ? target.columns()
        : columns.stream().map(one -> column(target, one.column())).toList();
  }

  private static Column column(Range target, Name name) {
    Column column = target.column(name.text());
    if (column == null) {
      throw UnprovedException.of("the column \"" + name + "\" that is written");
    }
    return column;
  }

  private Range target(FromItem.Table table) {
    return called(relations.range(table.name()), table.alias().map(FromItem.Alias::name));
  }

  private static Range called(Range range, Optional<Name> alias) {
    return alias
        .map(
            name ->
                new Range(
                    name.text(),
                    Optional.empty(),
                    range.columns(),
                    true,
                    range.rest(),
                    range.row()))
        .orElse(range);
  }

  private List<Column> returning(
      Optional<Change.Returning> returning, Range target, List<Range> ranges) {
    if (returning.isEmpty()) {
      return List.of();
    }
    List<Range> all = new ArrayList<>(ranges);
    String before = returning.get().oldName().map(Name::text).orElse("old");
    String after = returning.get().newName().map(Name::text).orElse("new");
    for (String name : List.of(before, after)) {
      if (ranges.stream().noneMatch(range -> range.alias().equals(name))) {
        all.add(Range.of(name, target.columns()).closed());
      }
    }
    return queries.outputs(returning.get().items(), queries.values(new Scope(null, all)));
  }
}
