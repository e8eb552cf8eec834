package io.gatehouse.appliance.mask.kind;

import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.MaskKind;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.util.Map;

/** The fixed value of the type. */
final class RedactKind implements MaskKind {

  @Override
  public String name() {
    return "redact";
  }

  @Override
  public Made make(Map<String, String> parameters, ValueType type) {
    Settings settings = new Settings(name(), parameters, type);
    boolean keepsNull = settings.flag("keep-null", false);
    Value whole = WholeValue.of(type);
    if (whole.equals(Value.NULL)) {
      settings.undefined(
          "no value of it is known to be harmless; use null, or constant with a label");
    }
    return settings.made(new SameForAll(name(), keepsNull, whole));
  }
}
