package io.gatehouse.appliance.masking.twin;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A statement, or a short script on one connection, as a seed gives it. What it answers depends on
 * the rows of the bank and on nothing else, and it leaves no trace there.
 *
 * @param touchesProtected whether its answer may depend on a protected value; if not, it never does
 */
public record Generated(
    long seed, List<Step> steps, Set<Construct> constructs, boolean touchesProtected) {
  public Generated {
    steps = List.copyOf(steps);
    constructs = Set.copyOf(constructs);
  }

  public String sql() {
    return steps.stream().map(Step::sql).collect(Collectors.joining(";\n"));
  }

  @Override
  public String toString() {
    return "seed " + seed + ": " + sql();
  }
}
