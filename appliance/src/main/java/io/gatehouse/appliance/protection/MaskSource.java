package io.gatehouse.appliance.protection;

import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.ResultDescription;

/** Where masks come from. Thread-safe. */
public interface MaskSource {

  /** What a mask's name stands for, for a column. */
  Found find(String mask, ResultDescription.Column column);

  /** What was found. */
  sealed interface Found {

    record Mask(FieldMask mask) implements Found {}

    /**
     * There is none for such a column.
     *
     * @param why for the owner of the policy
     */
    record None(String why) implements Found {}
  }
}
