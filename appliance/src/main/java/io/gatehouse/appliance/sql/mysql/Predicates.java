package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.Parentheses;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.LikeKind;
import io.gatehouse.appliance.sql.tree.Expression.Operation;
import io.gatehouse.appliance.sql.tree.Expression.Subquery;
import io.gatehouse.appliance.sql.tree.Expression.SubqueryKind;
import io.gatehouse.appliance.sql.tree.Expression.TestKind;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.Optional;

/** IS, IN, BETWEEN, LIKE, REGEXP and ANY: what is written in words behind an expression. */
final class Predicates {
  /** MEMBER OF came with this version, and was no name in some that followed. */
  private static final int MEMBER_SINCE = 80017;

  private final Grammar grammar;
  private final Cursor cursor;

  Predicates(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  boolean negatable(Token token) {
    return switch (Cursor.word(token)) {
      case "in", "between", "like", "regexp", "rlike" -> true;
      default -> false;
    };
  }

  boolean atMember() {
    return cursor.settings.mysql()
        && cursor.settings.version() >= MEMBER_SINCE
        && cursor.peek(1).word("of");
  }

  Expression is(Expression value) {
    cursor.expect("is");
    boolean negated = cursor.take("not");
    return new Expression.Test(value, testKind(), negated);
  }

  private TestKind testKind() {
    TestKind kind =
        switch (cursor.word()) {
          case "null" -> TestKind.NULL;
          case "true" -> TestKind.TRUE;
          case "false" -> TestKind.FALSE;
          case "unknown" -> TestKind.UNKNOWN;
          default -> throw cursor.unexpected();
        };
    cursor.next();
    return kind;
  }

  Expression read(Expression value) {
    boolean negated = cursor.take("not");
    String word = Cursor.word(cursor.next());
    return switch (word) {
      case "in" -> in(value, negated);
      case "between" -> between(value, negated);
      case "like" -> like(value, negated);
      case "regexp", "rlike" -> {
        Expression matches = operation("regexp", value, grammar.expressions.bits());
        yield negated ? new Expression.Not(matches) : matches;
      }
      case "sounds" -> {
        cursor.expect("like");
        yield operation("sounds like", value, grammar.expressions.bits());
      }
      case "member" -> {
        cursor.expect("of");
        Expression array = cursor.inParentheses(grammar.expressions::simple);
        yield operation("member of", value, array);
      }
      default -> throw cursor.unexpected();
    };
  }

  private static Expression operation(String operator, Expression left, Expression right) {
    return new Operation(QualifiedName.of(operator), Optional.of(left), right);
  }

  private Expression between(Expression value, boolean negated) {
    Expression low = grammar.expressions.bits();
    cursor.expect("and");
    Expression high = grammar.expressions.bits();
    return new Expression.Between(value, false, negated, low, high);
  }

  private Expression in(Expression value, boolean negated) {
    return switch (grammar.parentheses.read()) {
      case Parentheses.OfQuery query -> new Expression.InQuery(value, negated, query.query());
      case Parentheses.OfExpressions list -> new Expression.In(value, negated, list.items());
    };
  }

  private Expression like(Expression value, boolean negated) {
    Expression pattern = grammar.expressions.simple();
    Optional<Expression> escape = Optional.empty();
    if (cursor.take("escape")) {
      escape = Optional.of(grammar.expressions.simple());
    }
    return new Expression.Like(LikeKind.LIKE, negated, value, pattern, escape);
  }

  Expression quantified(Expression left, QualifiedName operator) {
    boolean all = cursor.at("all");
    cursor.next();
    Subquery rows = new Subquery(SubqueryKind.ROWS, grammar.parentheses.query());
    return new Expression.Quantified(left, operator, all, rows);
  }
}
