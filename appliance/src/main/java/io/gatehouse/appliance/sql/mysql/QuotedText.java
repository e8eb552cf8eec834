package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.NotReadException;

/**
 * What stands between quotes.
 *
 * @param end offset behind the closing one
 */
record QuotedText(String value, int end) {

  /** A string: the quote twice is one of it, and a backslash may escape. */
  static QuotedText string(String sql, int quote, boolean backslashEscapes) {
    char mark = sql.charAt(quote);
    StringBuilder value = new StringBuilder();
    int at = quote + 1;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\\' && backslashEscapes) {
        if (at + 1 == sql.length()) {
          break;
        }
        append(value, sql.charAt(at + 1));
        at += 2;
      } else if (c != mark) {
        value.append(c);
        at++;
      } else if (isAt(sql, at + 1, mark)) {
        value.append(mark);
        at += 2;
      } else {
        return new QuotedText(value.toString(), at + 1);
      }
    }
    throw new NotReadException("a string that does not end", quote);
  }

  /** Those before a wildcard stay, for LIKE to read. */
  private static void append(StringBuilder value, char escaped) {
    switch (escaped) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'b' -> value.append('\b');
      case '0' -> value.append('\0');
      case 'Z' -> value.append('\u001a');
      case '_', '%' -> value.append('\\').append(escaped);
      default -> value.append(escaped);
    }
  }

  /** A name: only the quote twice means anything. */
  static QuotedText name(String sql, int quote) {
    QuotedText name = string(sql, quote, false);
    if (name.value.isEmpty()) {
      throw new NotReadException("a name without a character", quote);
    }
    if (name.value.endsWith(" ")) {
      throw new NotReadException("a name that ends with a space", quote);
    }
    return name;
  }

  /** Digits of hexadecimal or binary literals. */
  static QuotedText digits(String sql, int quote, int radix) {
    int end = sql.indexOf('\'', quote + 1);
    if (end < 0) {
      throw new NotReadException("a string that does not end", quote);
    }
    for (int at = quote + 1; at < end; at++) {
      if (sql.charAt(at) > 'f' || Character.digit(sql.charAt(at), radix) < 0) {
        throw new NotReadException("a digit that is none", at);
      }
    }
    if (radix == 16 && (end - quote) % 2 == 0) {
      throw new NotReadException("an odd number of digits", quote);
    }
    return new QuotedText(sql.substring(quote + 1, end), end + 1);
  }

  private static boolean isAt(String sql, int at, char c) {
    return at < sql.length() && sql.charAt(at) == c;
  }
}
