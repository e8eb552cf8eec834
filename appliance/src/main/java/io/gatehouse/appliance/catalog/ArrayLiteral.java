package io.gatehouse.appliance.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text form of a one-dimensional array, as PostgreSQL's array_out writes it. */
final class ArrayLiteral {
  private final String text;
  private int at;

  private ArrayLiteral(String text) {
    this.text = text;
  }

  /** Elements in order; null for NULL. Anything that array_out does not write is refused. */
  static List<@Nullable String> parse(String text) {
    ArrayLiteral literal = new ArrayLiteral(text);
    List<@Nullable String> elements = literal.elements();
    if (literal.at != text.length()) {
      throw literal.malformed();
    }
    return Collections.unmodifiableList(elements);
  }

  private List<@Nullable String> elements() {
    List<@Nullable String> elements = new ArrayList<>();
    expect('{');
    if (peek() == '}') {
      at++;
      return elements;
    }
    while (true) {
      elements.add(peek() == '"' ? quoted() : bare());
      if (peek() == '}') {
        at++;
        return elements;
      }
      expect(',');
    }
  }

  private String quoted() {
    StringBuilder element = new StringBuilder();
    expect('"');
    while (peek() != '"') {
      if (peek() == '\\') {
        at++;
      }
      element.append(peek());
      at++;
    }
    at++;
    return element.toString();
  }

  private @Nullable String bare() {
    int from = at;
    while (peek() != ',' && peek() != '}') {
      if (peek() == '"' || peek() == '{' || peek() == '\\') {
        throw malformed();
      }
      at++;
    }
    if (from == at) {
      throw malformed();
    }
    String element = text.substring(from, at);
    // A name that reads NULL is quoted; only the value itself is bare.
    return element.equals("NULL") ? null : element;
  }

  private char peek() {
    if (at >= text.length()) {
      throw malformed();
    }
    return text.charAt(at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw malformed();
    }
    at++;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("not an array at character " + at);
  }
}
