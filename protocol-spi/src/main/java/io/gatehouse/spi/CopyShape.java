package io.gatehouse.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine's word on a result that comes as bulk copy. */
public sealed interface CopyShape {

  CopyShape PASS = new Pass();

  /** Every row passes as it is. */
  record Pass() implements CopyShape {}

  /**
   * Rows are rewritten.
   *
   * @param format as the command asked for it
   * @param described the result, as the server described it before the command ran; whether its
   *     columns are binary is the format's to say
   * @param masks one per column, null where the column passes
   */
  record Rewrite(CopyFormat format, ResultDescription described, List<@Nullable FieldMask> masks)
      implements CopyShape {}

  /** The result is refused before its first row. */
  record Veto(Refusal refusal) implements CopyShape {}
}
