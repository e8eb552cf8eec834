package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.NotReadException;

/**
 * A text in quotes.
 *
 * @param value what the quotes mean
 * @param end offset behind the closing quote
 */
record QuotedText(String value, int end) {

  /** A standard string; {@code quote} is the offset of its first quote. */
  static QuotedText read(String sql, int quote, int serverMajor) {
    StringBuilder value = new StringBuilder();
    int at = quote + 1;
    while (true) {
      int next = sql.indexOf('\'', at);
      if (next < 0) {
        throw unterminated(quote);
      }
      value.append(sql, at, next);
      at = next + 1;
      if (at < sql.length() && sql.charAt(at) == '\'') {
        value.append('\'');
        at++;
        continue;
      }
      int more = continuation(sql, at, serverMajor);
      if (more < 0) {
        return new QuotedText(value.toString(), at);
      }
      at = more;
    }
  }

  /** A bit string, in which a doubled quote is not special. */
  static QuotedText readBits(String sql, int quote, int serverMajor) {
    StringBuilder value = new StringBuilder();
    int at = quote + 1;
    while (true) {
      int next = sql.indexOf('\'', at);
      if (next < 0) {
        throw unterminated(quote);
      }
      value.append(sql, at, next);
      int more = continuation(sql, next + 1, serverMajor);
      if (more < 0) {
        return new QuotedText(value.toString(), next + 1);
      }
      at = more;
    }
  }

  /** A string with backslash escapes. */
  static QuotedText readEscaped(String sql, int quote, int serverMajor) {
    EscapedValue value = new EscapedValue(sql, quote);
    int at = quote + 1;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\\') {
        at = value.readEscape(at);
      } else if (c != '\'') {
        value.append(c, at);
        at++;
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
        value.append('\'', at);
        at += 2;
      } else {
        int more = continuation(sql, at + 1, serverMajor);
        if (more < 0) {
          return new QuotedText(value.text(at), at + 1);
        }
        at = more;
      }
    }
    throw unterminated(quote);
  }

  /** {@code $tag$...$tag$}; {@code dollar} is the offset of the first dollar. */
  static QuotedText readDollar(String sql, int dollar) {
    int at = dollar + 1;
    if (at < sql.length() && Identifiers.startsIdentifier(sql.charAt(at))) {
      while (at < sql.length() && sql.charAt(at) != '$' && tagPart(sql.charAt(at))) {
        at++;
      }
    }
    if (at >= sql.length() || sql.charAt(at) != '$') {
      throw new NotReadException("a dollar that starts no token", dollar);
    }
    String delimiter = sql.substring(dollar, at + 1);
    int close = sql.indexOf(delimiter, at + 1);
    if (close < 0) {
      throw unterminated(dollar);
    }
    return new QuotedText(sql.substring(at + 1, close), close + delimiter.length());
  }

  private static boolean tagPart(char c) {
    return Identifiers.continuesIdentifier(c);
  }

  /** A name in double quotes, escapes not undone and not cut. */
  static QuotedText readIdentifier(String sql, int quote) {
    StringBuilder value = new StringBuilder();
    int at = quote + 1;
    while (true) {
      int next = sql.indexOf('"', at);
      if (next < 0) {
        throw unterminated(quote);
      }
      value.append(sql, at, next);
      at = next + 1;
      if (at >= sql.length() || sql.charAt(at) != '"') {
        break;
      }
      value.append('"');
      at++;
    }
    if (value.isEmpty()) {
      throw new NotReadException("an empty name", quote);
    }
    return new QuotedText(value.toString(), at);
  }

  /**
   * Where the string goes on: behind white space with a line break, and line comments, a further
   * quote continues it. Negative if it does not.
   */
  private static int continuation(String sql, int from, int serverMajor) {
    boolean newLine = false;
    int at = from;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\u000b' && serverMajor < 16) {
        throw new NotReadException("a vertical tab, which this server takes for no space", at);
      }
      if (Blanks.isSpace(c)) {
        newLine |= c == '\n' || c == '\r';
        at++;
      } else if (sql.startsWith("--", at)) {
        at = Blanks.lineEnd(sql, at);
      } else {
        return newLine && c == '\'' ? at + 1 : -1;
      }
    }
    return -1;
  }

  private static NotReadException unterminated(int quote) {
    return new NotReadException("a quoted text that does not end", quote);
  }
}
