package io.gatehouse.appliance.sql.postgres;

/** How the server folds and cuts identifiers in a database of encoding UTF-8. */
final class Identifiers {
  /** NAMEDATALEN - 1 of the server. */
  private static final int MAX_BYTES = 63;

  private Identifiers() {}

  static boolean startsIdentifier(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  static boolean continuesIdentifier(char c) {
    return startsIdentifier(c) || (c >= '0' && c <= '9') || c == '$';
  }

  /** The server folds ASCII only, whatever the locale says. */
  static String folded(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return foldedFrom(text, i);
      }
    }
    return text;
  }

  private static String foldedFrom(String text, int first) {
    char[] folded = text.toCharArray();
    for (int i = first; i < folded.length; i++) {
      if (folded[i] >= 'A' && folded[i] <= 'Z') {
        folded[i] = Character.toLowerCase(folded[i]);
      }
    }
    return new String(folded);
  }

  /** As many whole characters as fit. */
  static String cut(String text) {
    if (text.length() * 3 <= MAX_BYTES) {
      return text;
    }
    int bytes = 0;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      bytes += utf8Length(c);
      if (bytes > MAX_BYTES) {
        return text.substring(0, i);
      }
      i += Character.charCount(c);
    }
    return text;
  }

  private static int utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
