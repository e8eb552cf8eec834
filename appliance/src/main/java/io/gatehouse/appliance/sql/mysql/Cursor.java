package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.TokenCursor;
import io.gatehouse.appliance.sql.mysql.Token.Kind;
import java.util.List;
import java.util.Set;

/** A place in the tokens, with the small words of the grammar. Its caller's thread owns it. */
final class Cursor extends TokenCursor<Token> {
  private static final Set<String> COMPARISONS = Set.of("=", "<=>", "<", ">", "<=", ">=", "<>");

  final LexerSettings settings;
  private int parameters;

  Cursor(List<Token> tokens, LexerSettings settings) {
    super(tokens, settings.maxDepth());
    this.settings = settings;
  }

  /** The number of the next parameter of the statement, from one. */
  int nextParameter() {
    return ++parameters;
  }

  void newStatement() {
    parameters = 0;
  }

  /** The word that stands here in lower case; empty for all else. */
  String word() {
    return word(token());
  }

  static String word(Token token) {
    return token.kind() == Kind.WORD ? Words.lower(token.text()) : "";
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
    return atSymbol("(") && before().filter(token -> token.end() == token().start()).isPresent();
  }

  /** Whether the parentheses that open here hold several items. */
  boolean commaInParentheses() {
    int level = 0;
    for (int i = 0; !peek(i).last(); i++) {
      Token token = peek(i);
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
