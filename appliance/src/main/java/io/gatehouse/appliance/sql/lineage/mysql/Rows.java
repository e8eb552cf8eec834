package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.Set;

/** How many rows a query gives. */
final class Rows {
  private static final Set<String> AGGREGATES = Set.of("count", "min", "max", "sum", "avg");

  private Rows() {}

  /** Whether it certainly gives no more than one: as a value, a query with more fails. */
  static boolean one(Query query) {
    boolean limited =
        query
            .limit()
            .flatMap(Query.Limit::count)
            .filter(count -> count instanceof Expression.Constant(_, String text) && one(text))
            .isPresent();
    return limited
        || switch (query.body()) {
          case Query.Select select ->
              select.from().isEmpty()
                  || (select.groupBy().isEmpty()
                      && select.items().stream().anyMatch(item -> aggregate(item.value())));
          case Query.Values values -> values.rows().size() == 1;
          case Query.WholeTable _, Query.SetOperation _ -> false;
        };
  }

  private static boolean one(String count) {
    return count.equals("1") || count.equals("0");
  }

  private static boolean aggregate(Expression value) {
    return value instanceof Expression.Call call
        && call.over().isEmpty()
        && call.name().parts().size() == 1
        && AGGREGATES.contains(call.name().last().text());
  }
}
