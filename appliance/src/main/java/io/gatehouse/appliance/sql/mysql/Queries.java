package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Query;

/** What yields rows: SELECT, VALUES, TABLE, and what is around and between them. */
final class Queries {
  private final Cursor cursor;

  Queries(Grammar grammar) {
    this.cursor = grammar.cursor;
  }

  /** Whether a query without parentheses starts here. */
  boolean atStart() {
    return cursor.atAny("select", "with", "table", "values");
  }

  /** Whether a query, perhaps in parentheses, starts here. */
  boolean atStartOrParenthesis() {
    return atStart() || cursor.atSymbol("(");
  }

  /** query_expression or query_expression_parens, with the WITH before it. */
  Query read() {
    throw cursor.unexpected();
  }
}
