package io.gatehouse.appliance.catalog;

import java.util.Set;

/**
 * What the server asks of a relation's rows whatever a statement says.
 *
 * @param visible columns that row-level policies read: they decide which rows there are
 * @param checks what is asked of rows that change
 */
public record Conditions(Set<ColumnOrigin> visible, Set<Check> checks) {

  public static final Conditions NONE = new Conditions(Set.of(), Set.of());

  /**
   * A constraint over several columns, or over those of two relations.
   *
   * @param over columns of this relation; a row is checked when one of them changes
   * @param reads columns that decide whether it holds
   * @param onRemoval whether it is asked when a row goes, and not when one comes
   */
  public record Check(Set<String> over, Set<ColumnOrigin> reads, boolean onRemoval) {
    public Check {
      over = Set.copyOf(over);
      reads = Set.copyOf(reads);
    }
  }

  public Conditions {
    visible = Set.copyOf(visible);
    checks = Set.copyOf(checks);
  }
}
