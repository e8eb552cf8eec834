package io.gatehouse.spi.json;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Places in a text, as configuration names them: {@code content[*].text}, {@code
 * structuredContent.customer.ssn}, {@code rows[0]["first.name"]}. A star is every member or every
 * item, two stars are the value itself and all that is in it, however deep. Names are compared with
 * their upper and lower case.
 */
public final class JsonPath {
  private static final int MAX_STEPS = 64;

  /** One step down. */
  public sealed interface Step {
    /** The member of this name. */
    record Name(String name) implements Step {}

    /** The item of this number, from 0. */
    record Index(int index) implements Step {}

    /** Every member. */
    record EachMember() implements Step {}

    /** Every item. */
    record EachItem() implements Step {}

    /** The value itself, and all in it. */
    record Everything() implements Step {}
  }

  private final String written;
  private final List<Step> steps;

  JsonPath(String written, List<Step> steps) {
    if (steps.size() > MAX_STEPS) {
      throw new IllegalArgumentException("a path has at most " + MAX_STEPS + " steps");
    }
    this.written = written;
    this.steps = List.copyOf(steps);
  }

  /**
   * @throws IllegalArgumentException if this is none; the message says where
   */
  public static JsonPath parse(String path) {
    return new JsonPathParser(path).parse();
  }

  public List<Step> steps() {
    return steps;
  }

  /** The values at these places, each once, in the order of the text. */
  public List<JsonValue> select(JsonValue from) {
    JsonText text = from.in();
    BitSet at = new BitSet();
    at.set(from.entry());
    for (Step step : steps) {
      at = stepped(text, at, step);
    }
    List<JsonValue> found = new ArrayList<>(at.cardinality());
    at.stream().forEach(entry -> found.add(new JsonValue(text, entry)));
    return found;
  }

  private static BitSet stepped(JsonText text, BitSet from, Step step) {
    BitSet to = new BitSet();
    int end = 0;
    for (int entry = from.nextSetBit(0); entry >= 0; entry = from.nextSetBit(entry + 1)) {
      JsonValue value = new JsonValue(text, entry);
      switch (step) {
        case Step.Name(String name) -> value.find(name).ifPresent(found -> to.set(found.entry()));
        case Step.Index(int index) -> item(value, index, to);
        case Step.EachMember() -> value.members().forEach(m -> to.set(m.value().entry()));
        case Step.EachItem() -> value.items().forEach(item -> to.set(item.entry()));
        case Step.Everything() -> {
          // What an outer value holds was taken with it, so that all is walked over once.
          if (entry >= end) {
            everything(value, to);
            end = text.tape().next(entry);
          }
        }
      }
    }
    return to;
  }

  private static void item(JsonValue array, int index, BitSet to) {
    int left = index;
    for (JsonValue item : array.items()) {
      if (left-- == 0) {
        to.set(item.entry());
        return;
      }
    }
  }

  private static void everything(JsonValue value, BitSet to) {
    to.set(value.entry());
    value.members().forEach(member -> everything(member.value(), to));
    value.items().forEach(item -> everything(item, to));
  }

  /** As it was written. */
  @Override
  public String toString() {
    return written;
  }
}
