package io.gatehouse.appliance.policy;

import java.util.Map;

/** The arguments of something that is only listed, and whether a condition wanted to see them. */
final class NotGivenYet implements Arguments {
  private boolean asked;

  boolean asked() {
    return asked;
  }

  @Override
  public Map<String, Object> values() {
    asked = true;
    throw new IllegalStateException("nothing has been called yet");
  }
}
