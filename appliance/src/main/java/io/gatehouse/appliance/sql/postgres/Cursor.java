package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.postgres.Keywords.Category;
import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A place in the tokens, with the small words of the grammar. Its caller's thread owns it. */
final class Cursor {
  private final List<Token> tokens;
  private final int maxDepth;
  private int index;
  private int depth;
  private int chained;

  Cursor(List<Token> tokens, int maxDepth) {
    this.tokens = tokens;
    this.maxDepth = maxDepth;
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

  boolean at(String keyword) {
    return token().keyword(keyword);
  }

  boolean at(String keyword, String then) {
    return token().keyword(keyword) && peek(1).keyword(then);
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
      index++;
    }
    return (negative ? "-" : "") + next().text();
  }
}
