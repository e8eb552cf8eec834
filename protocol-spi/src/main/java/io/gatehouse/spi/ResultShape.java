package io.gatehouse.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine's word on a described result. */
public sealed interface ResultShape {

  Pass PASS = new Pass();

  /** Every row passes as it is. */
  record Pass() implements ResultShape {}

  /**
   * Rows are rewritten.
   *
   * @param masks one per column, null where the column passes
   */
  record Rewrite(List<@Nullable FieldMask> masks) implements ResultShape {}

  /** The result is refused before its first row. */
  record Veto(Refusal refusal) implements ResultShape {}
}
