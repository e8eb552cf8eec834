package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Resource.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The name of a thing, part by part, and of all that is in it: a table's columns, a schema's
 * tables.
 */
record PathPattern(Kind kind, List<Glob> parts) {

  PathPattern {
    parts = List.copyOf(parts);
  }

  /** Reads {@code schema.table}; a part in double quotes is a name to the letter. */
  static PathPattern parse(Kind kind, String text) {
    int depth = Depth.of(kind);
    if (depth == 1) {
      return new PathPattern(kind, List.of(Glob.of(text)));
    }
    List<Glob> parts = new Parts(text).read();
    if (depth != Depth.OPEN && parts.size() != depth) {
      throw new IllegalArgumentException(
          "must have "
              + depth
              + " parts with dots between them ("
              + (depth == 2 ? "schema." + Words.of(kind) : "schema.table.column")
              + "), found "
              + parts.size());
    }
    return new PathPattern(kind, parts);
  }

  /**
   * A name that lacks outer parts may be the one that is meant, and so may one that has more parts
   * than expected: neither is a match, and neither is none.
   */
  Truth matches(Resource resource) {
    if (!Depth.contains(kind, resource.kind())) {
      return Truth.NO;
    }
    List<String> path = resource.path();
    int full = Depth.of(resource.kind());
    int shift = path.size() - (full == Depth.OPEN ? parts.size() : full);
    Truth truth = shift > 0 ? Truth.MAYBE : Truth.YES;
    for (int i = 0; i < parts.size(); i++) {
      truth = truth.and(part(parts.get(i), path, i + shift));
    }
    return truth;
  }

  /** Whether it may be the name of something in this table. */
  boolean mayBeIn(Resource table) {
    return table.kind() == Kind.TABLE
        && kind == Kind.COLUMN
        && new PathPattern(Kind.TABLE, parts.subList(0, parts.size() - 1)).matches(table)
            != Truth.NO;
  }

  private static Truth part(Glob glob, List<String> path, int index) {
    if (index < 0) {
      return glob.any() ? Truth.YES : Truth.MAYBE;
    }
    return Truth.of(glob.matches(path.get(index)));
  }

  boolean covers(PathPattern other) {
    if (!Depth.contains(kind, other.kind) || other.parts.size() < parts.size()) {
      return false;
    }
    if (kind == other.kind && parts.size() != other.parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).covers(other.parts.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return Words.of(kind) + " " + String.join(".", parts.stream().map(Glob::toString).toList());
  }

  /** Splits at the dots outside quotes. */
  private static final class Parts {
    private final String text;
    private final List<Glob> parts = new ArrayList<>();
    private int position;

    private Parts(String text) {
      this.text = text;
    }

    private List<Glob> read() {
      do {
        parts.add(position < text.length() && text.charAt(position) == '"' ? quoted() : plain());
      } while (dot());
      return parts;
    }

    private boolean dot() {
      if (position == text.length()) {
        return false;
      }
      if (text.charAt(position) != '.') {
        throw new IllegalArgumentException("has text behind a closing quote");
      }
      position++;
      return true;
    }

    private Glob plain() {
      int end = text.indexOf('.', position);
      String part = text.substring(position, end < 0 ? text.length() : end);
      if (part.isEmpty() || part.indexOf('"') >= 0) {
        throw new IllegalArgumentException(
            part.isEmpty() ? "has an empty part" : "has a quote inside a part");
      }
      position += part.length();
      return Glob.of(part);
    }

    private Glob quoted() {
      StringBuilder name = new StringBuilder();
      position++;
      while (position < text.length()) {
        char next = text.charAt(position++);
        if (next != '"') {
          name.append(next);
        } else if (position < text.length() && text.charAt(position) == '"') {
          name.append('"');
          position++;
        } else {
          return Glob.literal(name.toString());
        }
      }
      throw new IllegalArgumentException("has a quote that does not end");
    }
  }
}
