package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.List;
import java.util.Set;

/** How large the result of a query can be, by its form. */
final class Results {
  private static final Set<String> AGGREGATES =
      Set.of("count", "sum", "min", "max", "avg", "bool_and", "bool_or", "string_agg", "array_agg");

  private Results() {}

  /** Nothing in it bounds the number of rows. */
  static boolean unbounded(Query query) {
    if (query.limit().flatMap(Query.Limit::count).isPresent()) {
      return false;
    }
    return switch (query.body()) {
      case Query.Select select -> !select.from().isEmpty() && !oneRow(select);
      case Query.Values _ -> false;
      case Query.WholeTable _ -> true;
      case Query.SetOperation operation ->
          unbounded(operation.left()) || unbounded(operation.right());
    };
  }

  private static boolean oneRow(Query.Select select) {
    return select.groupBy().isEmpty()
        && select.items().stream().map(Query.SelectItem::value).allMatch(Results::aggregate);
  }

  private static boolean aggregate(Expression expression) {
    return switch (expression) {
      case Expression.Call call when call.over().isEmpty() ->
          AGGREGATES.contains(call.name().last().text());
      case Expression.Special special ->
          !special.arguments().isEmpty()
              && List.of("coalesce", "greatest", "least").contains(special.name())
              && special.arguments().stream().anyMatch(Results::aggregate);
      case Expression.Cast cast -> aggregate(cast.value());
      default -> false;
    };
  }
}
