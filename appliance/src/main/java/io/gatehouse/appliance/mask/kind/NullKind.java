package io.gatehouse.appliance.mask.kind;

import io.gatehouse.plugin.MaskKind;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.util.Map;

/** NULL, of whatever type. */
final class NullKind implements MaskKind {

  @Override
  public String name() {
    return "null";
  }

  @Override
  public Made make(Map<String, String> parameters, ValueType type) {
    return new Settings(name(), parameters, type).made(new SameForAll(name(), false, Value.NULL));
  }
}
