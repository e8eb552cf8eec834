package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Statement.Option;
import java.util.ArrayList;
import java.util.List;

/** Lists of options, and what is only skipped. */
final class Options {
  private final Cursor cursor;

  Options(Grammar grammar) {
    this.cursor = grammar.cursor;
  }

  /** utility_option_list in parentheses. */
  List<Option> utility() {
    return cursor.inParentheses(() -> cursor.list(this::utilityOption));
  }

  private Option utilityOption() {
    boolean special = cursor.atAny("analyze", "analyse", "format");
    String name = special ? cursor.next().text() : cursor.nonReserved().text();
    return new Option(named(name), atValue() ? List.of(value()) : List.of());
  }

  private static String named(String name) {
    return name.equals("analyse") ? "analyze" : name;
  }

  boolean atValue() {
    return cursor.is(Kind.STRING)
        || cursor.atAny("true", "false", "on")
        || cursor.atNonReserved()
        || cursor.atSigned(Kind.INTEGER, Kind.DECIMAL);
  }

  /** opt_boolean_or_string or NumericOnly. */
  String value() {
    if (cursor.is(Kind.STRING) || cursor.atAny("true", "false", "on")) {
      return cursor.next().text();
    }
    return cursor.atNonReserved()
        ? cursor.nonReserved().text()
        : cursor.signed(Kind.INTEGER, Kind.DECIMAL);
  }

  /** NonReservedWord_or_Sconst. */
  String wordOrString() {
    return cursor.is(Kind.STRING) ? cursor.next().text() : cursor.nonReserved().text();
  }

  List<Option> flags(String... words) {
    List<Option> options = new ArrayList<>();
    for (String word : words) {
      if (cursor.take(word)) {
        options.add(new Option(word, List.of()));
      }
    }
    return options;
  }

  /** Skips a pair of parentheses with all that is in it. */
  void skipParentheses() {
    if (!cursor.atSymbol("(")) {
      throw cursor.unexpected();
    }
    int depth = 0;
    do {
      depth += skipOne();
    } while (depth > 0);
  }

  private int skipOne() {
    if (cursor.atEnd()) {
      throw cursor.unexpected();
    }
    Token token = cursor.next();
    if (token.symbol("(") || token.symbol("[")) {
      return 1;
    }
    return token.symbol(")") || token.symbol("]") ? -1 : 0;
  }

  /**
   * Skips to the end of a statement whose rest is not read.
   *
   * @param semicolons whether the server allows them in parentheses there
   */
  void skipStatement(boolean semicolons) {
    int depth = 0;
    while (!cursor.atEnd() || depth > 0) {
      if (semicolons && depth > 0 && cursor.takeSymbol(";")) {
        continue;
      }
      depth += skipOne();
      if (depth < 0) {
        throw cursor.unexpected();
      }
    }
  }
}
