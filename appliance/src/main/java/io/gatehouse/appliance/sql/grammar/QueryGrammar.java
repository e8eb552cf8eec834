package io.gatehouse.appliance.sql.grammar;

import io.gatehouse.appliance.sql.tree.Query;

/** How a dialect reads queries. */
public interface QueryGrammar {

  /** Whether one stands here that does not begin with a parenthesis. */
  boolean atStart();

  /** Whether what stands here goes on with a query. */
  boolean atContinuation();

  Query withoutParentheses();

  /** The whole of which the beginning was read. */
  Query continued(Query first);
}
