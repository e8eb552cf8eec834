package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Expression;
import java.util.List;

/** expr and what it is made of. */
final class Expressions {
  private final Cursor cursor;

  Expressions(Grammar grammar) {
    this.cursor = grammar.cursor;
  }

  /** expr. */
  Expression any() {
    throw cursor.unexpected();
  }

  List<Expression> list() {
    return cursor.list(this::any);
  }

  List<Expression> listInParentheses() {
    return cursor.inParentheses(this::list);
  }
}
