package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A place in the tokens, with the small words of the grammar. Its caller's thread owns it. */
final class Cursor {
  private static final Set<String> COMPARISONS = Set.of("=", "<=>", "<", ">", "<=", ">=", "<>");

  final LexerSettings settings;
  private final List<Token> tokens;
  private final int maxDepth;
  private int index;
  private int depth;
  private int chained;
  private int parameters;

  Cursor(List<Token> tokens, LexerSettings settings) {
    this.tokens = tokens;
    this.settings = settings;
    this.maxDepth = settings.maxDepth();
  }

  // Places

  int index() {
    return index;
  }

  Token token() {
    return tokens.get(index);
  }

  /** The token at a distance, or the one of kind END. */
  Token peek(int distance) {
    return tokens.get(Math.min(index + distance, tokens.size() - 1));
  }

  Token next() {
    Token token = token();
    if (token.kind() != Kind.END) {
      index++;
    }
    return token;
  }

  List<Token> since(int from) {
    return tokens.subList(from, index);
  }

  /** Where a statement ends: at a semicolon or at the end. */
  boolean atEnd() {
    return token().kind() == Kind.END || token().symbol(";");
  }

  /** The number of the next parameter of the statement, from one. */
  int nextParameter() {
    return ++parameters;
  }

  void newStatement() {
    parameters = 0;
  }

  NotReadException unexpected() {
    Token token = token();
    String what = token.kind() == Kind.END ? "the text ends too early" : "the syntax is not known";
    return new NotReadException(what + " here", token.start());
  }

  // Bounds

  /** Every method of the grammar that can reach itself runs in here. */
  <T> T nested(Supplier<T> reading) {
    if (++depth > maxDepth) {
      throw new NotReadException("nested deeper than " + maxDepth, token().start());
    }
    T read = reading.get();
    depth--;
    return read;
  }

  /**
   * Notes a step that nests to the left without any nesting in the text, such as the second {@code
   * +} of {@code a + b + c}. Who walks the tree later must not run out of stack either.
   */
  void chained(int steps) {
    if (steps > 16 && ++chained > 10 * maxDepth) {
      throw new NotReadException("a chain longer than " + 10 * maxDepth, token().start());
    }
  }

  // Words

  /** The word that stands here in lower case; empty for all else. */
  String word() {
    return word(token());
  }

  static String word(Token token) {
    return token.kind() == Kind.WORD ? Words.lower(token.text()) : "";
  }

  boolean at(String keyword) {
    return token().word(keyword);
  }

  boolean at(String keyword, String then) {
    return token().word(keyword) && peek(1).word(then);
  }

  boolean atAny(String... keywords) {
    for (String keyword : keywords) {
      if (at(keyword)) {
        return true;
      }
    }
    return false;
  }

  boolean take(String keyword) {
    if (at(keyword)) {
      index++;
      return true;
    }
    return false;
  }

  boolean take(String keyword, String then) {
    if (at(keyword, then)) {
      index += 2;
      return true;
    }
    return false;
  }

  boolean takeAny(String... keywords) {
    if (atAny(keywords)) {
      index++;
      return true;
    }
    return false;
  }

  void expect(String... keywords) {
    for (String keyword : keywords) {
      if (!take(keyword)) {
        throw unexpected();
      }
    }
  }

  boolean atSymbol(String symbol) {
    return token().symbol(symbol);
  }

  boolean takeSymbol(String symbol) {
    if (atSymbol(symbol)) {
      index++;
      return true;
    }
    return false;
  }

  void expectSymbol(String symbol) {
    if (!takeSymbol(symbol)) {
      throw unexpected();
    }
  }

  boolean atComparison() {
    return is(Kind.SYMBOL) && COMPARISONS.contains(token().text());
  }

  /** {@code =} or {@code :=}, where both mean the same. */
  void expectEquals() {
    if (!takeSymbol("=")) {
      expectSymbol(":=");
    }
  }

  boolean is(Kind kind) {
    return token().kind() == kind;
  }

  String expect(Kind kind) {
    if (!is(kind)) {
      throw unexpected();
    }
    return next().text();
  }

  /** TEXT_STRING: one string, which no other follows. */
  String string() {
    return expect(Kind.STRING);
  }

  /** Whether the parenthesis here stands right behind the token before it. */
  boolean parenthesisTouches() {
    return atSymbol("(") && index > 0 && tokens.get(index - 1).end() == token().start();
  }

  // Lists

  <T> List<T> list(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    do {
      items.add(item.get());
    } while (takeSymbol(","));
    return items;
  }

  <T> T inParentheses(Supplier<T> inside) {
    expectSymbol("(");
    T read = inside.get();
    expectSymbol(")");
    return read;
  }

  /** Whether the parentheses that open here hold several items. */
  boolean commaInParentheses() {
    int level = 0;
    for (int i = index; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.symbol("(")) {
        level++;
      } else if (token.symbol(")") && --level == 0) {
        return false;
      } else if (token.symbol(",") && level == 1) {
        return true;
      }
    }
    return false;
  }
}
