package io.gatehouse.appliance.yaml;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value at a key path. A reading that fails reports a problem and returns a stand-in, so that the
 * rest of the file is still checked; nothing made of a stand-in ever leaves {@link YamlFile#read}.
 */
public final class Item {
  private final Problems problems;
  private final String path;
  private final @Nullable Node node;

  Item(Problems problems, String path, @Nullable Node node) {
    this.problems = problems;
    this.path = path;
    this.node = node;
    if (node != null) {
      problems.visit(path, line(node));
    }
  }

  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }

  public String path() {
    return path;
  }

  /** From 1; 0 where a value is missing. For problems that only another file shows. */
  public int line() {
    return node == null ? 0 : line(node);
  }

  /** Reports a problem with this value, unless it was reported as missing already. */
  public void problem(String message) {
    if (node != null) {
      problems.add(line(node), path, message);
    }
  }

  public boolean mapping() {
    return node instanceof MappingNode;
  }

  public String text() {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
      if (scalar.getValue().isBlank()) {
        problem("must not be blank");
      }
      return scalar.getValue();
    }
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      problem("must be text, found " + found() + "; put it in quotes");
    } else {
      problem("must be text, found " + found());
    }
    return "";
  }

  /** Text, or a number or a flag as the text that it is: for values whose reader comes later. */
  public String plain() {
    return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
        ? scalar.getValue()
        : text();
  }

  public long wholeNumber(long least, long most) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
      try {
        long value = Long.parseLong(scalar.getValue());
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException tooLargeOrOctal) {
        // reported below
      }
    }
    problem("must be a whole number between " + least + " and " + most + ", found " + found());
    return least;
  }

  public boolean flag() {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return Boolean.parseBoolean(scalar.getValue());
    }
    problem("must be true or false, found " + found());
    return false;
  }

  /** One of the keys of a map that is not empty. */
  public <E> E oneOf(Map<String, E> choices) {
    if (node instanceof ScalarNode scalar) {
      E chosen = choices.get(scalar.getValue());
      if (chosen != null) {
        return chosen;
      }
    }
    String wanted = String.join(", ", choices.keySet().stream().sorted().toList());
    problem((choices.size() == 1 ? "must be " : "must be one of ") + wanted + ", found " + found());
    return choices.values().iterator().next();
  }

  /** A path, relative ones taken from the file's own folder. */
  public Path location() {
    return problems.base().resolve(text());
  }

  /** A file that is there and can be read. */
  public Path file() {
    Path file = location();
    if (problems.base().equals(file)) {
      return file; // a stand-in
    }
    if (!Files.exists(file)) {
      problem("there is no file " + file);
    } else if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      problem(file + " is not a file that can be read");
    }
    return file;
  }

  public <T> T section(Function<Section, T> reader) {
    if (node instanceof MappingNode mapping) {
      Section section = new Section(problems, path, mapping);
      T result = reader.apply(section);
      section.reportUnknownKeys();
      return result;
    }
    problem("must be a mapping of keys to values, found " + found());
    return reader.apply(new Section(problems.muted(), path, null));
  }

  public List<Item> items() {
    List<Item> items = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node element : sequence.getValue()) {
        items.add(new Item(problems, path + "[" + items.size() + "]", element));
      }
    } else {
      problem("must be a list, found " + found());
    }
    return items;
  }

  private String found() {
    return switch (node) {
      case null -> "nothing";
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
      case ScalarNode scalar -> '"' + scalar.getValue() + '"';
      case Node other when other.getNodeType() == NodeType.MAPPING -> "a mapping";
      case Node _ -> "a list";
    };
  }
}
