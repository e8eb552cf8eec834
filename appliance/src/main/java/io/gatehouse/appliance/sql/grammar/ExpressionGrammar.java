package io.gatehouse.appliance.sql.grammar;

import io.gatehouse.appliance.sql.tree.Expression;
import java.util.List;

/** How a dialect reads expressions. */
public interface ExpressionGrammar {

  Expression any();

  /** At least one, with commas between them. */
  List<Expression> list();

  /** The whole of which the beginning was read. */
  Expression continued(Expression first);
}
