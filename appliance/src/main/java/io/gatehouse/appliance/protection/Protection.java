package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.plugin.Verdict.Masked;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is protected of the things that one statement touches. */
final class Protection {
  private static final Comparator<ColumnOrigin> BY_NAME =
      Comparator.comparing(ColumnOrigin::schema)
          .thenComparing(ColumnOrigin::table)
          .thenComparing(ColumnOrigin::column);

  private final Catalog catalog;
  private final Map<List<String>, Masked> things = new HashMap<>();

  Protection(Catalog catalog, List<Masked> masked) {
    this.catalog = catalog;
    masked.forEach(one -> things.put(one.resource().path(), one));
  }

  /** Something that is protected and neither a column nor something that has columns. */
  Optional<Resource> unmaskable() {
    return things.values().stream()
        .map(Masked::resource)
        .filter(
            resource ->
                resource.kind() != Resource.Kind.COLUMN
                    && resource.kind() != Resource.Kind.TABLE
                    && resource.kind() != Resource.Kind.SCHEMA)
        .findFirst();
  }

  /** How a column is protected: by itself, or as the same column of a partition or its parent. */
  Optional<Masked> of(ColumnOrigin column) {
    Relation relation = catalog.relation(column.schema(), column.table());
    Stream<QualifiedName> relatives =
        relation == null
            ? Stream.of()
            : Stream.concat(relation.parents().stream(), relation.children().stream());
    return Stream.concat(Stream.of(new QualifiedName(column.schema(), column.table())), relatives)
        .flatMap(table -> own(table, column.column()).stream())
        .reduce(Protection::stricter);
  }

  private Optional<Masked> own(QualifiedName table, String column) {
    return Stream.of(
            List.of(table.schema(), table.name(), column),
            List.of(table.schema(), table.name()),
            List.of(table.schema()))
        .flatMap(path -> Optional.ofNullable(things.get(path)).stream())
        .findFirst();
  }

  private static Masked stricter(Masked one, Masked other) {
    return one.strength().compareTo(other.strength()) >= 0 ? one : other;
  }

  /** The first of these that is protected, by name: a refusal is to name the same one each time. */
  Optional<ColumnOrigin> firstOf(Collection<ColumnOrigin> columns) {
    return columns.stream().filter(column -> of(column).isPresent()).min(BY_NAME);
  }

  /** The first of these on which nothing may depend. */
  Optional<ColumnOrigin> firstStrict(Collection<ColumnOrigin> columns) {
    return columns.stream()
        .filter(
            column ->
                of(column).filter(one -> one.strength() == Verdict.Strength.STRICT).isPresent())
        .min(BY_NAME);
  }

  boolean anyStrict() {
    return things.values().stream().anyMatch(one -> one.strength() == Verdict.Strength.STRICT);
  }
}
