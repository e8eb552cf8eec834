package io.gatehouse.appliance.mask.kind;

import io.gatehouse.plugin.Mask;
import io.gatehouse.plugin.Value;

/** Replaces every value by one. */
record SameForAll(String label, boolean keepsNull, Value replacement) implements Mask {

  @Override
  public boolean valueIndependent() {
    return true;
  }

  @Override
  public Value mask(Value original) {
    return replacement;
  }
}
