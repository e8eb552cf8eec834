package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.List;
import java.util.Set;

/** How large the result of a query can be, by its form. */
public final class Results {
  private static final Set<String> AGGREGATES =
      Set.of("count", "sum", "min", "max", "avg", "bool_and", "bool_or", "string_agg", "array_agg");

  private Results() {}

  /** Nothing in it bounds the number of rows. */
  static boolean unbounded(Query query) {
    return unbounded(query, AGGREGATES);
  }

  /**
   * The same on another server.
   *
   * @param aggregates functions that give one row
   */
  public static boolean unbounded(Query query, Set<String> aggregates) {
    if (query.limit().flatMap(Query.Limit::count).isPresent()) {
      return false;
    }
    return switch (query.body()) {
      case Query.Select select -> !select.from().isEmpty() && !oneRow(select, aggregates);
      case Query.Values _ -> false;
      case Query.WholeTable _ -> true;
      case Query.SetOperation operation ->
          unbounded(operation.left(), aggregates) || unbounded(operation.right(), aggregates);
    };
  }

  private static boolean oneRow(Query.Select select, Set<String> aggregates) {
    return select.groupBy().isEmpty()
        && select.items().stream()
            .map(Query.SelectItem::value)
            .allMatch(one -> aggregate(one, aggregates));
  }

  private static boolean aggregate(Expression expression, Set<String> aggregates) {
    return switch (expression) {
      case Expression.Call call when call.over().isEmpty() ->
          aggregates.contains(call.name().last().text());
      case Expression.Special special ->
          !special.arguments().isEmpty()
              && List.of("coalesce", "greatest", "least").contains(special.name())
              && special.arguments().stream().anyMatch(one -> aggregate(one, aggregates));
      case Expression.Cast cast -> aggregate(cast.value(), aggregates);
      default -> false;
    };
  }
}
