package io.gatehouse.appliance.content;

import java.math.BigDecimal;

/** What stands in the place of a value. */
sealed interface Replacement {

  /** The value stays, as its mask has it. */
  record Same() implements Replacement {}

  record Text(String text) implements Replacement {}

  record Amount(BigDecimal number) implements Replacement {}

  record Truth(boolean truth) implements Replacement {}

  record Nothing() implements Replacement {}
}
