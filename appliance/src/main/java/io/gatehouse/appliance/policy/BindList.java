package io.gatehouse.appliance.policy;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.gatehouse.plugin.BindValues;
import io.gatehouse.plugin.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Bind values as conditions see them. All are decoded for a condition that looks at one, because
 * CEL walks through the whole list; a condition that only counts them decodes none.
 */
final class BindList {
  static final int MOST_VALUES = 1_000;

  /** Of all values together: what a condition reads costs time on an event loop. */
  static final int MOST_CHARACTERS = 16_384;

  private final List<Object> values;
  private int characters;

  private BindList(List<Object> values) {
    this.values = values;
  }

  /** Says that a condition cannot be evaluated; it holds no value. */
  static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message, null, false, false);
    }
  }

  static BindList of(BindValues binds) {
    if (binds.count() > MOST_VALUES) {
      throw new UnreadableException("more bind values than a condition may read");
    }
    BindList list = new BindList(new ArrayList<>());
    for (int i = 0; i < binds.count(); i++) {
      list.values.add(list.converted(binds.value(i)));
    }
    return list;
  }

  static BindList counted(BindValues binds) {
    return new BindList(Collections.nCopies(binds.count(), NullValue.NULL_VALUE));
  }

  List<Object> values() {
    return values;
  }

  /** What it costs to look at all of them once. */
  int cost() {
    return characters + 1;
  }

  /** Exact decimals stay text: a double would compare wrongly without a word. */
  private Object converted(Value value) {
    return switch (value) {
      case Value.Null _ -> NullValue.NULL_VALUE;
      case Value.Bool bool -> bool.value();
      case Value.Int whole -> whole.value();
      case Value.Decimal exact -> bounded(exact.value().toString());
      case Value.Real real -> real.value();
      case Value.Text text -> bounded(text.value());
      case Value.Json json -> bounded(json.value());
      case Value.Uuid uuid -> uuid.value().toString();
      case Value.Date date -> date.value().toString();
      case Value.Timestamp local -> local.value().toString();
      case Value.Instant instant -> instant.value().toInstant();
      case Value.Special special -> bounded(special.text());
      case Value.Bytes bytes -> {
        count(bytes.value().length);
        yield CelByteString.of(bytes.value());
      }
      case Value.Opaque _ -> throw new UnreadableException("a bind value of an unknown type");
    };
  }

  private String bounded(String text) {
    count(text.length());
    return text;
  }

  private void count(int more) {
    characters += more;
    if (more > MOST_CHARACTERS || characters > MOST_CHARACTERS) {
      throw new UnreadableException("bind values that are too long for a condition");
    }
  }
}
