package io.gatehouse.appliance.catalog.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list: {@code [WORD WORD]} heads the names that follow, {@code extension NAME} begins an
 * extension, {@code #} begins a comment. A name twice is an error of the list.
 */
final class ReviewedList {
  private static final String EXTENSION = "extension ";

  private ReviewedList() {}

  static Map<String, Set<Effect>> functions(String resource) {
    return effects(read(resource, lines(resource)).getOrDefault("", Map.of()));
  }

  static Map<String, Map<String, Set<Effect>>> extensions(String resource) {
    Map<String, Map<String, Set<Effect>>> extensions = new HashMap<>();
    read(resource, lines(resource))
        .forEach((extension, names) -> extensions.put(extension, effects(names)));
    return Map.copyOf(extensions);
  }

  static Map<String, SystemRelation> relations(String resource) {
    Map<String, SystemRelation> relations = new HashMap<>();
    read(resource, lines(resource))
        .getOrDefault("", Map.of())
        .forEach((name, words) -> relations.put(name, SystemRelation.valueOf(words.getFirst())));
    return Map.copyOf(relations);
  }

  private static Map<String, Set<Effect>> effects(Map<String, List<String>> names) {
    Map<List<String>, Set<Effect>> shared = new HashMap<>();
    Map<String, Set<Effect>> effects = new HashMap<>();
    names.forEach(
        (name, words) -> effects.put(name, shared.computeIfAbsent(words, ReviewedList::parse)));
    return Map.copyOf(effects);
  }

  private static Set<Effect> parse(List<String> words) {
    Set<Effect> effects = EnumSet.noneOf(Effect.class);
    words.forEach(word -> effects.add(Effect.valueOf(word)));
    return Set.copyOf(effects);
  }

  /** Extension (empty before the first) to name to the words of its heading. */
  static Map<String, Map<String, List<String>>> read(String resource, List<String> lines) {
    Map<String, Map<String, List<String>>> all = new LinkedHashMap<>();
    String extension = "";
    List<String> heading = List.of();
    for (String line : lines) {
      String text = line.replaceFirst("(^|\\s)#.*", "").strip();
      if (text.startsWith(EXTENSION)) {
        extension = text.substring(EXTENSION.length());
        heading = List.of();
        all.put(extension, new TreeMap<>());
      } else if (text.startsWith("[") && text.endsWith("]")) {
        heading = List.of(text.substring(1, text.length() - 1).split(" ", -1));
      } else if (!text.isEmpty()) {
        Map<String, List<String>> names = all.computeIfAbsent(extension, _ -> new TreeMap<>());
        for (String name : text.split("\\s+", -1)) {
          add(resource, names, name, heading);
        }
      }
    }
    return all;
  }

  private static void add(
      String resource, Map<String, List<String>> names, String name, List<String> heading) {
    if (heading.isEmpty()) {
      throw new IllegalStateException(resource + ": " + name + " has no heading");
    }
    @Nullable List<String> before = names.put(name, heading);
    if (before != null) {
      throw new IllegalStateException(resource + ": " + name + " is there twice");
    }
  }

  private static List<String> lines(String resource) {
    try (InputStream content = ReviewedList.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IllegalStateException(resource + " is not in the jar");
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
