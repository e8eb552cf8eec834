package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.lineage.Flow;
import java.util.Collection;
import java.util.List;

/**
 * The value of an expression.
 *
 * @param total whether no part of it can fail or warn for one value and not for another
 */
record Value(Flow flow, Type type, boolean total) {
  static final Value NULL = new Value(Flow.nothing(), Type.NULL, true);
  static final Value INTEGER = new Value(Flow.nothing(), Type.INTEGER, true);
  static final Value UNKNOWN = new Value(Flow.nothing(), Type.UNKNOWN, true);

  /** What is computed from all of these. */
  static Value of(Collection<Value> parts, Type type) {
    return new Value(
        Flow.of(parts.stream().map(Value::flow).toList()),
        type,
        parts.stream().allMatch(Value::total));
  }

  /** What is computed from all of these, in a way that nothing is known of. */
  static Value unsure(Collection<Value> parts) {
    return of(parts, Type.UNKNOWN).onlyIf(false);
  }

  /** What is said of all of these when they are compared. */
  static Value compared(Value... operands) {
    return compared(List.of(operands));
  }

  static Value compared(Collection<Value> operands) {
    return of(operands, Type.INTEGER)
        .onlyIf(Type.alike(operands.stream().map(Value::type).toList()));
  }

  Value onlyIf(boolean alsoTotal) {
    return new Value(flow, type, total && alsoTotal);
  }

  Value typed(Type other) {
    return new Value(flow, other, total);
  }

  Value derived() {
    return new Value(flow.derived(), type, total);
  }
}
