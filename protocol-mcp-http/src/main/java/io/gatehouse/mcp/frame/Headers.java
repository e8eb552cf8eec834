package io.gatehouse.mcp.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Header fields in the order in which they stand. None can carry a line break or another control
 * character, from whichever side it came.
 */
public record Headers(List<Field> fields) {

  public static final Headers NONE = new Headers(List.of());

  /**
   * @param name in lower case
   * @param value as ISO 8859-1, one character for each byte
   */
  public record Field(String name, String value) {
    public Field {
      name = name.toLowerCase(Locale.ROOT);
      if (!Characters.token(name)) {
        throw BrokenMessage.malformed("a header has no name that is one");
      }
      if (!Characters.fieldValue(value)) {
        throw BrokenMessage.malformed("a header has a control character in its value");
      }
    }

    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
      return name;
    }
  }

  public Headers {
    fields = List.copyOf(fields);
  }

  /** Names and values in turn. */
  public static Headers of(String... namesAndValues) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(fields);
  }

  /** The values of all fields of that name, which is in lower case. */
  public List<String> all(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
  }

  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equals(name));
  }

  /** The value of the first. */
  public Optional<String> first(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).findFirst();
  }

  /** What stands between the commas of all fields of that name, in lower case. */
  public List<String> listed(String name) {
    List<String> items = new ArrayList<>();
    for (String value : all(name)) {
      for (String item : value.split(",", -1)) {
        items.add(Characters.trimmed(item).toLowerCase(Locale.ROOT));
      }
    }
    return items;
  }

  /** The same with one more. */
  public Headers and(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(more);
  }

  /** The same with this one in the place of those of its name. */
  public Headers with(String name, String value) {
    return without(Set.of(name.toLowerCase(Locale.ROOT))).and(name, value);
  }

  /** The same with these behind. */
  public Headers and(Headers others) {
    List<Field> more = new ArrayList<>(fields);
    more.addAll(others.fields);
    return new Headers(more);
  }

  /** The same without those of these names, which are in lower case. */
  public Headers without(Set<String> names) {
    return new Headers(fields.stream().filter(field -> !names.contains(field.name())).toList());
  }
}
