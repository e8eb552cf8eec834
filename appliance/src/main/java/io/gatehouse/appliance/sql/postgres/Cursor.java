package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.TokenCursor;
import io.gatehouse.appliance.sql.postgres.Keywords.Category;
import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** A place in the tokens, with the small words of the grammar. Its caller's thread owns it. */
final class Cursor extends TokenCursor<Token> {
  Cursor(List<Token> tokens, int maxDepth) {
    super(tokens, maxDepth);
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

  String string() {
    return expect(Kind.STRING);
  }

  List<Name> nameList() {
    return list(this::columnId);
  }

  List<Name> optionalNameList() {
    return atSymbol("(") ? inParentheses(this::nameList) : List.of();
  }

  // Names: the classes of the grammar, each with the categories of keywords that may stand there

  private static boolean identifier(Token token) {
    return token.kind() == Kind.IDENTIFIER || token.kind() == Kind.QUOTED_IDENTIFIER;
  }

  private static boolean named(Token token, Category first, Category second) {
    if (identifier(token)) {
      return true;
    }
    return token.kind() == Kind.KEYWORD
        && Keywords.category(token.text())
            .filter(category -> category == first || category == second)
            .isPresent();
  }

  /** ColId. */
  static boolean columnId(Token token) {
    return named(token, Category.UNRESERVED, Category.COLUMN_NAME);
  }

  /** type_function_name. */
  static boolean typeOrFunctionName(Token token) {
    return named(token, Category.UNRESERVED, Category.TYPE_OR_FUNCTION_NAME);
  }

  boolean atColumnId() {
    return columnId(token()) && !atFormatJson();
  }

  boolean atTypeOrFunctionName() {
    return typeOrFunctionName(token()) && !atFormatJson();
  }

  /** BareColLabel. */
  boolean atBareLabel() {
    return identifier(token())
        || (is(Kind.KEYWORD) && Keywords.bareLabel(token().text()) && !atFormatJson());
  }

  /** Before JSON the scanner makes FORMAT a token that is no name. */
  private boolean atFormatJson() {
    return at("format", "json");
  }

  Name columnId() {
    return nameIf(atColumnId());
  }

  Name typeOrFunctionName() {
    return nameIf(atTypeOrFunctionName());
  }

  /** ColLabel: every identifier and keyword. */
  Name label() {
    return nameIf(identifier(token()) || is(Kind.KEYWORD));
  }

  /** NonReservedWord. */
  Name nonReserved() {
    return nameIf(atColumnId() || atTypeOrFunctionName());
  }

  boolean atNonReserved() {
    return atColumnId() || atTypeOrFunctionName();
  }

  private Name nameIf(boolean allowed) {
    if (!allowed) {
      throw unexpected();
    }
    Token token = next();
    return new Name(token.text(), token.kind() == Kind.QUOTED_IDENTIFIER);
  }

  /** RoleSpec, in which CURRENT_USER and its like are words of their own. */
  Name role() {
    if (atAny("current_role", "current_user", "session_user")) {
      return Name.of(next().text());
    }
    return nonReserved();
  }

  /** any_name, and qualified_name, in which more than three parts or a star are errors anyway. */
  QualifiedName qualifiedName() {
    List<Name> parts = new ArrayList<>();
    parts.add(columnId());
    while (takeSymbol(".")) {
      parts.add(label());
    }
    return new QualifiedName(parts);
  }

  /** func_name. */
  QualifiedName functionName() {
    if (peek(1).symbol(".")) {
      return qualifiedName();
    }
    return new QualifiedName(List.of(typeOrFunctionName()));
  }

  List<QualifiedName> qualifiedNames() {
    return list(this::qualifiedName);
  }

  /** qual_all_Op, or only what qual_Op is when symbols are not wanted. */
  QualifiedName operator() {
    if (take("operator")) {
      return inParentheses(this::anyOperator);
    }
    return QualifiedName.of(operatorText());
  }

  QualifiedName anyOperator() {
    List<Name> parts = new ArrayList<>();
    while (atColumnId()) {
      parts.add(columnId());
      expectSymbol(".");
    }
    parts.add(Name.of(operatorText()));
    return new QualifiedName(parts);
  }

  boolean atOperatorSymbol() {
    return is(Kind.OPERATOR) || (is(Kind.SYMBOL) && isMathOperator(token().text()));
  }

  private String operatorText() {
    if (!atOperatorSymbol()) {
      throw unexpected();
    }
    return next().text();
  }

  private static boolean isMathOperator(String symbol) {
    return switch (symbol) {
      case "+", "-", "*", "/", "%", "^", "<", ">", "=", "<=", ">=", "<>" -> true;
      default -> false;
    };
  }

  // Numbers with a sign

  boolean atSigned(Kind... kinds) {
    Token token = atSymbol("+") || atSymbol("-") ? peek(1) : token();
    for (Kind kind : kinds) {
      if (token.kind() == kind) {
        return true;
      }
    }
    return false;
  }

  /** NumericOnly, or SignedIconst when only integers are wanted. */
  String signed(Kind... kinds) {
    if (!atSigned(kinds)) {
      throw unexpected();
    }
    boolean negative = atSymbol("-");
    if (negative || atSymbol("+")) {
      next();
    }
    return (negative ? "-" : "") + next().text();
  }
}
