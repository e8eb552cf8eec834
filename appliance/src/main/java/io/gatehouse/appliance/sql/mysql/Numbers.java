package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.mysql.Token.Kind;

/** Numbers, and the words that begin with a digit. */
final class Numbers {
  private final String sql;
  private int at;

  private Numbers(String sql, int at) {
    this.sql = sql;
    this.at = at;
  }

  /**
   * What stands there.
   *
   * @param kind a number's, or WORD, whose end is not looked for
   */
  record Read(Kind kind, int end) {}

  /** From a digit, or a dot before one. */
  static Read read(String sql, int from) {
    return new Numbers(sql, from).read();
  }

  private Read read() {
    int from = at;
    if (sql.startsWith("0x", from) || sql.startsWith("0b", from)) {
      return prefixed(from);
    }
    digits();
    if (current() == '.') {
      at++;
      digits();
      return decimal(from);
    }
    if (!Words.belongs(current())) {
      return new Read(Kind.INTEGER, at);
    }
    return exponent() ? new Read(Kind.FLOAT, at) : new Read(Kind.WORD, from);
  }

  /** With digits only, and at least one, it is a number; else it is a word. */
  private Read prefixed(int from) {
    int radix = sql.charAt(from + 1) == 'x' ? 16 : 2;
    at = from + 2;
    while (current() <= 'f' && Character.digit(current(), radix) >= 0) {
      at++;
    }
    boolean number = at > from + 2 && !Words.belongs(current());
    return number ? new Read(radix == 16 ? Kind.HEX : Kind.BITS, at) : new Read(Kind.WORD, from);
  }

  private Read decimal(int from) {
    if (current() != 'e' && current() != 'E') {
      return new Read(Kind.DECIMAL, at);
    }
    if (!exponent()) {
      // Servers differ in what becomes of the letter.
      throw new NotReadException("an exponent without digits", from);
    }
    return new Read(Kind.FLOAT, at);
  }

  private boolean exponent() {
    if (current() != 'e' && current() != 'E') {
      return false;
    }
    int digit = at + 1;
    if (digit < sql.length() && (sql.charAt(digit) == '+' || sql.charAt(digit) == '-')) {
      digit++;
    }
    if (digit == sql.length() || !Words.isDigit(sql.charAt(digit))) {
      return false;
    }
    at = digit;
    digits();
    return true;
  }

  private void digits() {
    while (Words.isDigit(current())) {
      at++;
    }
  }

  private char current() {
    return at < sql.length() ? sql.charAt(at) : '\0';
  }
}
