package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.analysis.Conditions;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.analysis.Resolver.Found;
import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SequentialChange;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Trait;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements that change rows. */
final class Changes {
  private final Queries queries;
  private final Findings findings;

  Changes(Queries queries, Findings findings) {
    this.queries = queries;
    this.findings = findings;
  }

  void change(Change change) {
    switch (change) {
      case SequentialChange.InsertRows insert ->
          queries.scoped(Optional.empty(), () -> insert(insert));
      case SequentialChange.UpdateRows update ->
          queries.scoped(update.with(), () -> update(update));
      case SequentialChange.DeleteRows delete ->
          queries.scoped(delete.with(), () -> delete(delete));
      case Change.Insert _, Change.Update _, Change.Delete _, Change.Merge _ ->
          throw DoubtException.of("a change in the form of another server");
    }
  }

  // INSERT and REPLACE

  private void insert(SequentialChange.InsertRows insert) {
    switch (insert.source()) {
      case Change.DefaultValues _ -> {}
      case Change.Rows(var query) -> queries.query(query);
    }
    Source target = queries.tables().source(insert.table(), insert.table().last().text());
    Set<String> written = new LinkedHashSet<>();
    insert.columns().forEach(column -> written.add(column(target, column)));
    if (insert.columns().isEmpty()) {
      written.addAll(Tables.allColumns(target.found()));
    }
    if (insert.replaces()) {
      queries.tables().changed(target.found(), Operation.DELETE, Set.of());
    }
    queries.tables().changed(target.found(), Operation.WRITE, written);
    insert.onDuplicate().ifPresent(duplicate -> onDuplicate(target, duplicate));
    insert.returning().ifPresent(returning -> returning(insert.table(), returning));
  }

  private void onDuplicate(Source target, SequentialChange.OnDuplicate duplicate) {
    duplicate
        .newRow()
        .ifPresent(
            row -> {
              queries.references().newRow(row.name().text());
              queries.references().labels(row.columns());
            });
    for (SequentialChange.Assigned assigned : duplicate.assignments()) {
      queries
          .tables()
          .changed(target.found(), Operation.WRITE, Set.of(column(target, assigned.column())));
      queries.expressions().walk(assigned.value());
    }
  }

  /** In its catalog's spelling. */
  static String column(Source target, QualifiedName name) {
    String column = name.last().text();
    return switch (target.found()) {
      case Found.Unlisted _ -> column;
      case Found.Base(var relation) -> {
        String stored = MysqlNames.column(relation, column);
        if (stored == null) {
          throw DoubtException.of("column \"" + column + "\" is not in the gate's catalog");
        }
        yield stored;
      }
    };
  }

  private void returning(QualifiedName table, Change.Returning returning) {
    findings.trait(Trait.RETURNS_CHANGED);
    queries.scoped(
        Optional.empty(),
        () -> {
          queries.target(new FromItem.Table(table, false, Optional.empty(), Optional.empty()));
          returning.items().forEach(item -> queries.item(item, false));
        });
  }

  // UPDATE

  private void update(SequentialChange.UpdateRows update) {
    List<Source> sources = queries.sources(update.tables());
    Set<Source> targets = new LinkedHashSet<>();
    for (SequentialChange.Assigned assigned : update.assignments()) {
      List<Source> written = written(sources, assigned.column());
      targets.addAll(written);
      for (Source source : written) {
        queries
            .tables()
            .changed(source.found(), Operation.WRITE, Set.of(column(source, assigned.column())));
      }
      queries.expressions().walk(assigned.value());
    }
    sources.stream().filter(source -> !targets.contains(source)).forEach(queries.tables()::read);
    condition(update.where());
    chosen(update.chosen());
  }

  /** The tables whose column it may be. */
  private static List<Source> written(List<Source> sources, QualifiedName column) {
    Optional<String> qualifier = column.schema().map(Name::text).map(References::alias);
    List<Source> written =
        sources.stream()
            .filter(source -> qualifier.isEmpty() || source.alias().equals(qualifier.get()))
            .filter(source -> has(source, column.last().text()))
            .toList();
    if (written.isEmpty()) {
      throw DoubtException.of("column \"" + column + "\" is in none of the tables to be changed");
    }
    return written;
  }

  private static boolean has(Source source, String column) {
    return switch (source.found()) {
      case Found.Unlisted _ -> true;
      case Found.Base(var relation) -> MysqlNames.column(relation, column) != null;
    };
  }

  private void condition(Optional<Expression> where) {
    where.ifPresent(queries.expressions()::walk);
    if (where.isEmpty()) {
      findings.trait(Trait.WITHOUT_CONDITION);
    }
    if (!Conditions.bounds(where)) {
      findings.trait(Trait.WHOLE_TABLE);
    }
  }

  private void chosen(SequentialChange.Chosen chosen) {
    queries.sorted(chosen.orderBy());
    chosen.limit().ifPresent(queries::limit);
  }

  // DELETE

  private void delete(SequentialChange.DeleteRows delete) {
    List<Source> sources = queries.sources(delete.tables());
    Set<Source> targets = new LinkedHashSet<>();
    for (QualifiedName name : delete.targets()) {
      List<Source> named = sources.stream().filter(source -> source.named(name)).toList();
      if (named.isEmpty()) {
        throw DoubtException.of("\"" + name + "\" is none of the tables to delete from");
      }
      targets.addAll(named);
    }
    targets.forEach(source -> queries.tables().changed(source.found(), Operation.DELETE, Set.of()));
    sources.stream().filter(source -> !targets.contains(source)).forEach(queries.tables()::read);
    condition(delete.where());
    chosen(delete.chosen());
    delete.returning().ifPresent(returning -> returning(delete.targets().getFirst(), returning));
  }
}
