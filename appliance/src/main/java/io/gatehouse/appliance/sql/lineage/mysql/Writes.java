package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.MysqlRows;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SequentialChange;
import io.gatehouse.appliance.sql.tree.SequentialChange.Assigned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements that change rows: what is written where, and what RETURNING gives. */
final class Writes {
  private static final int MAX_ROUNDS = 50;

  private final Trace trace;
  private final Queries queries;
  private final Relations relations;
  private final Lookup lookup;

  Writes(Trace trace, Queries queries, Relations relations, Lookup lookup) {
    this.trace = trace;
    this.queries = queries;
    this.relations = relations;
    this.lookup = lookup;
  }

  List<Column> change(SequentialChange change) {
    return switch (change) {
      case SequentialChange.InsertRows insert ->
          new Insertion(queries, lookup, this).insert(insert, target(insert.table()));
      case SequentialChange.UpdateRows update ->
          queries.inScopeOf(update.with(), null, () -> update(update));
      case SequentialChange.DeleteRows delete ->
          queries.inScopeOf(delete.with(), null, () -> delete(delete));
    };
  }

  private Range target(QualifiedName table) {
    return relations.range(table);
  }

  private List<Column> update(SequentialChange.UpdateRows update) {
    Scope scope = queries.sources().from(update.tables(), null);
    Values values = queries.values(scope);
    update.where().ifPresent(values::decides);
    chosen(update.chosen(), values);
    if (update.ignoresErrors()) {
      // Which rows are left out tells what is there already.
      update.assignments().forEach(one -> keyed(holder(scope, one.column())));
    }
    assigned(scope, scope.ranges().size(), update.assignments());
    return List.of();
  }

  private Range holder(Scope scope, QualifiedName name) {
    Column column = lookup.written(scope, name.parts());
    return scope.ranges().stream()
        .filter(range -> range.columns().contains(column))
        .findFirst()
        .orElseThrow(() -> UnprovedException.of("the column \"" + name + "\" that is written"));
  }

  /** Whether there is such a row already is told by whether it is written. */
  void keyed(Range target) {
    trace.decides(Lookup.row(List.of(target)));
  }

  /**
   * One after another, or all at once, or in any order: what a column held and what is written to
   * it may be read by any of them, until nothing is added.
   *
   * @param targets how many of the scope's ranges can be written
   */
  void assigned(Scope scope, int targets, List<Assigned> assignments) {
    Scope held = scope;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Scope before = held;
      for (Assigned one : assignments) {
        Column target = target(held, targets, one);
        Flow value = queries.values(held).root(one.value()).flow();
        held = holding(held, target, target.flow().or(value));
      }
      if (held.equals(before)) {
        for (Assigned one : assignments) {
          Flow value = queries.values(held).root(one.value()).flow();
          write(target(scope, targets, one), value, true);
        }
        return;
      }
    }
    throw UnprovedException.of("more than " + MAX_ROUNDS + " columns each assigned from the next");
  }

  private Column target(Scope scope, int targets, Assigned assigned) {
    return lookup.written(
        Scope.of(null, scope.ranges().subList(0, targets)), assigned.column().parts());
  }

  /** The scope once a column may hold something else. */
  static Scope holding(Scope scope, Column column, Flow flow) {
    List<Range> ranges = new ArrayList<>();
    for (Range range : scope.ranges()) {
      ranges.add(
          range.holding(
              range.columns().stream()
                  .map(one -> one.equals(column) ? one.holding(flow) : one)
                  .toList()));
    }
    return new Scope(scope.outer(), ranges, scope.labels(), scope.further());
  }

  void write(Column target, Flow flow, boolean existing) {
    ColumnOrigin place = target.place();
    if (place == null) {
      throw UnprovedException.of("a column that is written and has no table");
    }
    // It is cut or turned into the type that is there.
    trace.risky(flow);
    trace.notes().writes(new Lineage.Write(place, flow, existing));
    // A view's column is written where it comes from.
    target
        .flow()
        .columns()
        .forEach(base -> trace.notes().writes(new Lineage.Write(base, flow, existing)));
  }

  private void chosen(SequentialChange.Chosen chosen, Values values) {
    chosen.orderBy().forEach(item -> values.arranges(item.value()));
    chosen.limit().flatMap(limit -> limit.count()).ifPresent(values::arranges);
  }

  private List<Column> delete(SequentialChange.DeleteRows delete) {
    Scope scope = queries.sources().from(delete.tables(), null);
    Values values = queries.values(scope);
    delete.where().ifPresent(values::decides);
    chosen(delete.chosen(), values);
    return returning(delete.returning(), scope);
  }

  List<Column> returning(Optional<Change.Returning> returning, Scope scope) {
    return returning
        .map(one -> queries.selects().outputs(one.items(), queries.values(scope)))
        .orElse(List.of());
  }

  // LOAD

  void load(MysqlRows.LoadFile load) {
    Range target = target(load.table());
    Scope scope = Scope.of(null, List.of(target));
    if (load.onDuplicate() != MysqlRows.OnDuplicate.FAIL || load.local()) {
      // From the client's own file, rows that are there already are left out, too.
      keyed(target);
    }
    for (MysqlRows.Field field : load.fields()) {
      switch (field) {
        case MysqlRows.ColumnField(QualifiedName column) ->
            write(lookup.written(scope, column.parts()), Flow.nothing(), false);
        case MysqlRows.VariableField _ -> {}
      }
    }
    if (load.fields().isEmpty()) {
      target.columns().forEach(column -> write(column, Flow.nothing(), false));
    }
    Scope made = Scope.of(null, List.of(made(target)));
    for (MysqlRows.Assigned one : load.set()) {
      Flow flow = queries.values(made).root(one.value()).flow();
      Column column = lookup.written(scope, one.column().parts());
      write(column, flow, false);
      made = holding(made, column.holding(Flow.nothing()), flow);
    }
  }

  /** A row before anything is written to it; what is computed of it is not followed. */
  static Range made(Range target) {
    return target.holding(
        target.columns().stream()
            .filter(column -> column.flow() instanceof Flow.Identity)
            .map(column -> column.holding(Flow.nothing()))
            .toList());
  }
}
