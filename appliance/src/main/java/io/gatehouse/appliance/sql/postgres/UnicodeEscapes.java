package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.postgres.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Undoes the escapes of {@code U&} strings and names, with the UESCAPE that may follow. */
final class UnicodeEscapes {
  private UnicodeEscapes() {}

  /** The tokens with every {@code U&} token and its UESCAPE made one. */
  static List<Token> merged(List<Token> tokens) {
    boolean none = tokens.stream().noneMatch(token -> unicode(token.kind()));
    return none ? List.copyOf(tokens) : mergedUnicode(tokens);
  }

  private static boolean unicode(Kind kind) {
    return kind == Kind.UNICODE_STRING || kind == Kind.UNICODE_IDENTIFIER;
  }

  private static List<Token> mergedUnicode(List<Token> tokens) {
    List<Token> merged = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (!unicode(token.kind())) {
        merged.add(token);
      } else if (tokens.get(i + 1).word("uescape")) {
        Token escape = tokens.get(i + 2);
        merged.add(undone(token, escapeCharacter(escape), escape.end()));
        i += 2;
      } else {
        merged.add(undone(token, '\\', token.end()));
      }
    }
    return List.copyOf(merged);
  }

  private static char escapeCharacter(Token token) {
    if (token.kind() != Kind.STRING || token.text().length() != 1) {
      throw new NotReadException("UESCAPE without one character", token.start());
    }
    char c = token.text().charAt(0);
    boolean wrong =
        c >= 0x80 || Character.digit(c, 16) >= 0 || "+'\"".indexOf(c) >= 0 || Blanks.isSpace(c);
    if (wrong) {
      throw new NotReadException("UESCAPE with a character that is none", token.start());
    }
    return c;
  }

  private static Token undone(Token token, char escape, int end) {
    String text = undone(token.text(), escape, token.start());
    return token.kind() == Kind.UNICODE_STRING
        ? new Token(Kind.STRING, text, token.start(), end)
        : new Token(Kind.QUOTED_IDENTIFIER, Identifiers.cut(text), token.start(), end);
  }

  private static String undone(String text, char escape, int position) {
    StringBuilder undone = new StringBuilder();
    int high = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == escape;
      if (c != escape || doubled) {
        refusePending(high, position);
        undone.append(c);
        i += c == escape ? 2 : 1;
      } else {
        boolean plus = i + 1 < text.length() && text.charAt(i + 1) == '+';
        int from = plus ? i + 2 : i + 1;
        int to = plus ? i + 8 : i + 5;
        high = append(undone, high, hex(text, from, to, position), position);
        i = to;
      }
    }
    refusePending(high, position);
    return undone.toString();
  }

  private static int hex(String text, int from, int to, int position) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = i < text.length() ? text.charAt(i) : '\0';
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new NotReadException("a wrong Unicode escape", position);
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private static void refusePending(int high, int position) {
    if (high != 0) {
      throw new NotReadException("half of a surrogate pair", position);
    }
  }

  /**
   * Appends a code point, or keeps the first half of a pair.
   *
   * @param high the first half that was kept, or 0
   * @return the first half to keep, or 0
   */
  static int append(StringBuilder text, int high, int value, int position) {
    if (value <= 0 || value > Character.MAX_CODE_POINT) {
      throw new NotReadException("a Unicode escape of no character", position);
    }
    boolean first = value >= 0xD800 && value <= 0xDBFF;
    boolean second = value >= 0xDC00 && value <= 0xDFFF;
    if (second != (high != 0)) {
      throw new NotReadException("half of a surrogate pair", position);
    }
    if (first) {
      return value;
    }
    text.appendCodePoint(second ? Character.toCodePoint((char) high, (char) value) : value);
    return 0;
  }
}
