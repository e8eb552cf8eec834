package io.gatehouse.appliance.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping at a key path. A key that nobody asked for is unknown, and that is a problem. */
public final class Section {
  private final Problems problems;
  private final String path;
  private final int line;
  private final Map<String, Item> entries = new LinkedHashMap<>();
  private final Map<String, Integer> keyLines = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();

  Section(Problems problems, String path, @Nullable MappingNode mapping) {
    this.problems = problems;
    this.path = path;
    this.line = mapping == null ? 0 : Item.line(mapping);
    for (NodeTuple tuple : mapping == null ? List.<NodeTuple>of() : mapping.getValue()) {
      add(tuple.getKeyNode(), tuple.getValueNode());
    }
  }

  private void add(Node keyNode, Node value) {
    int keyLine = Item.line(keyNode);
    if (!(keyNode instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
      problems.add(keyLine, path, "has a key that is not text; put it in quotes");
      return;
    }
    String key = scalar.getValue();
    Integer first = keyLines.putIfAbsent(key, keyLine);
    if (first != null) {
      problems.add(keyLine, pathOf(key), "is given twice, first on line " + first);
    } else if (value instanceof ScalarNode empty && empty.getTag().equals(Tag.NULL)) {
      problems.add(keyLine, pathOf(key), "has no value");
      entries.put(key, new Item(problems.muted(), pathOf(key), null));
    } else {
      entries.put(key, new Item(problems, pathOf(key), value));
    }
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  public String path() {
    return path;
  }

  /** Whether nothing is written here at all. */
  public boolean empty() {
    return entries.isEmpty();
  }

  public Problems problems() {
    return problems;
  }

  /** Reports a problem with the section as a whole. */
  public void problem(String message) {
    problems.add(line, path, message);
  }

  public Optional<Item> find(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key));
  }

  public <T> Optional<T> find(String key, Function<Item, T> reader) {
    return find(key).map(reader);
  }

  public Item require(String key) {
    return find(key)
        .orElseGet(
            () -> {
              problems.add(line, pathOf(key), "is missing");
              return new Item(problems.muted(), pathOf(key), null);
            });
  }

  /** All entries, for mappings whose keys are the user's own. */
  public Map<String, Item> entries() {
    asked.addAll(entries.keySet());
    return entries;
  }

  void reportUnknownKeys() {
    List<String> unknown = new ArrayList<>(entries.keySet());
    unknown.removeAll(asked);
    for (String key : unknown) {
      problems.add(
          keyLines.getOrDefault(key, line),
          pathOf(key),
          "is not a known key; known here: " + String.join(", ", asked));
    }
  }
}
