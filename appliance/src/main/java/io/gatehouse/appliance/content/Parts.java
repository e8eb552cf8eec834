package io.gatehouse.appliance.content;

import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a result is made of, as the protocol has it: texts, binary content, words of the protocol's
 * own, and the rest.
 */
public final class Parts {
  /** What is in there is the server's own, whatever its names. */
  private static final Set<String> OWN = Set.of("structuredContent", "_meta");

  /** The members that hold binary content, in base 64. */
  private static final Set<String> BINARY = Set.of("data", "blob");

  /** Closed lists of words, without which no client could read the rest. */
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "type",
              Set.of(
                  "text", "image", "audio", "resource", "resource_link", "tool_use", "tool_result"),
          "role", Set.of("user", "assistant"),
          "resultType", Set.of("complete", "input_required", "task"),
          "cacheScope", Set.of("public", "private"));

  /** A value may be the same word as one of the protocol's names, and tells nothing there. */
  private static final Set<String> NAMES =
      Set.of(
          "content",
          "contents",
          "text",
          "data",
          "blob",
          "type",
          "role",
          "resource",
          "messages",
          "mimeType",
          "description",
          "title",
          "name",
          "annotations",
          "audience",
          "priority",
          "isError",
          "structuredContent",
          "_meta",
          "resultType",
          "completion",
          "values",
          "total",
          "hasMore",
          "lastModified");

  private final Set<JsonValue> texts = new LinkedHashSet<>();
  private final Set<JsonValue> binary = new LinkedHashSet<>();
  private final Set<JsonValue> words = new HashSet<>();
  private boolean lookalike;

  private Parts() {}

  public static Parts of(JsonValue result) {
    Parts parts = new Parts();
    for (JsonMember member : result.members()) {
      parts.lookalike |= lookalike(member.name());
      boolean failed = member.name().equals("isError") && member.value().is(JsonKind.BOOLEAN);
      if (failed) {
        parts.words.add(member.value());
      } else if (!OWN.contains(member.name())) {
        parts.member(member);
      }
    }
    return parts;
  }

  private void member(JsonMember member) {
    JsonValue value = member.value();
    if (!value.is(JsonKind.STRING)) {
      inside(value);
    } else if (member.name().equalsIgnoreCase("text")) {
      texts.add(value);
    } else if (BINARY.stream().anyMatch(member.name()::equalsIgnoreCase)) {
      binary.add(value);
    } else if (WORDS.getOrDefault(member.name(), Set.of()).contains(value.text())) {
      words.add(value);
    }
  }

  private void inside(JsonValue value) {
    value.items().forEach(this::inside);
    for (JsonMember member : value.members()) {
      if (!OWN.contains(member.name())) {
        member(member);
      }
    }
  }

  private static boolean lookalike(String name) {
    return OWN.stream().anyMatch(own -> own.equalsIgnoreCase(name) && !own.equals(name));
  }

  /** Whether some readers would take a member for the structured content that is another. */
  boolean lookalike() {
    return lookalike;
  }

  /** Strings that a person or a model reads. */
  Set<JsonValue> texts() {
    return texts;
  }

  /** Strings that are bytes. */
  public Set<JsonValue> binary() {
    return binary;
  }

  /** Values that say how the rest is to be read, and nothing else. */
  public Set<JsonValue> words() {
    return words;
  }

  static boolean wordOfProtocol(String name) {
    return NAMES.contains(name);
  }

  /** The single values in it, itself if it is one. */
  static List<JsonValue> leaves(JsonValue value) {
    List<JsonValue> leaves = new ArrayList<>();
    leaves(value, leaves);
    return leaves;
  }

  private static void leaves(JsonValue value, List<JsonValue> to) {
    switch (value.kind()) {
      case OBJECT -> value.members().forEach(member -> leaves(member.value(), to));
      case ARRAY -> value.items().forEach(item -> leaves(item, to));
      case STRING, NUMBER, BOOLEAN, NULL -> to.add(value);
    }
  }
}
