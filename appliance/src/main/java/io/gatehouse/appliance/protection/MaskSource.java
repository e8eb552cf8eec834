package io.gatehouse.appliance.protection;

import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.ResultDescription;

/** Where masks come from. Thread-safe. */
public interface MaskSource {

  /** What a mask's name stands for, for a column. */
  Found find(String mask, ResultDescription.Column column);

  /** What was found. */
  sealed interface Found {

    /**
     * @param label what it is called on record, with the id of its key if it has one
     */
    record Mask(FieldMask mask, String label) implements Found {}

    /**
     * There is none for such a column.
     *
     * @param why for the owner of the policy
     */
    record None(String why) implements Found {}
  }
}
