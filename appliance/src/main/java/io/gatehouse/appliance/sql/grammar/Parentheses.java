package io.gatehouse.appliance.sql.grammar;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Subquery;
import io.gatehouse.appliance.sql.tree.Expression.SubqueryKind;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An opening parenthesis may start a query or an expression, and which of them is only known behind
 * any number of further ones. The grammar takes a query in parentheses for a query as long as it
 * can.
 */
public final class Parentheses {
  /** What stood in parentheses. */
  public sealed interface Content {}

  public record OfQuery(Query query) implements Content {}

  /** At least one expression. */
  public record OfExpressions(List<Expression> items) implements Content {}

  private final TokenCursor<?> cursor;
  private final QueryGrammar queries;
  private final ExpressionGrammar expressions;
  private final UnaryOperator<Expression> indirection;

  /**
   * @param indirection what may stand behind a single value
   */
  public Parentheses(
      TokenCursor<?> cursor,
      QueryGrammar queries,
      ExpressionGrammar expressions,
      UnaryOperator<Expression> indirection) {
    this.cursor = cursor;
    this.queries = queries;
    this.expressions = expressions;
    this.indirection = indirection;
  }

  public Content read() {
    return cursor.nested(
        () -> {
          cursor.expectSymbol("(");
          Content content = content();
          cursor.expectSymbol(")");
          return content;
        });
  }

  /** In PostgreSQL's grammar select_with_parens, in MySQL's subquery. */
  public Query query() {
    if (read() instanceof OfQuery query) {
      return query.query();
    }
    throw cursor.unexpected();
  }

  private Content content() {
    if (queries.atStart()) {
      return new OfQuery(queries.withoutParentheses());
    }
    if (!cursor.atSymbol("(")) {
      return new OfExpressions(expressions.list());
    }
    Content inner = read();
    if (inner instanceof OfQuery query) {
      if (cursor.atSymbol(")")) {
        return query;
      }
      if (queries.atContinuation()) {
        return new OfQuery(queries.continued(query.query()));
      }
    }
    return new OfExpressions(listFrom(primary(inner)));
  }

  private List<Expression> listFrom(Expression primary) {
    List<Expression> items = new ArrayList<>();
    items.add(expressions.continued(primary));
    while (cursor.takeSymbol(",")) {
      items.add(expressions.any());
    }
    return items;
  }

  /** The value that a pair of parentheses is, with the indirection behind it. */
  public Expression primary(Content content) {
    return switch (content) {
      case OfQuery query -> indirection.apply(new Subquery(SubqueryKind.SCALAR, query.query()));
      case OfExpressions list ->
          // A row takes no indirection.
          list.items().size() > 1
              ? new Expression.Row(list.items())
              : indirection.apply(list.items().getFirst());
    };
  }
}
