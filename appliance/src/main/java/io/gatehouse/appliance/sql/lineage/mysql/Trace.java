package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.Notes;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is found of one statement, in it and in the views that it reads. */
final class Trace {
  private final Notes notes = new Notes();
  private final Set<ColumnOrigin> mentioned = new LinkedHashSet<>();
  private int risks;

  Notes notes() {
    return notes;
  }

  /** A column is named, whatever becomes of it. */
  void mentions(Flow flow) {
    mentioned.addAll(flow.columns());
  }

  Flow mentioned() {
    return new Flow.Derived(mentioned);
  }

  void decides(Flow flow) {
    notes.decides(flow);
  }

  void escapes(Flow flow) {
    notes.escapes(flow);
  }

  /** Something may fail or warn, by the values of these or by none at all. */
  void risky(Flow flow) {
    risks++;
    notes.risky(flow);
  }

  /** How often something risky was found: where it was not, what was read meanwhile is total. */
  int risks() {
    return risks;
  }
}
