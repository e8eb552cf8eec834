package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.postgres.Token.Kind;

/** Numbers and parameters. */
final class Numbers {
  record Read(Kind kind, int end) {}

  private Numbers() {}

  static Read read(String sql, int start, int serverMajor) {
    Read number = radix(sql, start) == 10 ? decimal(sql, start) : ofRadix(sql, start);
    refuseJunk(sql, number.end);
    refuseLongerJunk(sql, start, number.end);
    // Before 16 these were two tokens or an error, depending on the version.
    if (serverMajor < 16 && !plain(sql, start, number.end)) {
      throw new NotReadException("a number in a form that this server does not know", start);
    }
    return number;
  }

  private static int radix(String sql, int start) {
    if (sql.charAt(start) != '0' || start + 1 >= sql.length()) {
      return 10;
    }
    return switch (sql.charAt(start + 1)) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 10;
    };
  }

  private static Read ofRadix(String sql, int start) {
    int radix = radix(sql, start);
    int end = start + 2;
    if (end < sql.length() && sql.charAt(end) == '_') {
      end++;
    }
    int digits = digitsEnd(sql, end, radix);
    if (digits == end) {
      throw new NotReadException("a number without digits", start);
    }
    return new Read(integerKind(sql.substring(start + 2, digits), radix), digits);
  }

  private static Read decimal(String sql, int start) {
    int end = digitsEnd(sql, start, 10);
    boolean integer = true;
    if (end < sql.length() && sql.charAt(end) == '.' && !sql.startsWith("..", end)) {
      integer = false;
      end = digitsEnd(sql, end + 1, 10);
    }
    int exponent = exponentEnd(sql, end);
    if (exponent > end) {
      return new Read(Kind.DECIMAL, exponent);
    }
    Kind kind = integer ? integerKind(sql.substring(start, end), 10) : Kind.DECIMAL;
    return new Read(kind, end);
  }

  private static int exponentEnd(String sql, int from) {
    if (from >= sql.length() || (sql.charAt(from) | 0x20) != 'e') {
      return from;
    }
    int sign = from + 1;
    if (sign < sql.length() && (sql.charAt(sign) == '+' || sql.charAt(sign) == '-')) {
      sign++;
    }
    int end = digitsEnd(sql, sign, 10);
    if (end == sign) {
      throw new NotReadException("a number with an exponent without digits", from);
    }
    return end;
  }

  /** Digits, each of which but the first may follow one underscore. */
  private static int digitsEnd(String sql, int from, int radix) {
    int end = from;
    while (end < sql.length()) {
      boolean underscore = end > from && sql.charAt(end) == '_';
      int digit = underscore ? end + 1 : end;
      if (digit >= sql.length() || !isDigit(sql.charAt(digit), radix)) {
        return end;
      }
      end = digit + 1;
    }
    return end;
  }

  private static boolean isDigit(char c, int radix) {
    return c < 0x80 && Character.digit(c, radix) >= 0;
  }

  private static Kind integerKind(String digits, int radix) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) != '_') {
        value = value * radix + Character.digit(digits.charAt(i), radix);
      }
      if (value > Integer.MAX_VALUE) {
        return Kind.DECIMAL;
      }
    }
    return Kind.INTEGER;
  }

  /** The value of a token of kind INTEGER. */
  static int value(String token) {
    int radix = radix(token, 0);
    String digits = (radix == 10 ? token : token.substring(2)).replace("_", "");
    return Integer.parseInt(digits, radix);
  }

  private static void refuseJunk(String sql, int end) {
    if (end < sql.length() && Identifiers.startsIdentifier(sql.charAt(end))) {
      throw new NotReadException("a number with letters behind it", end);
    }
  }

  /**
   * The scanner takes what is longest: in {@code 0b12} and {@code 1_0$1} that is digits with an
   * identifier behind them.
   */
  private static void refuseLongerJunk(String sql, int start, int end) {
    boolean identifier = false;
    for (int i = start; i < end; i++) {
      char c = sql.charAt(i);
      boolean breaks = c == '.' || c == '+' || c == '-';
      identifier = !breaks && (identifier || Identifiers.startsIdentifier(c));
    }
    if (identifier && end < sql.length() && Identifiers.continuesIdentifier(sql.charAt(end))) {
      throw new NotReadException("a number with letters behind it", end);
    }
  }

  private static boolean plain(String sql, int start, int end) {
    return radix(sql, start) == 10 && sql.substring(start, end).indexOf('_') < 0;
  }

  static int parameterEnd(String sql, int start) {
    int end = start + 1;
    while (end < sql.length() && isDigit(sql.charAt(end), 10)) {
      end++;
    }
    refuseJunk(sql, end);
    if (integerKind(sql.substring(start + 1, end), 10) != Kind.INTEGER) {
      throw new NotReadException("a parameter number that is too large", start);
    }
    return end;
  }
}
