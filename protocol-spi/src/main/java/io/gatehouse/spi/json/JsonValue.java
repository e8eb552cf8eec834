package io.gatehouse.spi.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A value of a text, and where it is there. Two are equal if they are the same place. */
public final class JsonValue {
  private final JsonText text;
  private final int entry;

  JsonValue(JsonText text, int entry) {
    this.text = text;
    this.entry = entry;
  }

  /** The text that it stands in. */
  public JsonText within() {
    return text;
  }

  public JsonKind kind() {
    return text.tape().kind(entry);
  }

  public boolean is(JsonKind kind) {
    return kind() == kind;
  }

  /** Its first byte in the text. */
  public int start() {
    return text.tape().start(entry);
  }

  /** The byte after its last. */
  public int end() {
    return text.tape().end(entry);
  }

  /** Its bytes as they stand in the text, quotes and escapes included; a copy. */
  public byte[] bytes() {
    return Arrays.copyOfRange(text.bytes(), start(), end());
  }

  /** What the string means. */
  public String text() {
    require(JsonKind.STRING);
    return JsonStrings.text(text.bytes(), text.tape(), entry);
  }

  /** The number as it is written. */
  public String number() {
    require(JsonKind.NUMBER);
    return new String(text.bytes(), start(), end() - start(), StandardCharsets.US_ASCII);
  }

  /** The number exactly; its digits and its exponent are bounded. */
  public BigDecimal decimal() {
    return new BigDecimal(number());
  }

  public boolean truth() {
    require(JsonKind.BOOLEAN);
    return text.bytes()[start()] == 't';
  }

  /** How many members an object or items an array has; else 0. */
  public int size() {
    return text.tape().size(entry);
  }

  /** The member of this name; none where this is not an object. */
  public Optional<JsonValue> find(String name) {
    if (!is(JsonKind.OBJECT)) {
      return Optional.empty();
    }
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    JsonTape tape = text.tape();
    int end = tape.next(entry);
    for (int at = entry + 1; at < end; at = tape.next(at + 1)) {
      if (named(at, name, utf8)) {
        return Optional.of(new JsonValue(text, at + 1));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a member is there whose name differs from this one in upper and lower case only. Some
   * readers take it for this one, Go's among them.
   */
  public boolean hasLookalike(String name) {
    for (JsonMember member : members()) {
      if (!member.name().equals(name) && member.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** The members of an object, in the order of the text; none where this is not an object. */
  public Iterable<JsonMember> members() {
    if (!is(JsonKind.OBJECT)) {
      return List.of();
    }
    return () ->
        new Walk<>(
            2,
            name ->
                new JsonMember(
                    JsonStrings.text(text.bytes(), text.tape(), name),
                    new JsonValue(text, name + 1)));
  }

  /** The items of an array; none where this is not an array. */
  public Iterable<JsonValue> items() {
    if (!is(JsonKind.ARRAY)) {
      return List.of();
    }
    return () -> new Walk<>(1, item -> new JsonValue(text, item));
  }

  /**
   * As Java's own values: {@code Map} in the order of the text, {@code List}, {@code String},
   * {@code BigDecimal}, {@code Boolean} or null. Not to be changed.
   */
  public @Nullable Object plain() {
    return switch (kind()) {
      case OBJECT -> {
        Map<String, @Nullable Object> members = LinkedHashMap.newLinkedHashMap(size());
        members().forEach(member -> members.put(member.name(), member.value().plain()));
        yield Collections.unmodifiableMap(members);
      }
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>(size());
        items().forEach(item -> items.add(item.plain()));
        yield Collections.unmodifiableList(items);
      }
      case STRING -> text();
      case NUMBER -> decimal();
      case BOOLEAN -> truth();
      case NULL -> null;
    };
  }

  /** The same as a text of its own, which does not keep the whole text in memory. */
  public JsonValue detached() {
    JsonTape alone = new JsonTape();
    int first = start();
    for (int at = entry; at < text.tape().next(entry); at++) {
      alone.addMoved(text.tape(), at, first, entry);
    }
    return new JsonText(bytes(), alone).root();
  }

  JsonText in() {
    return text;
  }

  int entry() {
    return entry;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonValue value && value.text == text && value.entry == entry;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(text) * 31 + entry;
  }

  /** Says nothing of the content, which may be protected. */
  @Override
  public String toString() {
    return switch (kind()) {
      case OBJECT -> "object of " + size();
      case ARRAY -> "array of " + size();
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
    };
  }

  private boolean named(int at, String name, byte[] utf8) {
    JsonTape tape = text.tape();
    if (tape.escaped(at)) {
      return JsonStrings.text(text.bytes(), tape, at).equals(name);
    }
    return Arrays.equals(text.bytes(), tape.start(at) + 1, tape.end(at) - 1, utf8, 0, utf8.length);
  }

  private void require(JsonKind wanted) {
    if (kind() != wanted) {
      throw new IllegalStateException("not " + wanted + ": " + kind());
    }
  }

  /** Over what this array or object holds. */
  private final class Walk<T> implements Iterator<T> {
    private final int stride;
    private final IntFunction<T> view;
    private int at = entry + 1;

    /**
     * @param stride entries from one member's or item's own to that of its value, and 1
     */
    Walk(int stride, IntFunction<T> view) {
      this.stride = stride;
      this.view = view;
    }

    @Override
    public boolean hasNext() {
      return at < text.tape().next(entry);
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      T seen = view.apply(at);
      at = text.tape().next(at + stride - 1);
      return seen;
    }
  }
}
