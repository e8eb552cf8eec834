package io.gatehouse.spi;

import java.util.List;

/** The engine's word on a result that comes as bulk copy. */
public sealed interface CopyShape {

  CopyShape PASS = new Pass();

  /** Every row passes as it is. */
  record Pass() implements CopyShape {}

  /**
   * The values of some columns become NULL.
   *
   * @param format as the command asked for it
   * @param withheld for each column whether it does
   */
  record Withhold(CopyFormat format, List<Boolean> withheld) implements CopyShape {
    public Withhold {
      withheld = List.copyOf(withheld);
    }
  }

  /** The result is refused before its first row. */
  record Veto(Refusal refusal) implements CopyShape {}
}
