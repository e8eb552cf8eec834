package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.Parentheses;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.ConstantKind;
import io.gatehouse.appliance.sql.tree.Expression.LikeKind;
import io.gatehouse.appliance.sql.tree.Expression.Subquery;
import io.gatehouse.appliance.sql.tree.Expression.SubqueryKind;
import io.gatehouse.appliance.sql.tree.Expression.TestKind;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** IS, IN, BETWEEN, LIKE and ANY: what is written in words behind an expression. */
final class Predicates {
  private final Grammar grammar;
  private final Cursor cursor;

  Predicates(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** The words before which the scanner makes NOT a token of its own. */
  boolean negatable(Token token) {
    return token.kind() == Token.Kind.KEYWORD
        && switch (token.text()) {
          case "between", "in", "like", "ilike", "similar" -> true;
          default -> false;
        };
  }

  Expression is(Expression value, boolean restricted) {
    if (cursor.take("isnull")) {
      return new Expression.Test(value, TestKind.NULL, false);
    }
    if (cursor.take("notnull")) {
      return new Expression.Test(value, TestKind.NULL, true);
    }
    cursor.expect("is");
    boolean negated = cursor.take("not");
    if (cursor.take("distinct", "from")) {
      Expression right = grammar.expressions.above(Expressions.IS, restricted);
      return new Expression.Distinct(value, right, negated);
    }
    if (cursor.take("document")) {
      return new Expression.Test(value, TestKind.DOCUMENT, negated);
    }
    if (restricted) {
      throw cursor.unexpected();
    }
    return isWord(value, negated);
  }

  private Expression isWord(Expression value, boolean negated) {
    if (cursor.take("null")) {
      return new Expression.Test(value, TestKind.NULL, negated);
    }
    if (cursor.take("true")) {
      return new Expression.Test(value, TestKind.TRUE, negated);
    }
    if (cursor.take("false")) {
      return new Expression.Test(value, TestKind.FALSE, negated);
    }
    if (cursor.take("unknown")) {
      return new Expression.Test(value, TestKind.UNKNOWN, negated);
    }
    if (cursor.take("json")) {
      if (!cursor.take("value") && !cursor.take("array") && !cursor.take("object")) {
        cursor.take("scalar");
      }
      grammar.json.keyUniqueness();
      return new Expression.Test(value, TestKind.JSON, negated);
    }
    return normalized(value, negated);
  }

  private Expression normalized(Expression value, boolean negated) {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(value);
    if (!cursor.at("normalized")) {
      arguments.add(grammar.functionSyntax.normalForm());
    }
    cursor.expect("normalized");
    Expression call = Expressions.system("is_normalized", arguments);
    return negated ? new Expression.Not(call) : call;
  }

  Expression match(Expression value) {
    boolean negated = cursor.take("not");
    if (cursor.take("between")) {
      return between(value, negated);
    }
    if (cursor.take("in")) {
      return in(value, negated);
    }
    if (cursor.take("similar")) {
      cursor.expect("to");
      return like(LikeKind.SIMILAR, value, negated);
    }
    LikeKind kind = cursor.take("ilike") ? LikeKind.ILIKE : LikeKind.LIKE;
    if (kind == LikeKind.LIKE) {
      cursor.expect("like");
    }
    if (cursor.atAny("any", "some", "all")) {
      String operator = (negated ? "!" : "") + (kind == LikeKind.ILIKE ? "~~*" : "~~");
      return quantified(value, QualifiedName.of(operator));
    }
    return like(kind, value, negated);
  }

  private Expression between(Expression value, boolean negated) {
    boolean symmetric = cursor.take("symmetric");
    if (!symmetric) {
      cursor.take("asymmetric");
    }
    Expression low = grammar.expressions.restricted();
    cursor.expect("and");
    Expression high = grammar.expressions.above(Expressions.MATCH, false);
    return new Expression.Between(value, symmetric, negated, low, high);
  }

  private Expression in(Expression value, boolean negated) {
    return switch (grammar.parentheses.read()) {
      case Parentheses.OfQuery query -> new Expression.InQuery(value, negated, query.query());
      case Parentheses.OfExpressions list -> new Expression.In(value, negated, list.items());
    };
  }

  private Expression like(LikeKind kind, Expression value, boolean negated) {
    Expression pattern = grammar.expressions.above(Expressions.MATCH, false);
    Optional<Expression> escape = Optional.empty();
    if (cursor.take("escape")) {
      escape = Optional.of(grammar.expressions.above(Expressions.MATCH, false));
    }
    return new Expression.Like(kind, negated, value, pattern, escape);
  }

  Expression quantified(Expression left, QualifiedName operator) {
    boolean all = cursor.take("all");
    if (!all && !cursor.take("any")) {
      cursor.expect("some");
    }
    Expression right =
        switch (grammar.parentheses.read()) {
          case Parentheses.OfQuery query -> new Subquery(SubqueryKind.ROWS, query.query());
          case Parentheses.OfExpressions list -> {
            if (list.items().size() != 1) {
              throw cursor.unexpected();
            }
            yield list.items().getFirst();
          }
        };
    return new Expression.Quantified(left, operator, all, right);
  }

  static Expression text(String value) {
    return new Expression.Constant(ConstantKind.STRING, value);
  }
}
