package io.gatehouse.appliance.detection;

/** What stands in a string of JSON, RFC 8259, 7. */
final class JsonEscapes {
  private static final String LETTERS = "bfnrt";
  private static final String MEANT = "\b\f\n\r\t";
  private static final int HEX_DIGITS = 4;

  private JsonEscapes() {}

  /** Without escapes; one that is none stays as it is. */
  static String read(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\\' || at == text.length()) {
        plain.append(c);
        continue;
      }
      char escaped = text.charAt(at++);
      int letter = LETTERS.indexOf(escaped);
      int code = escaped == 'u' ? hex(text, at) : -1;
      if (code >= 0) {
        plain.append((char) code);
        at += HEX_DIGITS;
      } else {
        plain.append(letter < 0 ? escaped : MEANT.charAt(letter));
      }
    }
    return plain.toString();
  }

  /** Negative if there are not four digits. */
  private static int hex(String text, int at) {
    if (at + HEX_DIGITS > text.length()) {
      return -1;
    }
    int code = 0;
    for (int i = at; i < at + HEX_DIGITS; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      code = 16 * code + digit;
    }
    return code;
  }

  /** With the escapes that must be. */
  static String write(String plain) {
    StringBuilder text = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
