package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.NotReadException;

/** White space and comments, and the comments that are code for one server and not for another. */
final class Comments {
  /** MariaDB takes these for versions of MySQL, whose syntax it does not have. */
  private static final int FIRST_OF_MYSQL = 50_700;

  private static final int LAST_OF_MYSQL = 99_999;

  private final String sql;
  private final LexerSettings settings;

  /** Where the version comment began that is being read as code; -1 outside of one. */
  private int opened = -1;

  Comments(String sql, LexerSettings settings) {
    this.sql = sql;
    this.settings = settings;
  }

  /** The offset of the next token, or of a comment that may hold hints. */
  int skip(int from, boolean hints) {
    int at = from;
    while (at < sql.length()) {
      int next = blank(at, hints);
      if (next == at) {
        return at;
      }
      at = next;
    }
    if (opened >= 0) {
      throw new NotReadException("a comment that does not end", opened);
    }
    return at;
  }

  private int blank(int at, boolean hints) {
    char c = sql.charAt(at);
    if (isSpace(c)) {
      return at + 1;
    }
    if (c == '#' || isDashes(at)) {
      return lineEnd(at);
    }
    if (sql.startsWith("*/", at) && opened >= 0) {
      opened = -1;
      return at + 2;
    }
    if (!sql.startsWith("/*", at) || (hints && sql.startsWith("/*+", at))) {
      return at;
    }
    int digits = digits(at);
    return digits < 0 ? end(at, 0) : versioned(at, digits);
  }

  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Two dashes are a comment only before a space, a control character or the end. */
  private boolean isDashes(int at) {
    return sql.startsWith("--", at)
        && (at + 2 == sql.length() || sql.charAt(at + 2) <= ' ' || sql.charAt(at + 2) == '\u007f');
  }

  /** A carriage return alone ends no line. */
  private int lineEnd(int from) {
    int end = sql.indexOf('\n', from);
    return withoutNul(from, end < 0 ? sql.length() : end + 1);
  }

  /** Where the digits of a comment for some servers are, or -1 if it is for none. */
  private int digits(int at) {
    if (sql.startsWith("!", at + 2)) {
      return at + 3;
    }
    return settings.flavour() == Flavour.MARIADB && sql.startsWith("M!", at + 2) ? at + 4 : -1;
  }

  private int versioned(int at, int digits) {
    if (opened >= 0) {
      throw new NotReadException("a version comment inside of another", at);
    }
    int end = digits;
    while (end < sql.length() && Words.isDigit(sql.charAt(end))) {
      end++;
    }
    if (end == digits) {
      opened = at;
      return end;
    }
    int length = end - digits;
    if (length != 5 && length != 6) {
      // Servers differ in how many digits they take, and so in what is left of them as code.
      throw new NotReadException("a version comment that servers read differently", at);
    }
    if (isCode(at, Integer.parseInt(sql, digits, end, 10))) {
      opened = at;
      return end;
    }
    return end(at, 1);
  }

  private boolean isCode(int at, int version) {
    boolean ofMySql = version >= FIRST_OF_MYSQL && version <= LAST_OF_MYSQL;
    if (settings.flavour() == Flavour.MYSQL || !ofMySql) {
      return version <= settings.version();
    }
    if (sql.charAt(at + 2) == 'M') {
      throw new NotReadException("a comment for a version that MariaDB never had", at);
    }
    return false;
  }

  /** For some a zero byte ends a comment. */
  private int withoutNul(int from, int end) {
    int nul = sql.indexOf('\0', from);
    if (nul >= 0 && nul < end) {
      throw new NotReadException("a zero byte", nul);
    }
    return end;
  }

  /**
   * The offset behind a comment.
   *
   * @param nested how many comments may be inside of one another in it: in one that is skipped for
   *     its version, one
   */
  int end(int from, int nested) {
    int at = from + 2;
    while (at < sql.length()) {
      if (nested > 0 && sql.startsWith("/*", at)) {
        at = end(at, nested - 1);
      } else if (sql.startsWith("*/", at)) {
        return withoutNul(from, at + 2);
      } else {
        at++;
      }
    }
    throw new NotReadException("a comment that does not end", from);
  }
}
