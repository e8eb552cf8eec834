package io.gatehouse.mcp.frame;

/** What may stand where (RFC 9110, sections 5.5 and 5.6.2). */
final class Characters {
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

  private Characters() {}

  static boolean token(String text) {
    return !text.isEmpty() && text.chars().allMatch(Characters::tokenCharacter);
  }

  private static boolean tokenCharacter(int c) {
    return letterOrDigit(c) || TOKEN_SIGNS.indexOf(c) >= 0;
  }

  private static boolean letterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Whether it may be a field's value, or a part of one; no control character is. */
  static boolean fieldValue(String text) {
    return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= 0xFF && c != 0x7F));
  }

  /** Whether it is made of visible ASCII only. */
  static boolean visible(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && blank(text.charAt(from))) {
      from++;
    }
    while (to > from && blank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }
}
