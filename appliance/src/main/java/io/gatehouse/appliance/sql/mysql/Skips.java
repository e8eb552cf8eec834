package io.gatehouse.appliance.sql.mysql;

import java.util.List;

/** What is only skipped: where it ends is known, and nothing else of it. */
final class Skips {
  private final Cursor cursor;

  Skips(Grammar grammar) {
    this.cursor = grammar.cursor;
  }

  /**
   * A pair of parentheses with all that is in it.
   *
   * @return the tokens inside
   */
  List<Token> parentheses() {
    if (!cursor.atSymbol("(")) {
      throw cursor.unexpected();
    }
    int from = cursor.index();
    int depth = 0;
    do {
      depth += one();
    } while (depth > 0);
    List<Token> all = cursor.since(from);
    return all.subList(1, all.size() - 1);
  }

  private int one() {
    if (cursor.atEnd()) {
      throw cursor.unexpected();
    }
    Token token = cursor.next();
    if (token.symbol("(")) {
      return 1;
    }
    return token.symbol(")") ? -1 : 0;
  }

  /**
   * The rest of a statement in which no other one can stand.
   *
   * @return its tokens
   */
  List<Token> rest() {
    int from = cursor.index();
    int depth = 0;
    while (!cursor.atEnd() || depth > 0) {
      depth += one();
      if (depth < 0) {
        throw cursor.unexpected();
      }
    }
    return cursor.since(from);
  }

  /**
   * The rest of a statement if it begins with one of some words.
   *
   * @return whether there was none
   */
  boolean options(String... words) {
    if (cursor.atEnd()) {
      return true;
    }
    if (!cursor.atAny(words)) {
      throw cursor.unexpected();
    }
    rest();
    return false;
  }
}
