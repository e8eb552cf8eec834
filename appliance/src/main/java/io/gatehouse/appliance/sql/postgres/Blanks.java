package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.NotReadException;

/** White space and comments. */
final class Blanks {
  private Blanks() {}

  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** The offset of the next token. */
  static int skip(String sql, int from, int serverMajor) {
    int at = from;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\u000b' && serverMajor < 16) {
        throw new NotReadException("a vertical tab, which this server takes for no space", at);
      }
      if (isSpace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = lineEnd(sql, at);
      } else if (sql.startsWith("/*", at)) {
        at = commentEnd(sql, at);
      } else {
        return at;
      }
    }
    return at;
  }

  /** The offset of the line break that ends a comment, or of the text's end. */
  static int lineEnd(String sql, int from) {
    int at = from;
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private static int commentEnd(String sql, int from) {
    int depth = 0;
    int at = from;
    while (at < sql.length()) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    throw new NotReadException("a comment that does not end", from);
  }
}
