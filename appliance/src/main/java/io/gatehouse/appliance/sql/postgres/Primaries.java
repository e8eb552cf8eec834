package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.CaseExpressions;
import io.gatehouse.appliance.sql.postgres.Keywords.Category;
import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Cast;
import io.gatehouse.appliance.sql.tree.Expression.Constant;
import io.gatehouse.appliance.sql.tree.Expression.ConstantKind;
import io.gatehouse.appliance.sql.tree.Expression.Subquery;
import io.gatehouse.appliance.sql.tree.Expression.SubqueryKind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** c_expr: everything that needs no operator. */
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
      case DECIMAL -> constant(ConstantKind.DECIMAL);
      case STRING -> constant(ConstantKind.STRING);
      case BITS -> constant(ConstantKind.BITS);
      case HEX_BITS -> constant(ConstantKind.HEX_BITS);
      case PARAMETER -> indirected(parameter());
      case IDENTIFIER, QUOTED_IDENTIFIER -> named();
      case KEYWORD -> keyword(token.text());
      case SYMBOL -> {
        if (!token.text().equals("(")) {
          throw cursor.unexpected();
        }
        yield grammar.parentheses.primary(grammar.parentheses.read());
      }
      case OPERATOR, UNICODE_STRING, UNICODE_IDENTIFIER, END -> throw cursor.unexpected();
    };
  }

  private Constant constant(ConstantKind kind) {
    return new Constant(kind, cursor.next().text());
  }

  private Expression parameter() {
    return new Expression.Parameter(Integer.parseInt(cursor.next().text()));
  }

  private Expression keyword(String word) {
    Optional<Category> category = Keywords.category(word);
    if (category.equals(Optional.of(Category.RESERVED))) {
      return reserved(word);
    }
    Optional<Expression> special = special(word);
    return special.isPresent() ? special.get() : named();
  }

  private Expression reserved(String word) {
    return switch (word) {
      case "null" -> constant(ConstantKind.NULL);
      case "true" -> constant(ConstantKind.TRUE);
      case "false" -> constant(ConstantKind.FALSE);
      case "case" -> CaseExpressions.read(cursor, grammar.expressions);
      case "array" -> array();
      default -> grammar.functionSyntax.reserved(word).orElseThrow(cursor::unexpected);
    };
  }

  /** Keywords that are no names when something certain follows them. */
  private Optional<Expression> special(String word) {
    boolean open = cursor.peek(1).symbol("(");
    switch (word) {
      case "exists" -> {
        if (open) {
          cursor.next();
          return Optional.of(new Subquery(SubqueryKind.EXISTS, grammar.parentheses.query()));
        }
      }
      case "row" -> {
        if (open) {
          return Optional.of(explicitRow());
        }
      }
      case "grouping" -> {
        if (open) {
          cursor.next();
          List<Expression> arguments = grammar.expressions.listInParentheses();
          return Optional.of(Expression.Special.of("grouping", arguments));
        }
      }
      default -> {
        Optional<Expression> syntax = grammar.functionSyntax.unreserved(word);
        return syntax.isPresent() ? syntax : typedConstant();
      }
    }
    return Optional.empty();
  }

  private Expression explicitRow() {
    cursor.expect("row");
    cursor.expectSymbol("(");
    List<Expression> items = cursor.atSymbol(")") ? List.of() : grammar.expressions.list();
    cursor.expectSymbol(")");
    return new Expression.Row(items);
  }

  /** ConstTypename 'text', of the types with a grammar of their own. */
  private Optional<Expression> typedConstant() {
    if (!grammar.types.atConstantType()) {
      return Optional.empty();
    }
    if (cursor.at("interval")) {
      return Optional.of(grammar.types.intervalConstant());
    }
    TypeName type = grammar.types.constantType();
    return Optional.of(new Cast(stringConstant(), type));
  }

  private Constant stringConstant() {
    return new Constant(ConstantKind.STRING, cursor.string());
  }

  private Expression array() {
    cursor.expect("array");
    if (cursor.atSymbol("(")) {
      return new Subquery(SubqueryKind.ARRAY, grammar.parentheses.query());
    }
    return arrayItems();
  }

  private Expression arrayItems() {
    return cursor.nested(
        () -> {
          cursor.expectSymbol("[");
          List<Expression> items = List.of();
          if (cursor.atSymbol("[")) {
            items = cursor.list(this::arrayItems);
          } else if (!cursor.atSymbol("]")) {
            items = grammar.expressions.list();
          }
          cursor.expectSymbol("]");
          return new Expression.ArrayItems(items);
        });
  }

  // Names: a column, a function or the type of a constant

  private Expression named() {
    Token first = cursor.token();
    boolean column = Cursor.columnId(first);
    boolean function = Cursor.typeOrFunctionName(first);
    Token second = cursor.peek(1);
    if (function && (second.symbol("(") || second.kind() == Kind.STRING)) {
      return function(new QualifiedName(List.of(cursor.typeOrFunctionName())));
    }
    if (!column) {
      throw cursor.unexpected();
    }
    List<Name> parts = new ArrayList<>();
    parts.add(cursor.columnId());
    while (cursor.atSymbol(".") && !cursor.peek(1).symbol("*")) {
      cursor.next();
      parts.add(cursor.label());
    }
    if (cursor.takeSymbol(".")) {
      cursor.expectSymbol("*");
      return noneBehindStar(new Expression.AllColumns(parts));
    }
    if (parts.size() > 1 && (cursor.atSymbol("(") || cursor.is(Kind.STRING))) {
      return function(new QualifiedName(parts));
    }
    return indirected(new Expression.ColumnReference(parts));
  }

  private Expression function(QualifiedName name) {
    return cursor.is(Kind.STRING)
        ? new Cast(stringConstant(), TypeName.of(name))
        : grammar.functions.callOrTypedConstant(name);
  }

  /** The server refuses whatever would follow a star. */
  private Expression noneBehindStar(Expression star) {
    if (cursor.atSymbol(".") || cursor.atSymbol("[")) {
      throw cursor.unexpected();
    }
    return star;
  }

  /** An expression with the fields and subscripts behind it. */
  Expression indirected(Expression base) {
    Expression of = base;
    int steps = 0;
    while (true) {
      cursor.chained(steps++);
      if (cursor.takeSymbol(".")) {
        if (cursor.takeSymbol("*")) {
          return noneBehindStar(new Expression.AllFields(of));
        }
        of = new Expression.Field(of, cursor.label());
      } else if (cursor.atSymbol("[")) {
        of = subscript(of);
      } else {
        return of;
      }
    }
  }

  Expression.Subscript subscript(Expression of) {
    cursor.expectSymbol("[");
    Optional<Expression> lower = Optional.empty();
    if (!cursor.atSymbol(":")) {
      lower = Optional.of(grammar.expressions.any());
    }
    if (cursor.takeSymbol("]")) {
      return new Expression.Subscript(of, false, lower, Optional.empty());
    }
    cursor.expectSymbol(":");
    Optional<Expression> upper =
        cursor.atSymbol("]") ? Optional.empty() : Optional.of(grammar.expressions.any());
    cursor.expectSymbol("]");
    return new Expression.Subscript(of, true, lower, upper);
  }
}
