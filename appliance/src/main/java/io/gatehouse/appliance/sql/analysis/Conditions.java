package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a condition picks rows. It is not about the data: {@code id > 0} picks as far as anyone
 * can read. {@code true}, {@code id = id}, {@code id is not null} and what else holds for every row
 * by its form does not.
 */
public final class Conditions {
  private static final Set<String> PICKING =
      Set.of(
          "=",
          "<",
          "<=",
          ">",
          ">=",
          "~",
          "~*",
          "~~",
          "~~*",
          "@>",
          "<@",
          "&&",
          "@@",
          "^@",
          "?",
          "<=>",
          "regexp",
          "member of",
          "sounds like");

  private Conditions() {}

  public static boolean bounds(Optional<Expression> condition) {
    return condition.map(Conditions::bounds).orElse(false);
  }

  private static boolean bounds(Expression condition) {
    return switch (condition) {
      case Expression.Junction(boolean or, List<Expression> operands) when or ->
          operands.stream().allMatch(Conditions::bounds);
      case Expression.Junction(_, List<Expression> operands) ->
          operands.stream().anyMatch(Conditions::bounds);
      case Expression.Operation operation ->
          operation.left().isPresent()
              && PICKING.contains(operation.operator().last().text())
              && compares(operation.left().get(), operation.right());
      case Expression.Quantified quantified ->
          !quantified.all()
              && quantified.operator().last().text().equals("=")
              && compares(quantified.left(), quantified.right());
      case Expression.Between between ->
          !between.negated()
              && compares(between.value(), between.low())
              && compares(between.value(), between.high());
      case Expression.In in ->
          !in.negated() && in.items().stream().allMatch(item -> compares(in.value(), item));
      case Expression.InQuery in ->
          !in.negated() && !columns(in.value()).isEmpty() && picks(in.query());
      case Expression.Like like -> !like.negated() && compares(like.value(), like.pattern());
      case Expression.Test test ->
          !test.negated()
              && test.kind() != Expression.TestKind.DOCUMENT
              && test.kind() != Expression.TestKind.JSON
              && !columns(test.value()).isEmpty();
      case Expression.ColumnReference _, Expression.CurrentOf _ -> true;
      case Expression.Not(Expression operand) -> operand instanceof Expression.ColumnReference;
      case Expression.Subquery(Expression.SubqueryKind kind, Query query) ->
          kind == Expression.SubqueryKind.EXISTS && picks(query);
      case Expression.Constant _,
          Expression.Parameter _,
          Expression.Default _,
          Expression.AllColumns _,
          Expression.Field _,
          Expression.AllFields _,
          Expression.Subscript _,
          Expression.Call _,
          Expression.Distinct _,
          Expression.Cast _,
          Expression.Collate _,
          Expression.Case _,
          Expression.Row _,
          Expression.ArrayItems _,
          Expression.Special _,
          Expression.UserVariable _,
          Expression.VariableAssignment _,
          Expression.SystemVariable _ ->
          false;
    };
  }

  /** One side depends on the row, and not in the same way as the other. */
  private static boolean compares(Expression left, Expression right) {
    Set<List<String>> here = columns(left);
    Set<List<String>> there = columns(right);
    return !(here.isEmpty() && there.isEmpty()) && disjoint(here, there);
  }

  private static boolean disjoint(Set<List<String>> here, Set<List<String>> there) {
    return here.stream().noneMatch(one -> there.stream().anyMatch(other -> maySame(one, other)));
  }

  /**
   * {@code id} and {@code t.id} may be one column; {@code t.id} and {@code s.id} are not. Case is
   * no difference: on some servers it makes none.
   */
  private static boolean maySame(List<String> one, List<String> other) {
    if (!one.getLast().equalsIgnoreCase(other.getLast())) {
      return false;
    }
    return one.size() == 1
        || other.size() == 1
        || one.get(one.size() - 2).equalsIgnoreCase(other.get(other.size() - 2));
  }

  private static boolean picks(Query query) {
    return query.body() instanceof Query.Select select
        && (bounds(select.where()) || bounds(select.having()));
  }

  private static Set<List<String>> columns(Expression expression) {
    Set<List<String>> found = new HashSet<>();
    collect(expression, found);
    return found;
  }

  private static void collect(Expression expression, Set<List<String>> found) {
    switch (expression) {
      case Expression.ColumnReference(List<Name> parts) ->
          found.add(parts.stream().map(Name::text).toList());
      case Expression.Cast cast -> collect(cast.value(), found);
      case Expression.Collate collate -> collect(collate.value(), found);
      case Expression.Field field -> collect(field.of(), found);
      case Expression.Subscript subscript -> collect(subscript.of(), found);
      case Expression.Call call ->
          call.arguments().items().forEach(argument -> collect(argument.value(), found));
      case Expression.Special special -> special.arguments().forEach(one -> collect(one, found));
      case Expression.Operation operation -> {
        operation.left().ifPresent(left -> collect(left, found));
        collect(operation.right(), found);
      }
      case Expression.Row(List<Expression> items) -> items.forEach(item -> collect(item, found));
      case Expression.ArrayItems(List<Expression> items) ->
          items.forEach(item -> collect(item, found));
      case Expression.Case choice -> {
        choice.operand().ifPresent(operand -> collect(operand, found));
        choice.branches().forEach(branch -> collect(branch.result(), found));
        choice.otherwise().ifPresent(otherwise -> collect(otherwise, found));
      }
      default -> {}
    }
  }
}
