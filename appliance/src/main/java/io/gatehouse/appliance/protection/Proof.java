package io.gatehouse.appliance.protection;

import io.gatehouse.plugin.Verdict.Masked;
import java.util.List;

/** Whether a statement may run for somebody who must not see the protected columns. */
public sealed interface Proof {

  /**
   * It may, if this is done to its result.
   *
   * @param columns in the order of the result
   * @param strict whether nothing may depend on what is protected
   */
  record Holds(List<Treated> columns, boolean strict) implements Proof {
    public Holds {
      columns = List.copyOf(columns);
    }

    boolean masks() {
      return columns.stream().anyMatch(column -> !(column instanceof Treated.Untouched));
    }
  }

  /**
   * It may not.
   *
   * @param why what it would do
   * @param instead what the caller can do
   */
  record Fails(String why, String instead) implements Proof {}

  /** What happens to one column of a result. */
  sealed interface Treated {

    record Untouched() implements Treated {}

    /** Its values are masked. */
    record ByMask(Masked masked) implements Treated {}

    /** Its values were computed from what is protected, and become NULL. */
    record Withheld() implements Treated {}
  }
}
