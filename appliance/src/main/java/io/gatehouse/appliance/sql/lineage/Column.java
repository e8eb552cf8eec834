package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A column of anything that rows come from.
 *
 * @param name empty if nobody said one
 * @param visible the relation's column that the server will name as its origin, a view's included
 * @param total whether reading it cannot fail: the server computes it only where it is read
 */
record Column(String name, Flow flow, @Nullable ColumnOrigin visible, boolean total) {

  /** Of a value. */
  static Column of(String name, Value value) {
    return new Column(name, value.flow(), value.visible(), value.total());
  }

  static Column derived(String name, Flow flow) {
    return new Column(name, flow.derived(), null, true);
  }

  Column named(String other) {
    return new Column(other, flow, visible, total);
  }

  /** What is this column in some rows and the other one in others. */
  Column or(Column other) {
    return new Column(name, flow.or(other.flow), null, total && other.total);
  }
}
