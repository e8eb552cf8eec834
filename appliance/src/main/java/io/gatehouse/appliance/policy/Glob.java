package io.gatehouse.appliance.policy;

import java.util.Arrays;
import java.util.List;

/**
 * A name, or a pattern in which {@code *} stands for any run of characters, also none. Case counts:
 * names are compared as the target spells them.
 */
final class Glob {
  static final Glob ANY = new Glob(List.of("", ""));

  /** The literal pieces between the stars; one piece is a name. */
  private final List<String> pieces;

  private Glob(List<String> pieces) {
    this.pieces = pieces;
  }

  static Glob of(String pattern) {
    return new Glob(Arrays.asList(pattern.split("\\*", -1)));
  }

  static Glob literal(String name) {
    return new Glob(List.of(name));
  }

  boolean literal() {
    return pieces.size() == 1;
  }

  boolean any() {
    return pieces.size() > 1 && pieces.stream().allMatch(String::isEmpty);
  }

  boolean matches(String text) {
    String first = pieces.getFirst();
    if (literal()) {
      return first.equals(text);
    }
    String last = pieces.getLast();
    int end = text.length() - last.length();
    if (!text.startsWith(first) || !text.endsWith(last) || end < first.length()) {
      return false;
    }
    int position = first.length();
    for (String piece : pieces.subList(1, pieces.size() - 1)) {
      int found = text.indexOf(piece, position);
      if (found < 0 || found + piece.length() > end) {
        return false;
      }
      position = found + piece.length();
    }
    return true;
  }

  /** Whether everything that the other matches is matched by this; may be too modest. */
  boolean covers(Glob other) {
    return any() || equals(other) || (other.literal() && matches(other.pieces.getFirst()));
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Glob that && pieces.equals(that.pieces);
  }

  @Override
  public int hashCode() {
    return pieces.hashCode();
  }

  @Override
  public String toString() {
    return String.join("*", pieces);
  }
}
