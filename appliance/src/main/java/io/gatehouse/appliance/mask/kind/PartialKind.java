package io.gatehouse.appliance.mask.kind;

import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.MaskKind;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a part of a text. What has not the form it expects is masked wholly. */
abstract class PartialKind implements MaskKind {

  /** Thread-safe. */
  interface Partial {
    /** Null if the text has not the form. */
    @Nullable String of(String text);
  }

  private final String name;

  PartialKind(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  /** Reads what it needs; the type is a textual one. */
  abstract Partial partial(Settings settings, ValueType type);

  @Override
  public final Made make(Map<String, String> parameters, ValueType type) {
    Settings settings = new Settings(name, parameters, type);
    boolean keepsNull = settings.flag("keep-null", true);
    Partial partial = partial(settings, type);
    if (!type.textual()) {
      settings.undefined("it shows a part of a text");
    }
    Value whole = WholeValue.of(type);
    boolean blanks = type.family() == TypeFamily.BPCHAR;
    return settings.made(
        new ByValue(name, keepsNull, value -> masked(value, partial, blanks, whole)));
  }

  private static Value masked(Value value, Partial partial, boolean blanks, Value whole) {
    if (!(value instanceof Value.Text text)) {
      return whole;
    }
    // the blanks that a text of fixed length ends in are no part of it
    String shown = partial.of(blanks ? text.value().stripTrailing() : text.value());
    return shown == null ? whole : new Value.Text(shown);
  }
}
