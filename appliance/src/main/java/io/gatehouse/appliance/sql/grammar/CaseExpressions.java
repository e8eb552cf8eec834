package io.gatehouse.appliance.sql.grammar;

import io.gatehouse.appliance.sql.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CASE. */
public final class CaseExpressions {
  private CaseExpressions() {}

  public static Expression.Case read(TokenCursor<?> cursor, ExpressionGrammar expressions) {
    cursor.expect("case");
    Optional<Expression> operand =
        cursor.at("when") ? Optional.empty() : Optional.of(expressions.any());
    List<Expression.When> branches = new ArrayList<>();
    do {
      cursor.expect("when");
      Expression condition = expressions.any();
      cursor.expect("then");
      branches.add(new Expression.When(condition, expressions.any()));
    } while (cursor.at("when"));
    Optional<Expression> otherwise =
        cursor.take("else") ? Optional.of(expressions.any()) : Optional.empty();
    cursor.expect("end");
    return new Expression.Case(operand, branches, otherwise);
  }
}
