package io.gatehouse.spi;

import io.gatehouse.plugin.Value;

/** Replaces a field. Called on the event loop for each row: fast, total, without side effects. */
public interface FieldMask {

  /**
   * A value the protocol can encode in the column's type; one that it cannot ends the command in an
   * error. The original itself leaves the field as it was, to the byte; an equal one does not.
   */
  Value mask(Value original);
}
