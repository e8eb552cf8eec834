package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SequentialChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** INSERT and REPLACE. */
final class Insertion {
  /** How {@code VALUES(column)} finds the row that was to be written. No text can name it. */
  static final String NEW_ROW = "\0new";

  private final Queries queries;
  private final Lookup lookup;
  private final Writes writes;

  Insertion(Queries queries, Lookup lookup, Writes writes) {
    this.queries = queries;
    this.lookup = lookup;
    this.writes = writes;
  }

  List<Column> insert(SequentialChange.InsertRows insert, Range target) {
    Scope scope = Scope.of(null, List.of(target));
    List<Column> columns =
        insert.columns().isEmpty()
            ? target.shown()
            : insert.columns().stream().map(one -> lookup.written(scope, one.parts())).toList();
    List<Flow> given = given(insert.source(), target, columns);
    for (int i = 0; i < given.size(); i++) {
      writes.write(columns.get(i), given.get(i), false);
    }
    if (insert.replaces() || insert.ignoresErrors() || insert.onDuplicate().isPresent()) {
      writes.keyed(target);
    }
    insert
        .onDuplicate()
        .ifPresent(
            duplicate -> duplicate(insert, duplicate, target, newRow(target, columns, given)));
    return writes.returning(insert.returning(), scope);
  }

  private List<Flow> given(Change.Source source, Range target, List<Column> columns) {
    List<Flow> given =
        switch (source) {
          case Change.DefaultValues _ -> List.<Flow>of();
          case Change.Rows(Query query) when query.body() instanceof Query.Values rows ->
              rows(rows, target, columns);
          case Change.Rows(Query query) ->
              queries.query(query, null).stream().map(Column::flow).toList();
        };
    if (given.size() > columns.size()) {
      throw UnprovedException.of("more values than columns");
    }
    return given;
  }

  /** Values may name columns of their own row that stand before them. */
  private List<Flow> rows(Query.Values rows, Range target, List<Column> columns) {
    List<Flow> given = new ArrayList<>();
    for (List<Expression> row : rows.rows()) {
      Scope scope = Scope.of(null, List.of(Writes.made(target)));
      if (row.size() > columns.size()) {
        throw UnprovedException.of("more values than columns");
      }
      for (int i = 0; i < row.size(); i++) {
        Flow flow = queries.values(scope).root(row.get(i)).flow();
        scope = Writes.holding(scope, columns.get(i).holding(Flow.nothing()), flow);
        if (i < given.size()) {
          given.set(i, given.get(i).or(flow));
        } else {
          given.add(flow);
        }
      }
    }
    return given;
  }

  private static Range newRow(Range target, List<Column> columns, List<Flow> given) {
    List<Column> row = new ArrayList<>();
    for (Column column : Writes.made(target).columns()) {
      int index = columns.stream().map(one -> one.holding(Flow.nothing())).toList().indexOf(column);
      row.add(index < 0 || index >= given.size() ? column : column.holding(given.get(index)));
    }
    return new Range(NEW_ROW, Optional.empty(), row, false, Set.of());
  }

  private void duplicate(
      SequentialChange.InsertRows insert,
      SequentialChange.OnDuplicate duplicate,
      Range target,
      Range newRow) {
    List<Range> ranges = new ArrayList<>(List.of(target, newRow));
    duplicate
        .newRow()
        .ifPresent(
            alias ->
                ranges.add(
                    newRow
                        .holding(Sources.renamed(newRow.columns(), alias.columns()))
                        .called(Spelling.table(alias.name(), lookup.names()))
                        .opened()));
    if (insert.source() instanceof Change.Rows(Query query)
        && query.body() instanceof Query.Select select) {
      // They can be named there, too.
      ranges.addAll(
          queries
              .inScopeOf(query.with(), null, () -> queries.sources().from(select.from(), null))
              .ranges());
    }
    writes.assigned(Scope.of(null, ranges), 1, duplicate.assignments());
  }
}
