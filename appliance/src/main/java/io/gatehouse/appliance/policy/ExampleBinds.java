package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.BindValues;
import io.gatehouse.plugin.Value;
import java.util.List;
import java.util.Optional;

/** Bind values of an example, each with its type: {@code [{text: a}, {int: 7}, {bool: true}]}. */
record ExampleBinds(List<Value> values) implements BindValues {
  static final BindValues NONE = BindValues.NONE;

  ExampleBinds {
    values = List.copyOf(values);
  }

  static BindValues read(Item list) {
    return new ExampleBinds(list.items().stream().map(ExampleBinds::value).toList());
  }

  private static Value value(Item item) {
    return item.section(ExampleBinds::value);
  }

  private static Value value(Section section) {
    Optional<Value> value =
        section
            .<Value>find("text", item -> new Value.Text(item.text()))
            .or(
                () ->
                    section.find(
                        "int",
                        item -> new Value.Int(item.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE))))
            .or(() -> section.find("bool", item -> new Value.Bool(item.flag())));
    if (value.isEmpty()) {
      section.problem("must have one of: text, int, bool");
    }
    return value.orElse(Value.NULL);
  }

  @Override
  public int count() {
    return values.size();
  }

  @Override
  public Value value(int index) {
    return values.get(index);
  }
}
