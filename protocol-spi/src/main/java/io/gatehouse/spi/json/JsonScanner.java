package io.gatehouse.spi.json;

/** Walks over the signs of a text: space, words, numbers and strings. Used by one thread once. */
final class JsonScanner {
  /** A double holds up to 1.8e308; some readers make infinity of more. */
  private static final int MOST_EXPONENT = 307;

  /** A double comes as near to zero as 4.9e-324; readers make zero of less. */
  private static final int LEAST_EXPONENT = -400;

  private final byte[] bytes;
  private final int numberBytes;
  private int at;
  private boolean escaped;

  JsonScanner(byte[] bytes, int numberBytes) {
    this.bytes = bytes;
    this.numberBytes = numberBytes;
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  /** Whether the last string has escapes. */
  boolean escaped() {
    return escaped;
  }

  void space() {
    while (at < bytes.length) {
      byte b = bytes[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return;
      }
      at++;
    }
  }

  byte peek() throws MalformedJsonException {
    if (at == bytes.length) {
      throw fault(JsonFault.ENDS_EARLY);
    }
    return bytes[at];
  }

  byte take() throws MalformedJsonException {
    byte b = peek();
    at++;
    return b;
  }

  void expect(char wanted) throws MalformedJsonException {
    if (peek() != wanted) {
      throw fault(JsonFault.UNEXPECTED);
    }
    at++;
  }

  void word(String word) throws MalformedJsonException {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
  }

  MalformedJsonException fault(JsonFault fault) {
    return new MalformedJsonException(fault, at);
  }

  /** A string with its quotes. */
  void string() throws MalformedJsonException {
    expect('"');
    escaped = false;
    while (true) {
      byte b = peek();
      if (b == '"') {
        at++;
        return;
      }
      if (b == '\\') {
        escaped = true;
        escape();
      } else if (b >= ' ') {
        at++;
      } else if (b >= 0) {
        throw fault(JsonFault.CONTROL_CHARACTER);
      } else {
        int length = Utf8.length(bytes, at, bytes.length);
        if (length == 0) {
          throw fault(JsonFault.NOT_UTF8);
        }
        at += length;
      }
    }
  }

  private void escape() throws MalformedJsonException {
    at++;
    switch (peek()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
      case 'u' -> {
        at++;
        character();
      }
      default -> throw fault(JsonFault.BAD_ESCAPE);
    }
  }

  private void character() throws MalformedJsonException {
    int start = at;
    char first = unit();
    if (!Character.isSurrogate(first)) {
      return;
    }
    boolean whole =
        Character.isHighSurrogate(first)
            && at + 1 < bytes.length
            && bytes[at] == '\\'
            && bytes[at + 1] == 'u';
    if (whole) {
      at += 2;
      whole = Character.isLowSurrogate(unit());
    }
    if (!whole) {
      throw new MalformedJsonException(JsonFault.HALF_A_CHARACTER, start);
    }
  }

  private char unit() throws MalformedJsonException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      byte b = peek();
      int digit = b < 0 ? -1 : Character.digit(b, 16);
      if (digit < 0) {
        throw fault(JsonFault.BAD_ESCAPE);
      }
      unit = unit * 16 + digit;
      at++;
    }
    return (char) unit;
  }

  void number() throws MalformedJsonException {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int whole = at;
    if (!digits()) {
      throw new MalformedJsonException(
          at > start ? JsonFault.BAD_NUMBER : JsonFault.UNEXPECTED, start);
    }
    int magnitude = at - whole - 1;
    if (magnitude > 0 && bytes[whole] == '0') {
      throw new MalformedJsonException(JsonFault.BAD_NUMBER, start);
    }
    if (sign('.') && !digits()) {
      throw new MalformedJsonException(JsonFault.BAD_NUMBER, start);
    }
    int exponent = sign('e') || sign('E') ? exponent(start) : 0;
    if (at - start > numberBytes
        || exponent + magnitude > MOST_EXPONENT
        || exponent < LEAST_EXPONENT) {
      throw new MalformedJsonException(JsonFault.NUMBER_TOO_BIG, start);
    }
  }

  private int exponent(int start) throws MalformedJsonException {
    boolean negative = sign('-');
    if (!negative) {
      sign('+');
    }
    int first = at;
    if (!digits()) {
      throw new MalformedJsonException(JsonFault.BAD_NUMBER, start);
    }
    int exponent = 0;
    for (int i = first; i < at; i++) {
      exponent = Math.min(exponent * 10 + bytes[i] - '0', 1_000_000);
    }
    return negative ? -exponent : exponent;
  }

  private boolean sign(char wanted) {
    boolean there = at < bytes.length && bytes[at] == wanted;
    if (there) {
      at++;
    }
    return there;
  }

  private boolean digits() {
    int first = at;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at > first;
  }
}
