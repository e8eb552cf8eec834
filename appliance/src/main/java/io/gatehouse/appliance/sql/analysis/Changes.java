package io.gatehouse.appliance.sql.analysis;

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
  private final Walk walk;
  private final Findings findings;

  Changes(Walk walk, Findings findings) {
    this.walk = walk;
    this.findings = findings;
  }

  void change(Change change) {
    switch (change) {
      case Change.Insert insert -> walk.inScopeOf(insert.with(), () -> insert(insert));
      case Change.Update update -> walk.inScopeOf(update.with(), () -> update(update));
      case Change.Delete delete -> walk.inScopeOf(delete.with(), () -> delete(delete));
      case Change.Merge merge -> walk.inScopeOf(merge.with(), () -> merge(merge));
      case SequentialChange _ ->
          throw DoubtException.of("this change is not understood on this server");
    }
  }

  private void insert(Change.Insert insert) {
    Resolver.Found target = walk.resolver().relation(insert.table());
    Set<String> written = columns(insert.columns());
    if (insert.columns().isEmpty()) {
      written = allColumns(target);
    }
    switch (insert.source()) {
      case Change.DefaultValues _ -> {}
      case Change.Rows(var query) -> walk.query(query);
    }
    walk.relations().changed(target, Operation.WRITE, written);
    String alias = insert.alias().map(Name::text).orElse(insert.table().last().text());
    aliased(target, alias, insert.returning());
    insert.onConflict().ifPresent(conflict -> onConflict(target, conflict));
    insert.returning().ifPresent(this::returning);
  }

  private void onConflict(Resolver.Found target, Change.OnConflict conflict) {
    switch (conflict.target()) {
      case Change.AnyConflict _, Change.OnConstraint _ -> {}
      case Change.OnIndex(List<Expression> keys, Optional<Expression> where) -> {
        walk.expressions().walkAll(keys);
        where.ifPresent(walk.expressions()::walk);
      }
    }
    assignments(target, conflict.update());
    conflict.where().ifPresent(walk.expressions()::walk);
  }

  private void update(Change.Update update) {
    Resolver.Found target = target(update.table(), update.returning());
    walk.items(update.from());
    assignments(target, update.assignments());
    condition(update.where());
    update.returning().ifPresent(this::returning);
  }

  private void delete(Change.Delete delete) {
    Resolver.Found target = target(delete.table(), delete.returning());
    walk.relations().changed(target, Operation.DELETE, Set.of());
    walk.items(delete.using());
    condition(delete.where());
    delete.returning().ifPresent(this::returning);
  }

  private void merge(Change.Merge merge) {
    Resolver.Found target = target(merge.table(), merge.returning());
    walk.item(merge.source());
    walk.expressions().walk(merge.on());
    if (!Conditions.bounds(Optional.of(merge.on()))) {
      findings.trait(Trait.WHOLE_TABLE);
    }
    for (Change.MergeWhen branch : merge.branches()) {
      branch.condition().ifPresent(walk.expressions()::walk);
      action(target, branch.action());
      boolean unmatched = branch.match() == Change.MatchKind.NOT_MATCHED_BY_SOURCE;
      if (unmatched && !Conditions.bounds(branch.condition())) {
        findings.trait(Trait.WHOLE_TABLE);
      }
    }
    merge.returning().ifPresent(this::returning);
  }

  private void action(Resolver.Found target, Change.MergeAction action) {
    switch (action) {
      case Change.MergeNothing _ -> {}
      case Change.MergeDelete _ -> walk.relations().changed(target, Operation.DELETE, Set.of());
      case Change.MergeUpdate(List<Change.Assignment> assignments) ->
          assignments(target, assignments);
      case Change.MergeInsert insert -> {
        walk.expressions().walkAll(insert.values());
        walk.relations()
            .changed(
                target,
                Operation.WRITE,
                insert.columns().isEmpty() ? allColumns(target) : columns(insert.columns()));
      }
    }
  }

  private Resolver.Found target(FromItem.Table table, Optional<Change.Returning> returning) {
    Resolver.Found target = walk.resolver().relation(table.name());
    aliased(target, alias(table), returning);
    return target;
  }

  /** RETURNING knows it by more names than one. */
  private void aliased(Resolver.Found target, String alias, Optional<Change.Returning> returning) {
    Set<String> aliases = new LinkedHashSet<>(Set.of(alias));
    if (returning.isPresent()) {
      aliases.add(returning.get().oldName().map(Name::text).orElse("old"));
      aliases.add(returning.get().newName().map(Name::text).orElse("new"));
    }
    walk.target(target, aliases);
  }

  private static String alias(FromItem.Table table) {
    return table
        .alias()
        .map(FromItem.Alias::name)
        .map(Name::text)
        .orElseGet(() -> last(table.name()));
  }

  private static String last(QualifiedName name) {
    return name.last().text();
  }

  private void assignments(Resolver.Found target, List<Change.Assignment> assignments) {
    for (Change.Assignment assignment : assignments) {
      walk.relations().changed(target, Operation.WRITE, columns(assignment.targets()));
      walk.expressions().walk(assignment.value());
    }
  }

  private Set<String> columns(List<Change.Target> targets) {
    Set<String> names = new LinkedHashSet<>();
    for (Change.Target target : targets) {
      names.add(target.column().text());
      walk.expressions().walkAll(target.subscripts());
    }
    return names;
  }

  private static Set<String> allColumns(Resolver.Found target) {
    return switch (target) {
      case Resolver.Found.Base(var relation) -> new LinkedHashSet<>(relation.columns());
      case Resolver.Found.Unlisted _ -> Set.of();
    };
  }

  private void condition(Optional<Expression> where) {
    where.ifPresent(walk.expressions()::walk);
    if (where.isEmpty()) {
      findings.trait(Trait.WITHOUT_CONDITION);
    }
    if (!Conditions.bounds(where)) {
      findings.trait(Trait.WHOLE_TABLE);
    }
  }

  private void returning(Change.Returning returning) {
    findings.trait(Trait.RETURNS_CHANGED);
    returning.items().forEach(item -> walk.expressions().walk(item.value()));
  }
}
