package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Subquery;
import io.gatehouse.appliance.sql.tree.Expression.SubqueryKind;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * An opening parenthesis may start a query or an expression, and which of them is only known behind
 * any number of further ones. The grammar takes a query in parentheses for a query as long as it
 * can.
 */
final class Parentheses {
  /** What stood in parentheses. */
  sealed interface Content {}

  record OfQuery(Query query) implements Content {}

  /** At least one expression. */
  record OfExpressions(List<Expression> items) implements Content {}

  private final Grammar grammar;
  private final Cursor cursor;

  Parentheses(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Content read() {
    return cursor.nested(
        () -> {
          cursor.expectSymbol("(");
          Content content = content();
          cursor.expectSymbol(")");
          return content;
        });
  }

  /** select_with_parens. */
  Query query() {
    if (read() instanceof OfQuery query) {
      return query.query();
    }
    throw cursor.unexpected();
  }

  private Content content() {
    if (grammar.queries.atStart()) {
      return new OfQuery(grammar.queries.withoutParentheses());
    }
    if (!cursor.atSymbol("(")) {
      return new OfExpressions(grammar.expressions.list());
    }
    Content inner = read();
    if (inner instanceof OfQuery query) {
      if (cursor.atSymbol(")")) {
        return query;
      }
      if (grammar.queries.atContinuation()) {
        return new OfQuery(grammar.queries.continued(query.query()));
      }
    }
    return new OfExpressions(listFrom(primary(inner)));
  }

  private List<Expression> listFrom(Expression primary) {
    List<Expression> items = new ArrayList<>();
    items.add(grammar.expressions.continued(primary));
    while (cursor.takeSymbol(",")) {
      items.add(grammar.expressions.any());
    }
    return items;
  }

  /** The c_expr that a pair of parentheses is, with the indirection behind it. */
  Expression primary(Content content) {
    return switch (content) {
      case OfQuery query ->
          grammar.primaries.indirected(new Subquery(SubqueryKind.SCALAR, query.query()));
      case OfExpressions list ->
          // A row takes no indirection.
          list.items().size() > 1
              ? new Expression.Row(list.items())
              : grammar.primaries.indirected(list.items().getFirst());
    };
  }
}
