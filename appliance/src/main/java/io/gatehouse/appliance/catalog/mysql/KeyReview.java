package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Conditions;
import io.gatehouse.appliance.catalog.Conditions.Check;
import io.gatehouse.appliance.catalog.Edges;
import io.gatehouse.appliance.catalog.mysql.Picture.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Foreign keys, unique indexes and checks: what a change asks of other columns, or changes. */
final class KeyReview {
  /** Actions that leave the referencing table as it is. */
  private static final Set<String> REFUSING = Set.of("NO ACTION", "RESTRICT");

  private final Entries entries;
  private final Map<Entry, Set<Check>> checks = new HashMap<>();
  private final Edges cascades = new Edges();

  /** By the table and the name of the constraint or index. */
  private record Key(Entry table, String name) {}

  /** Both sides, in the order of the key. */
  private record Reference(Entry referenced, Set<String> own, Set<String> others) {}

  KeyReview(Picture picture, Entries entries) {
    this.entries = entries;
    unique(picture.of("unique"));
    picture.of("check").forEach(this::check);
    references(picture);
  }

  private void add(Entry owner, Set<String> over, Set<ColumnOrigin> reads, boolean onRemoval) {
    checks
        .computeIfAbsent(owner, _ -> new LinkedHashSet<>())
        .add(new Check(over, reads, onRemoval));
  }

  private static Set<ColumnOrigin> origins(Entry entry, Set<String> columns) {
    Set<ColumnOrigin> origins = new LinkedHashSet<>();
    columns.forEach(
        column -> origins.add(new ColumnOrigin(entry.name.schema(), entry.name.name(), column)));
    return origins;
  }

  private void unique(List<Row> rows) {
    Map<Key, Set<String>> keys = new LinkedHashMap<>();
    for (Row row : rows) {
      Entry table = entries.find(row);
      if (table != null && !table.system()) {
        Set<String> columns =
            keys.computeIfAbsent(new Key(table, row.text(2)), _ -> new LinkedHashSet<>());
        @Nullable String column = row.nullable(3);
        if (column == null) {
          @Nullable String expression = row.nullable(4);
          columns.addAll(
              expression == null ? table.columns : Mentioned.in(expression, table.columns));
        } else {
          columns.add(column);
        }
      }
    }
    keys.forEach((key, columns) -> several(key.table(), columns));
  }

  /** A condition on one column says nothing of another one. */
  private void several(Entry table, Set<String> columns) {
    if (columns.size() > 1) {
      add(table, columns, origins(table, columns), false);
    }
  }

  private void check(Row row) {
    Entry table = entries.find(row);
    if (table != null && !table.system()) {
      several(table, Mentioned.in(row.text(3), table.columns));
    }
  }

  private void references(Picture picture) {
    Map<Key, Reference> references = new LinkedHashMap<>();
    for (Row row : picture.of("key")) {
      Entry table = entries.find(row);
      Entry referenced = entries.find(row.text(4), row.text(5));
      if (table != null && referenced != null) {
        Reference reference =
            references.computeIfAbsent(
                new Key(table, row.text(2)),
                _ -> new Reference(referenced, new LinkedHashSet<>(), new LinkedHashSet<>()));
        reference.own().add(row.text(3));
        reference.others().add(row.text(6));
      }
    }
    references.forEach(
        (key, reference) -> {
          Set<ColumnOrigin> others = origins(reference.referenced(), reference.others());
          add(key.table(), reference.own(), others, false);
          Set<ColumnOrigin> own = origins(key.table(), reference.own());
          add(reference.referenced(), reference.others(), own, true);
        });
    for (Row row : picture.of("action")) {
      Entry table = entries.find(row);
      Reference reference = table == null ? null : references.get(new Key(table, row.text(2)));
      if (reference != null && table != null && changing(row)) {
        cascades.add(reference.referenced().number, table.number);
      }
    }
  }

  private static boolean changing(Row row) {
    return !REFUSING.contains(row.text(3)) || !REFUSING.contains(row.text(4));
  }

  /** From a table to those that its changes change. */
  Edges cascades() {
    return cascades;
  }

  Conditions of(Entry entry) {
    return new Conditions(Set.of(), checks.getOrDefault(entry, Set.of()));
  }
}
