package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.protection.Proof.Treated;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.spi.ResultDescription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's own word on where a result's columns come from. It says nothing of expressions and
 * stops at views, so it can only object.
 */
final class Witness {
  private final Catalog catalog;
  private final Protection protection;

  Witness(Catalog catalog, Protection protection) {
    this.catalog = catalog;
    this.protection = protection;
  }

  /** Why the result is not what was expected; empty if it may be. */
  Optional<String> objection(
      ResultDescription described, List<Lineage.Output> expected, List<Treated> treated) {
    if (described.columns().size() != expected.size()) {
      return Optional.of(
          "it has "
              + described.columns().size()
              + " columns where "
              + expected.size()
              + " were expected");
    }
    for (int i = 0; i < expected.size(); i++) {
      boolean objects = objects(described.columns().get(i), expected.get(i), treated.get(i));
      if (objects) {
        return Optional.of("column " + (i + 1) + " is another than was expected");
      }
    }
    return Optional.empty();
  }

  private boolean objects(
      ResultDescription.Column column, Lineage.Output expected, Treated treated) {
    if (!expected.label().isEmpty() && !expected.label().equals(column.name())) {
      return true;
    }
    if (column.originRelation() == 0) {
      return false;
    }
    Relation relation = catalog.relation(column.originRelation());
    if (relation == null) {
      return true;
    }
    boolean untouched = treated instanceof Treated.Untouched;
    ColumnOrigin named = named(relation, column.originColumn());
    if (named == null) {
      // A hidden column, or a whole row.
      return untouched && column.originColumn() == 0 && anyProtected(relation);
    }
    if (expected.visible() != null && !expected.visible().equals(named)) {
      return true;
    }
    return untouched && protection.of(named).isPresent();
  }

  private static @Nullable ColumnOrigin named(Relation relation, int number) {
    int index = relation.anatomy().numbers().indexOf(number);
    return index < 0
        ? null
        : new ColumnOrigin(relation.schema(), relation.name(), relation.columns().get(index));
  }

  private boolean anyProtected(Relation relation) {
    return relation.columns().stream()
        .map(column -> new ColumnOrigin(relation.schema(), relation.name(), column))
        .anyMatch(column -> protection.of(column).isPresent());
  }
}
