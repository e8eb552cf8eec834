package io.gatehouse.appliance.journal.show;

import java.util.Locale;

/** Text that does nothing to a terminal: what is not a mark on paper is written out. */
final class Printable {
  private Printable() {}

  static String line(String text) {
    int at = 0;
    while (at < text.length() && plain(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, at);
    text.substring(at)
        .codePoints()
        .forEach(
            point -> {
              if (plain(point)) {
                safe.appendCodePoint(point);
              } else {
                safe.append(word(point));
              }
            });
    return safe.toString();
  }

  /** Formats are among those that are not: some turn around what is read. */
  static boolean plain(int point) {
    if (point >= ' ' && point < 0x7f) {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String word(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u{" + Integer.toHexString(point).toLowerCase(Locale.ROOT) + "}";
    };
  }
}
