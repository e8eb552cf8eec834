package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.Definitions.Entry;
import io.gatehouse.appliance.catalog.Sections.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conditions of each relation, from its row-level policies and its constraints. */
final class ConditionReview {
  private final Definitions definitions;
  private final Map<Long, Set<ColumnOrigin>> visible = new HashMap<>();
  private final Map<Long, Set<Conditions.Check>> checks = new HashMap<>();

  ConditionReview(Sections sections, Definitions definitions) {
    this.definitions = definitions;
    sections.of("secured").forEach(this::secured);
    sections.of("key").forEach(this::key);
  }

  Conditions of(long relation) {
    return new Conditions(
        visible.getOrDefault(relation, Set.of()), checks.getOrDefault(relation, Set.of()));
  }

  private void secured(Row row) {
    @Nullable Entry read = definitions.relations.get(row.oid(1));
    if (read == null) {
      return;
    }
    Set<ColumnOrigin> columns = visible.computeIfAbsent(row.oid(0), _ -> new LinkedHashSet<>());
    columns.addAll(columns(read, List.of(row.oid(2))));
    if (read.view()) {
      columns.addAll(definitions.origins(read.oid()));
    }
  }

  private void key(Row row) {
    @Nullable Entry owner = definitions.relations.get(row.oid(0));
    @Nullable Entry read = definitions.relations.get(row.oid(2));
    if (owner == null || read == null) {
      return;
    }
    Set<String> over = new LinkedHashSet<>();
    columns(owner, row.oids(1)).forEach(column -> over.add(column.column()));
    checks
        .computeIfAbsent(row.oid(0), _ -> new LinkedHashSet<>())
        .add(new Conditions.Check(over, columns(read, row.oids(3)), row.yes(4)));
  }

  /** By their numbers; 0 is the row as a whole. */
  private static Set<ColumnOrigin> columns(Entry entry, Collection<Long> numbers) {
    Set<ColumnOrigin> found = new LinkedHashSet<>();
    for (int i = 0; i < entry.columns().size(); i++) {
      String name = entry.columns().get(i);
      if (name != null && (numbers.contains(i + 1L) || numbers.contains(0L))) {
        found.add(new ColumnOrigin(entry.name().schema(), entry.name().name(), name));
      }
    }
    return found;
  }
}
