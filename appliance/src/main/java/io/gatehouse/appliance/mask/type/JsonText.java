package io.gatehouse.appliance.mask.type;

/**
 * Whether a text is JSON of RFC 8259 that both JSON types of a database take: no escaped zero
 * character, no half of a surrogate pair, not too deep and no number that is too long.
 */
final class JsonText {
  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 300;

  private final String text;
  private int position;

  private JsonText(String text) {
    this.text = text;
  }

  static boolean valid(String text) {
    JsonText json = new JsonText(text);
    json.blanks();
    boolean value = json.value(0);
    json.blanks();
    return value && json.position == text.length();
  }

  private boolean value(int depth) {
    if (depth > DEEPEST) {
      return false;
    }
    return switch (peek()) {
      case '{' -> members(depth, '}', true);
      case '[' -> members(depth, ']', false);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean members(int depth, char end, boolean named) {
    position++;
    blanks();
    if (take(end)) {
      return true;
    }
    while (true) {
      if (!(named ? member(depth) : value(depth + 1))) {
        return false;
      }
      blanks();
      if (take(end)) {
        return true;
      }
      if (!take(',')) {
        return false;
      }
      blanks();
    }
  }

  private boolean member(int depth) {
    if (peek() != '"' || !string()) {
      return false;
    }
    blanks();
    if (!take(':')) {
      return false;
    }
    blanks();
    return value(depth + 1);
  }

  private boolean string() {
    position++;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == '"') {
        return true;
      }
      if (c < ' ' || (c == '\\' && !escape())) {
        return false;
      }
    }
    return false;
  }

  private boolean escape() {
    char c = peek();
    position++;
    return c == 'u' ? unicode() : c != 0 && "\"\\/bfnrt".indexOf(c) >= 0;
  }

  private boolean unicode() {
    int first = four();
    if (first <= 0 || Character.isLowSurrogate((char) first)) {
      return false;
    }
    return !Character.isHighSurrogate((char) first)
        || (take('\\') && take('u') && Character.isLowSurrogate((char) Math.max(0, four())));
  }

  /** Four hex digits; negative if there are not. */
  private int four() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      code = 16 * code + digit;
      position++;
    }
    return code;
  }

  private boolean number() {
    int start = position;
    take('-');
    if (!take('0') && !digits()) {
      return false;
    }
    if (take('.') && !digits()) {
      return false;
    }
    int exponent = position;
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      // three digits go beyond any double; more go beyond numeric, and jsonb refuses them
      if (!digits() || position - exponent > 5) {
        return false;
      }
    }
    return position - start <= LONGEST_NUMBER;
  }

  private boolean digits() {
    int start = position;
    while (peek() >= '0' && peek() <= '9') {
      position++;
    }
    return position > start;
  }

  private boolean word(String word) {
    boolean there = text.startsWith(word, position);
    position += there ? word.length() : 0;
    return there;
  }

  private void blanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      position++;
    }
  }

  private boolean take(char c) {
    boolean there = peek() == c;
    position += there ? 1 : 0;
    return there;
  }

  /** The end reads as a zero, which JSON has nowhere. */
  private char peek() {
    return position < text.length() ? text.charAt(position) : 0;
  }
}
