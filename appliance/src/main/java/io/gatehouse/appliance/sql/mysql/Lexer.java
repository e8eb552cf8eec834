package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.mysql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts a text into the tokens of the server's scanner (sql/sql_lex.cc). One instance reads one
 * text; its caller's thread owns it.
 */
final class Lexer {
  /** Signs that make one comparison together, and no other run of them does. */
  private static final Set<String> COMPARISONS =
      Set.of("<", ">", "=", "!", "<=", ">=", "<>", "!=", "<=>", "<<", ">>");

  private static final String SINGLE = "(),;+-*/%^~{}:&|";

  /** Behind these the server looks for hints. */
  private static final List<String> HINTED =
      List.of("select", "insert", "replace", "update", "delete");

  private final String sql;
  private final LexerSettings settings;
  private final Comments comments;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String sql, LexerSettings settings) {
    this.sql = sql;
    this.settings = settings;
    comments = new Comments(sql, settings);
  }

  /**
   * The tokens, closed by one of kind END.
   *
   * @param sql decoded from valid UTF-8: the caller refuses sessions that send another encoding
   */
  static List<Token> tokens(String sql, LexerSettings settings) {
    Lexer lexer = new Lexer(sql, settings);
    lexer.readAll();
    return lexer.tokens;
  }

  private void readAll() {
    while (true) {
      at = comments.skip(at, hintsFollow());
      if (at == sql.length()) {
        add(Kind.END, "", at);
        return;
      }
      if (tokens.size() >= settings.maxTokens()) {
        throw new NotReadException("more than " + settings.maxTokens() + " tokens", at);
      }
      readOne(sql.charAt(at));
    }
  }

  private boolean hintsFollow() {
    return !tokens.isEmpty() && HINTED.stream().anyMatch(tokens.getLast()::word);
  }

  private void add(Kind kind, String text, int end) {
    tokens.add(new Token(kind, text, at, end));
    at = end;
  }

  private void readOne(char c) {
    switch (c) {
      case '\'' -> addString(Kind.STRING, at);
      case '"' -> readDoubleQuoted();
      case '`' -> addName(at);
      case '@' -> readVariable();
      case '?' -> readParameter();
      case '<', '>', '=', '!' -> readComparison();
      default -> {
        if (sql.startsWith("/*+", at)) {
          int end = comments.end(at, 0);
          add(Kind.HINT, sql.substring(at, end), end);
        } else if (Words.isDigit(c) || (c == '.' && digitAt(at + 1))) {
          readNumber();
        } else if (Words.belongs(c)) {
          readWord(c);
        } else {
          readSymbol(c);
        }
      }
    }
  }

  // Quotes

  private void addString(Kind kind, int quote) {
    QuotedText text = QuotedText.string(sql, quote, settings.backslashEscapes());
    add(kind, text.value(), text.end());
  }

  private void addName(int quote) {
    QuotedText name = QuotedText.name(sql, quote);
    add(Kind.QUOTED_NAME, name.value(), name.end());
  }

  private void readDoubleQuoted() {
    if (settings.ansiQuotes()) {
      addName(at);
    } else {
      addString(Kind.STRING, at);
    }
  }

  // Words and numbers, which may begin alike

  private void readWord(char c) {
    if (charAt(at + 1) == '\'') {
      switch (c) {
        case 'n', 'N' -> {
          addString(Kind.NATIONAL_STRING, at + 1);
          return;
        }
        case 'x', 'X' -> {
          addDigits(Kind.HEX, 16);
          return;
        }
        case 'b', 'B' -> {
          addDigits(Kind.BITS, 2);
          return;
        }
        default -> {}
      }
    }
    addWord();
  }

  private void addDigits(Kind kind, int radix) {
    QuotedText digits = QuotedText.digits(sql, at + 1, radix);
    add(kind, digits.value(), digits.end());
  }

  /** What a dot and a name follow at once is a name, whatever keyword it looks like. */
  private void addWord() {
    int end = Words.end(sql, at);
    boolean qualifies = charAt(end) == '.' && Words.belongs(charAt(end + 1));
    add(qualifies ? Kind.NAME : Kind.WORD, sql.substring(at, end), end);
    if (qualifies) {
      readDot();
    }
  }

  /** What follows a dot at once is a name, digits and keywords as well. */
  private void readDot() {
    add(Kind.SYMBOL, ".", at + 1);
    if (Words.belongs(charAt(at))) {
      int end = Words.end(sql, at);
      add(Kind.NAME, sql.substring(at, end), end);
      if (charAt(at) == '.' && Words.belongs(charAt(at + 1))) {
        readDot();
      }
    }
  }

  private void readNumber() {
    Numbers.Read number = Numbers.read(sql, at);
    if (number.kind() == Kind.WORD) {
      addWord();
    } else {
      add(number.kind(), sql.substring(at, number.end()), number.end());
    }
  }

  // Variables and parameters

  private void readVariable() {
    switch (charAt(at + 1)) {
      case '@' -> add(Kind.SYMBOL, "@@", at + 2);
      case '\'', '"' -> {
        QuotedText name = QuotedText.string(sql, at + 1, settings.backslashEscapes());
        add(Kind.USER_VARIABLE, name.value(), name.end());
      }
      case '`' -> {
        QuotedText name = QuotedText.name(sql, at + 1);
        add(Kind.USER_VARIABLE, name.value(), name.end());
      }
      default -> {
        int end = at + 1;
        while (isVariable(charAt(end))) {
          end++;
        }
        if (end == at + 1 || Words.belongs(charAt(end))) {
          throw new NotReadException("a variable whose name needs quotes", at);
        }
        add(Kind.USER_VARIABLE, sql.substring(at + 1, end), end);
      }
    }
  }

  private static boolean isVariable(char c) {
    return c == '.' || (c < '\u0080' && Words.belongs(c));
  }

  private void readParameter() {
    if (Words.belongs(charAt(at + 1))) {
      throw new NotReadException("a character that starts no token", at);
    }
    add(Kind.PARAMETER, "?", at + 1);
  }

  // Signs

  /** The server takes two or three signs together before it looks whether it knows them. */
  private void readComparison() {
    int end = at + 1;
    int longest = sql.charAt(at) == '<' ? at + 3 : at + 2;
    while (end < longest && end < sql.length() && "<>=!".indexOf(sql.charAt(end)) >= 0) {
      end++;
    }
    String signs = sql.substring(at, end);
    if (!COMPARISONS.contains(signs)) {
      throw new NotReadException("signs that make no comparison; put a space between them", at);
    }
    add(Kind.SYMBOL, signs.equals("!=") ? "<>" : signs, end);
  }

  private void readSymbol(char c) {
    if (c == '.') {
      readDot();
      return;
    }
    for (String longer : List.of("->>", "->", ":=", "&&", "||")) {
      if (sql.startsWith(longer, at)) {
        add(Kind.SYMBOL, longer, at + longer.length());
        return;
      }
    }
    if (SINGLE.indexOf(c) < 0) {
      throw new NotReadException("a character that starts no token", at);
    }
    add(Kind.SYMBOL, String.valueOf(c), at + 1);
  }

  private char charAt(int index) {
    return index < sql.length() ? sql.charAt(index) : '\0';
  }

  private boolean digitAt(int index) {
    return Words.isDigit(charAt(index));
  }
}
