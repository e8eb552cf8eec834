package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.CaseExpressions;
import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Constant;
import io.gatehouse.appliance.sql.tree.Expression.ConstantKind;
import io.gatehouse.appliance.sql.tree.Expression.Special;
import io.gatehouse.appliance.sql.tree.Expression.Subquery;
import io.gatehouse.appliance.sql.tree.Expression.SubqueryKind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that needs no operator. */
final class Primaries {
  private final Grammar grammar;
  private final Cursor cursor;

  Primaries(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Expression read() {
    Token token = cursor.token();
    return switch (token.kind()) {
      case INTEGER -> constant(ConstantKind.INTEGER);
      case DECIMAL, FLOAT -> constant(ConstantKind.DECIMAL);
      case STRING, NATIONAL_STRING -> string();
      case BITS -> constant(ConstantKind.BITS);
      case HEX -> constant(ConstantKind.HEX_BITS);
      case PARAMETER -> {
        cursor.next();
        yield new Expression.Parameter(cursor.nextParameter());
      }
      case USER_VARIABLE -> variable();
      case NAME, QUOTED_NAME -> named();
      case WORD -> word(Cursor.word(token));
      case SYMBOL -> symbol(token.text());
      case HINT, END -> throw cursor.unexpected();
    };
  }

  private Constant constant(ConstantKind kind) {
    return new Constant(kind, cursor.next().text());
  }

  /** text_literal: strings behind one another are one. */
  Constant string() {
    StringBuilder value = new StringBuilder(cursor.next().text());
    while (cursor.is(Kind.STRING)) {
      value.append(cursor.next().text());
    }
    return new Constant(ConstantKind.STRING, value.toString());
  }

  private Expression symbol(String symbol) {
    return switch (symbol) {
      case "(" -> grammar.parentheses.primary(grammar.parentheses.read());
      case "@@" -> systemVariable();
      case "{" -> escape();
      default -> throw cursor.unexpected();
    };
  }

  // Variables

  private Expression variable() {
    String name = cursor.next().text();
    return cursor.takeSymbol(":=")
        ? new Expression.VariableAssignment(name, grammar.expressions.any())
        : new Expression.UserVariable(name);
  }

  private Expression systemVariable() {
    cursor.expectSymbol("@@");
    Optional<String> scope = Optional.empty();
    Token first = cursor.token();
    if (cursor.peek(1).symbol(".") && scope(first)) {
      scope = Optional.of(Words.lower(first.text()));
      cursor.next();
      cursor.expectSymbol(".");
    }
    return new Expression.SystemVariable(scope, grammar.names.qualifiedName());
  }

  private static boolean scope(Token token) {
    return (token.kind() == Kind.WORD || token.kind() == Kind.NAME)
        && List.of("global", "session", "local").stream()
            .anyMatch(scope -> Words.same(token.text(), scope));
  }

  /** {@code {d '2020-01-01'}}, and {@code {x value}}, which is the value. */
  private Expression escape() {
    return cursor.nested(
        () -> {
          cursor.expectSymbol("{");
          String kind = grammar.names.name().text();
          Expression value = grammar.expressions.any();
          cursor.expectSymbol("}");
          boolean typed =
              List.of("d", "t", "ts").stream().anyMatch(one -> Words.same(kind, one))
                  && value instanceof Constant;
          return typed ? Special.of("odbc", List.of(value)) : value;
        });
  }

  // Words

  private Expression word(String word) {
    Token second = cursor.peek(1);
    if (grammar.names.introduces(cursor.token())) {
      return introduced(second);
    }
    return switch (word) {
      case "null" -> constant(ConstantKind.NULL);
      case "true" -> constant(ConstantKind.TRUE);
      case "false" -> constant(ConstantKind.FALSE);
      case "case" -> cursor.nested(() -> CaseExpressions.read(cursor, grammar.expressions));
      case "exists" -> {
        cursor.next();
        yield new Subquery(SubqueryKind.EXISTS, grammar.parentheses.query());
      }
      case "row" -> second.symbol("(") ? row() : named();
      case "date", "time", "timestamp" -> second.kind() == Kind.STRING ? typed(word) : called(word);
      default -> called(word);
    };
  }

  private Expression called(String word) {
    return grammar.functionSyntax.read(word).orElseGet(this::named);
  }

  /** {@code _latin1'...'}: nothing else may stand behind the character set. */
  private Expression introduced(Token literal) {
    return switch (literal.kind()) {
      case STRING -> {
        cursor.next();
        yield string();
      }
      case HEX, BITS -> {
        cursor.next();
        yield read();
      }
      default -> throw cursor.unexpected();
    };
  }

  private Expression typed(String type) {
    cursor.next();
    Constant text = constant(ConstantKind.STRING);
    return new Expression.Cast(text, TypeNames.named(type));
  }

  private Expression row() {
    cursor.expect("row");
    return new Expression.Row(
        cursor.inParentheses(
            () -> {
              List<Expression> items = grammar.expressions.list();
              if (items.size() < 2) {
                throw cursor.unexpected();
              }
              return items;
            }));
  }

  // Names

  /** A column, or a function without a syntax of its own. */
  private Expression named() {
    Token first = cursor.token();
    refuseUnknownIntroducer(first, cursor.peek(1));
    boolean barred =
        first.kind() == Kind.WORD && !Keywords.namesFunction(Cursor.word(first), cursor.settings);
    QualifiedName name = grammar.names.columnName();
    if (cursor.atSymbol("(")) {
      boolean alone = name.parts().size() == 1;
      if ((alone && (barred || FunctionSyntax.spaceSensitive(name.last().text())))
          || name.parts().size() > 2) {
        throw cursor.unexpected();
      }
      return grammar.functions.call(name);
    }
    return path(new Expression.ColumnReference(name.parts()));
  }

  /** A server with more character sets would take the name for one. */
  private void refuseUnknownIntroducer(Token first, Token second) {
    boolean literal =
        switch (second.kind()) {
          case STRING, HEX, BITS -> true;
          default -> false;
        };
    if (literal && first.kind() == Kind.WORD && first.text().charAt(0) == '_') {
      throw cursor.unexpected();
    }
  }

  /** {@code column->'$.path'}: MySQL has it for columns only. */
  private Expression path(Expression.ColumnReference column) {
    boolean unquoted = cursor.atSymbol("->>");
    if (cursor.settings.mariadb() || !(unquoted || cursor.atSymbol("->"))) {
      return column;
    }
    cursor.next();
    Constant path = new Constant(ConstantKind.STRING, cursor.string());
    Expression found = Functions.call("json_extract", List.of(column, path));
    return unquoted ? Functions.call("json_unquote", List.of(found)) : found;
  }

  /** {@code t.*} and {@code d.t.*}, before which nothing was read. */
  Optional<Expression> allColumns() {
    if (cursor.takeSymbol("*")) {
      return Optional.of(new Expression.AllColumns(List.of()));
    }
    int parts = 0;
    while (parts < 2
        && grammar.names.names(cursor.peek(2 * parts))
        && cursor.peek(2 * parts + 1).symbol(".")) {
      parts++;
      if (cursor.peek(2 * parts).symbol("*")) {
        List<Name> qualifier = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
          qualifier.add(grammar.names.name());
          cursor.next();
        }
        cursor.next();
        return Optional.of(new Expression.AllColumns(qualifier));
      }
    }
    return Optional.empty();
  }
}
