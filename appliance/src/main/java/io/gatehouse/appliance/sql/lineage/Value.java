package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of an expression.
 *
 * @param visible the relation's column that the server will name as its origin
 * @param total whether no part of it can fail for one value and not for another
 */
record Value(Flow flow, @Nullable ColumnOrigin visible, boolean total) {
  static final Value CONSTANT = new Value(Flow.nothing(), null, true);

  static Value of(Column column) {
    return new Value(column.flow(), column.visible(), column.total());
  }

  static Value derived(Flow flow) {
    return new Value(flow.derived(), null, true);
  }

  /** What is computed from all of these. */
  static Value of(Collection<Value> parts) {
    return new Value(
        Flow.of(parts.stream().map(Value::flow).toList()),
        null,
        parts.stream().allMatch(Value::total));
  }

  static Value of(Value... parts) {
    return of(List.of(parts));
  }

  Value onlyIf(boolean alsoTotal) {
    return new Value(flow, visible, total && alsoTotal);
  }

  Value derived() {
    return new Value(flow.derived(), null, total);
  }
}
