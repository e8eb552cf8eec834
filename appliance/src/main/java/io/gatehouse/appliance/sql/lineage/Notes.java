package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is found beside the result, of one statement. */
public final class Notes {
  private final Set<ColumnOrigin> decides = new LinkedHashSet<>();
  private final Set<ColumnOrigin> risky = new LinkedHashSet<>();
  private final Set<ColumnOrigin> escapes = new LinkedHashSet<>();
  private final Set<ColumnOrigin> touched = new LinkedHashSet<>();
  private int risks;
  private final List<Lineage.Write> writes = new ArrayList<>();

  public void decides(Flow flow) {
    decides.addAll(flow.columns());
  }

  /** A relation is read, whichever of its columns are. */
  public void touches(Flow row) {
    touched.addAll(row.columns());
  }

  /** Something may fail, by the values of these or by none at all. */
  public void risky(Flow flow) {
    risks++;
    risky.addAll(flow.columns());
  }

  /** How often something risky was found: where it was not, what was read meanwhile is total. */
  int risks() {
    return risks;
  }

  public void escapes(Flow flow) {
    escapes.addAll(flow.columns());
  }

  public void writes(Lineage.Write write) {
    writes.add(write);
  }

  /** Of a plan: how large relations are, and what is known of their values, shapes it. */
  public Lineage planOf(Lineage inner) {
    return new Lineage(
        inner.outputs(),
        Lineage.Ending.PLAN,
        inner.decides(),
        inner.risky(),
        inner.escapes(),
        inner.writes(),
        touched,
        inner.copy(),
        inner.unproved());
  }

  Lineage lineage(Collection<Column> columns, Lineage.Ending ending) {
    return lineage(
        columns.stream()
            .map(one -> new Lineage.Output(one.name(), one.flow(), one.visible()))
            .toList(),
        ending);
  }

  /** All that was found, with this result. */
  public Lineage lineage(List<Lineage.Output> outputs, Lineage.Ending ending) {
    return new Lineage(
        outputs,
        ending,
        decides,
        risky,
        escapes,
        writes,
        Set.of(),
        Optional.empty(),
        Optional.empty());
  }
}
