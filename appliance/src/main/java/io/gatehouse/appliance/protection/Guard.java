package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.plugin.Verdict.Strength;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy protects from one caller beside what a statement reads. Immutable.
 *
 * @param masksAnything whether anything of the database is masked for the caller
 * @param targets what is protected of the columns that the statement writes
 * @param defined something that is protected, of what the statement defines anew or takes away
 */
public record Guard(
    boolean masksAnything, Map<ColumnOrigin, Strength> targets, Optional<ColumnOrigin> defined) {

  /** Nothing is masked for the caller. */
  public static final Guard NONE = new Guard(false, Map.of(), Optional.empty());

  public Guard {
    targets = Map.copyOf(targets);
  }
}
