package io.gatehouse.plugin;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Something a command touches.
 *
 * @param kind what it is
 * @param path its name, outermost part first, each part as the target spells it: schema, table,
 *     column. Empty where a command touches the one thing of its kind.
 */
public record Resource(Kind kind, List<String> path) {

  /** What it is. */
  public enum Kind {
    /** The caller's own session on the target. */
    SESSION,
    SERVER,
    DATABASE,
    SCHEMA,
    TABLE,
    COLUMN,
    SEQUENCE,
    FUNCTION,
    TYPE,
    /** A role, a user, a group of the target. */
    ROLE,
    SETTING,
    CHANNEL,
    /** An extension, a language, a publication: whatever else can be defined. */
    OBJECT,
    FILE,
    PROGRAM,
    TOOL,
    PROMPT,
    DOCUMENT,
    MODEL
  }

  public Resource {
    Objects.requireNonNull(kind, "kind");
    path = List.copyOf(path);
  }

  public static Resource of(Kind kind, String... path) {
    return new Resource(kind, List.of(path));
  }

  /** The innermost part, empty if there is none. */
  public String name() {
    return path.isEmpty() ? "" : path.getLast();
  }

  /** For people: {@code table hr.customers}. */
  @Override
  public String toString() {
    String words = kind.name().toLowerCase(Locale.ROOT);
    return path.isEmpty() ? words : words + " " + String.join(".", path);
  }
}
