package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.NotReadException;

/** What words without quotes are made of. */
final class Words {
  private Words() {}

  /** Keywords are ASCII, and no other letter is one of theirs in another case. */
  static boolean same(String word, String lowerCase) {
    if (word.length() != lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      char lower = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
      if (lower != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** In lower case, as far as it is ASCII: the Kelvin sign is no letter of a keyword. */
  static String lower(String word) {
    StringBuilder lower = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return lower.toString();
  }

  /** Whether a character may be anywhere in a word, at its start too. */
  static boolean belongs(char c) {
    return isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == '$'
        || c >= '\u0080';
  }

  static int end(String sql, int from) {
    int at = from;
    while (at < sql.length() && belongs(sql.charAt(at))) {
      if (Character.isSurrogate(sql.charAt(at))) {
        throw new NotReadException("a character that no name can have", at);
      }
      at++;
    }
    return at;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
