package io.gatehouse.appliance.sql.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of a statement without its constants. */
final class Fingerprint {
  private static final String CONSTANT = "?";

  private Fingerprint() {}

  /** Tokens joined with one space; constants, and lists of nothing else, become one mark. */
  static String of(List<Token> tokens) {
    List<String> words = new ArrayList<>(tokens.size());
    for (Token token : tokens) {
      words.add(word(token));
      shorten(words);
    }
    return String.join(" ", words);
  }

  private static String word(Token token) {
    return switch (token.kind()) {
      case WORD, NAME -> token.text().toLowerCase(Locale.ROOT);
      case QUOTED_NAME -> '`' + token.text().replace("`", "``") + '`';
      case INTEGER, DECIMAL, FLOAT, STRING, NATIONAL_STRING, HEX, BITS, PARAMETER -> CONSTANT;
      case USER_VARIABLE -> "@`" + token.text().replace("`", "``") + '`';
      case SYMBOL -> token.text();
      case HINT -> "/*+ */";
      case END -> "";
    };
  }

  /** {@code ? , ?} is {@code ?}, and {@code ( ? ) , ( ? )} is {@code ( ? )}. */
  private static void shorten(List<String> words) {
    if (endsWith(words, CONSTANT, ",", CONSTANT)) {
      removeLast(words, 2);
    } else if (endsWith(words, "(", CONSTANT, ")", ",", "(", CONSTANT, ")")) {
      removeLast(words, 4);
    }
  }

  private static boolean endsWith(List<String> words, String... end) {
    int offset = words.size() - end.length;
    for (int i = 0; i < end.length; i++) {
      if (offset < 0 || !words.get(offset + i).equals(end[i])) {
        return false;
      }
    }
    return true;
  }

  private static void removeLast(List<String> words, int count) {
    words.subList(words.size() - count, words.size()).clear();
  }
}
