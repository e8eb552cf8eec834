package io.gatehouse.appliance.mask.kind;

import io.gatehouse.plugin.Mask;
import io.gatehouse.plugin.Value;
import java.util.function.UnaryOperator;

/** Replaces a value by what is made of it. */
record ByValue(String label, boolean keepsNull, UnaryOperator<Value> function) implements Mask {

  @Override
  public boolean valueIndependent() {
    return false;
  }

  @Override
  public Value mask(Value original) {
    return function.apply(original);
  }

  /** Not what the function holds. */
  @Override
  public String toString() {
    return label;
  }
}
