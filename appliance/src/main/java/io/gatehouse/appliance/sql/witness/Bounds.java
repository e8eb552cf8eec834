package io.gatehouse.appliance.sql.witness;

import java.util.Optional;

/**
 * How much a witness takes on. These parsers look ahead without limit and recurse, so that nesting
 * costs them time beyond any proportion.
 *
 * @param length of the text in characters
 * @param nesting of brackets and CASE
 */
record Bounds(int length, int nesting) {

  /** Why the text is too much, if it is. */
  Optional<String> exceededBy(String text) {
    if (text.length() > length) {
      return Optional.of("longer than " + length);
    }
    return deepest(text) > nesting
        ? Optional.of("nested deeper than " + nesting)
        : Optional.empty();
  }

  /** Quoted text is skipped; a text that is not well quoted will not be read anyway. */
  private static int deepest(String text) {
    int depth = 0;
    int deepest = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        int end = text.indexOf(c, at + 1);
        at = end < 0 ? text.length() : end;
      } else if (c == '(' || c == '[' || opens(text, at, "case")) {
        deepest = Math.max(deepest, ++depth);
      } else if (c == ')' || c == ']' || opens(text, at, "end")) {
        depth = Math.max(0, depth - 1);
      }
      at++;
    }
    return deepest;
  }

  private static boolean opens(String text, int at, String word) {
    int end = at + word.length();
    return text.regionMatches(true, at, word, 0, word.length())
        && (at == 0 || text.charAt(at - 1) == ' ')
        && (end == text.length() || text.charAt(end) == ' ');
  }
}
