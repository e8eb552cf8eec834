package io.gatehouse.appliance.engine;

import io.gatehouse.plugin.BindValues;
import io.gatehouse.plugin.Value;

/** The values of a statement that is being prepared, and whether a rule wanted to see them. */
final class NotBoundYet implements BindValues {
  private boolean asked;

  boolean asked() {
    return asked;
  }

  @Override
  public int count() {
    asked = true;
    return 0;
  }

  @Override
  public Value value(int index) {
    asked = true;
    throw new IndexOutOfBoundsException(index);
  }
}
