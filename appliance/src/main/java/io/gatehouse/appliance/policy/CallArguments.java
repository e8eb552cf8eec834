package io.gatehouse.appliance.policy;

import dev.cel.common.values.NullValue;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, read when the first condition asks. Lives for one decision. */
public final class CallArguments implements Arguments {
  /** What a condition reads costs time on an event loop. */
  private static final int MOST_VALUES = 1_000;

  private static final int MOST_CHARACTERS = 16_384;

  private final @Nullable JsonValue arguments;
  private @Nullable Map<String, Object> values;
  private int counted;
  private int characters;

  public CallArguments(@Nullable JsonValue arguments) {
    this.arguments = arguments;
  }

  /** Says that a condition cannot be evaluated; it holds no value. */
  private static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message, null, false, false);
    }
  }

  @Override
  public Map<String, Object> values() {
    Map<String, Object> read = values;
    if (read == null) {
      read = arguments == null ? Map.of() : members(arguments);
      values = read;
    }
    return read;
  }

  /** Some servers take names that differ in case for the same: no rule can tell which they read. */
  private Map<String, Object> members(JsonValue object) {
    if (!object.is(JsonKind.OBJECT)) {
      throw new UnreadableException("arguments that are no object");
    }
    Map<String, Object> members = new HashMap<>();
    for (JsonMember member : object.members()) {
      if (object.hasLookalike(member.name())) {
        throw new UnreadableException("two arguments whose names differ in case only");
      }
      count(member.name().length());
      members.put(member.name(), converted(member.value()));
    }
    return members;
  }

  private Object converted(JsonValue value) {
    count(0);
    return switch (value.kind()) {
      case OBJECT -> members(value);
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        value.items().forEach(item -> items.add(converted(item)));
        yield items;
      }
      case STRING -> {
        String text = value.text();
        count(text.length());
        yield text;
      }
      case NUMBER -> number(value.decimal());
      case BOOLEAN -> value.truth();
      case NULL -> NullValue.NULL_VALUE;
    };
  }

  /** As most readers of JSON have it: whole where it is, and a double otherwise. */
  private static Object number(BigDecimal exact) {
    try {
      return exact.longValueExact();
    } catch (ArithmeticException fraction) {
      return exact.doubleValue();
    }
  }

  private void count(int more) {
    counted++;
    characters += more;
    if (counted > MOST_VALUES || characters > MOST_CHARACTERS) {
      throw new UnreadableException("arguments that are too long for a condition");
    }
  }
}
