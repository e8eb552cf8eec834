package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.sql.lineage.Flow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of anything that rows come from.
 *
 * @param name empty if that is not certain
 * @param spelled whether the server spells it so, and not in other letters that are the same to it
 * @param total whether reading it can neither fail nor warn: the server computes it only where it
 *     is read
 * @param place the table's or view's column that is written through it; null if none is
 */
record Column(
    String name,
    boolean spelled,
    Flow flow,
    Type type,
    boolean total,
    @Nullable ColumnOrigin place) {

  static Column of(String name, Value value) {
    return new Column(name, true, value.flow(), value.type(), value.total(), null);
  }

  /** What the server calls it in a result; empty if that is not certain. */
  String label() {
    return spelled ? name : "";
  }

  Column unspelled() {
    return new Column(name, false, flow, type, total, place);
  }

  Column named(String other) {
    return new Column(other, true, flow, type, total, place);
  }

  /** The same in a row whose values are others. */
  Column holding(Flow other) {
    return new Column(name, spelled, other, type, total, place);
  }

  /** What is this column in some rows and the other one in others. */
  Column or(Column other) {
    return new Column(
        name,
        spelled,
        flow.or(other.flow),
        Type.either(List.of(type, other.type)),
        total && other.total,
        null);
  }

  /** The same, of which it is not known how long it gets. */
  Column endless() {
    return new Column(name, spelled, flow, type.endless(), total, null);
  }

  Value value() {
    return new Value(flow, type, total);
  }
}
