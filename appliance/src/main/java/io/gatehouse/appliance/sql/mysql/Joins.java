package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.FromItem.Cross;
import io.gatehouse.appliance.sql.tree.FromItem.Join;
import io.gatehouse.appliance.sql.tree.FromItem.JoinCondition;
import io.gatehouse.appliance.sql.tree.FromItem.JoinKind;
import io.gatehouse.appliance.sql.tree.FromItem.Natural;
import io.gatehouse.appliance.sql.tree.FromItem.On;
import io.gatehouse.appliance.sql.tree.FromItem.Using;
import java.util.Optional;

/** joined_table. */
final class Joins {
  private final Grammar grammar;
  private final Cursor cursor;

  Joins(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** What was joined, and how many joins stand one in another at its left. */
  private record Chain(FromItem item, int joins) {
    Chain with(FromItem joined) {
      return new Chain(joined, joins + 1);
    }
  }

  FromItem read() {
    return cursor.nested(() -> joined(grammar.from.factor()));
  }

  /** In parentheses a comma joins, too. */
  FromItem crossed(FromItem first) {
    FromItem left = first;
    int steps = 0;
    while (cursor.takeSymbol(",")) {
      cursor.chained(steps++);
      left = join(JoinKind.CROSS, left, read(), new Cross());
    }
    return left;
  }

  /** Goes on behind a first table. */
  FromItem joined(FromItem first) {
    return chain(first).item();
  }

  private Chain chain(FromItem first) {
    Chain left = new Chain(first, 0);
    int steps = 0;
    while (cursor.atAny("join", "inner", "cross", "straight_join", "left", "right", "natural")) {
      cursor.chained(steps++);
      left = cursor.take("natural") ? left.with(natural(left.item())) : conditional(left);
    }
    return left;
  }

  private static Join join(JoinKind kind, FromItem left, FromItem right, JoinCondition condition) {
    return new Join(kind, left, right, condition, Optional.empty());
  }

  private FromItem natural(FromItem left) {
    JoinKind kind = JoinKind.INNER;
    if (cursor.atAny("left", "right")) {
      kind = outer();
    } else {
      cursor.take("inner");
    }
    cursor.expect("join");
    return join(kind, left, grammar.from.factor(), new Natural());
  }

  private JoinKind outer() {
    JoinKind kind = cursor.next().word("left") ? JoinKind.LEFT : JoinKind.RIGHT;
    cursor.take("outer");
    return kind;
  }

  private Chain conditional(Chain left) {
    if (cursor.atAny("left", "right")) {
      JoinKind kind = outer();
      cursor.expect("join");
      FromItem right = read();
      Optional<JoinCondition> condition = condition();
      if (condition.isEmpty()) {
        throw cursor.unexpected();
      }
      return left.with(join(kind, left.item(), right, condition.get()));
    }
    if (!cursor.take("straight_join")) {
      cursor.takeAny("inner", "cross");
      cursor.expect("join");
    }
    Chain right = cursor.nested(() -> chain(grammar.from.factor()));
    Optional<JoinCondition> condition = condition();
    if (condition.isPresent()) {
      return left.with(join(JoinKind.INNER, left.item(), right.item(), condition.get()));
    }
    FromItem all = beforeAll(left.item(), right.item(), right.joins());
    return new Chain(all, left.joins() + right.joins() + 1);
  }

  private Optional<JoinCondition> condition() {
    if (cursor.take("using")) {
      return Optional.of(new Using(cursor.inParentheses(grammar.names::list), Optional.empty()));
    }
    return cursor.take("on") ? Optional.of(new On(grammar.expressions.any())) : Optional.empty();
  }

  /**
   * {@code a JOIN b LEFT JOIN c ON d}: a join without a condition joins what stands right behind
   * it, and only then the rest, so that the condition sees all three.
   *
   * @param joins how many of the rest's joins were written behind it, and not in parentheses
   */
  private static FromItem beforeAll(FromItem first, FromItem rest, int joins) {
    return joins > 0
            && rest instanceof Join(var kind, var left, var right, var condition, var alias)
        ? new Join(kind, beforeAll(first, left, joins - 1), right, condition, alias)
        : join(JoinKind.CROSS, first, rest, new Cross());
  }
}
