package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.Set;

/** Which queries certainly give no more than one row: as a value, a query with more fails. */
public final class OneRow {
  private static final Set<String> AGGREGATES = Set.of("count", "min", "max", "sum", "avg");

  private OneRow() {}

  /**
   * Whether it certainly does.
   *
   * @param functionsGiveRows whether a function in the select list may give rows by itself
   */
  public static boolean certain(Query query, boolean functionsGiveRows) {
    return query.limit().filter(OneRow::one).isPresent()
        || switch (query.body()) {
          case Query.Select select when functionsGiveRows -> plain(select);
          case Query.Select select ->
              select.from().isEmpty()
                  || (select.groupBy().isEmpty()
                      && select.items().stream().anyMatch(item -> aggregate(item.value())));
          case Query.Values values -> values.rows().size() == 1;
          case Query.WholeTable _, Query.SetOperation _ -> false;
        };
  }

  private static boolean one(Query.Limit limit) {
    return !limit.withTies()
        && limit.count().isPresent()
        && limit.count().get() instanceof Expression.Constant(_, String text)
        && (text.equals("1") || text.equals("0"));
  }

  /** Aggregates and plain names give no rows by themselves. */
  private static boolean plain(Query.Select select) {
    boolean aggregated =
        select.groupBy().isEmpty()
            && select.items().stream().allMatch(item -> aggregate(item.value()));
    boolean alone =
        select.from().isEmpty() && select.items().stream().allMatch(item -> plain(item.value()));
    return aggregated || alone;
  }

  private static boolean aggregate(Expression value) {
    return value instanceof Expression.Call call
        && call.over().isEmpty()
        && AGGREGATES.contains(call.name().last().text());
  }

  private static boolean plain(Expression value) {
    return value instanceof Expression.Constant
        || value instanceof Expression.Parameter
        || value instanceof Expression.ColumnReference
        || (value instanceof Expression.Cast(Expression of, _) && plain(of));
  }
}
