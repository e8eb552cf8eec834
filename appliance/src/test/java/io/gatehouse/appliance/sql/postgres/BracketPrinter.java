package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import java.util.List;
import java.util.stream.Collectors;

/** Prints expressions with every operation in brackets, so that precedence plays no part. */
final class BracketPrinter {
  private BracketPrinter() {}

  static String print(Expression expression) {
    return "(" + bare(expression) + ")";
  }

  private static String bare(Expression expression) {
    return switch (expression) {
      case Expression.ColumnReference column ->
          column.parts().stream().map(Name::text).collect(Collectors.joining("."));
      case Expression.Constant constant ->
          constant.kind() == Expression.ConstantKind.STRING
              ? "'" + constant.text() + "'"
              : constant.text();
      case Expression.Operation operation ->
          operation.left().map(BracketPrinter::print).orElse("")
              + " OPERATOR("
              + operation.operator()
              + ") "
              + print(operation.right());
      case Expression.Junction junction ->
          junction.operands().stream()
              .map(BracketPrinter::print)
              .collect(Collectors.joining(junction.or() ? " OR " : " AND "));
      case Expression.Not not -> "NOT " + print(not.operand());
      case Expression.Test test ->
          print(test.value()) + " IS " + not(test.negated()) + test.kind().name();
      case Expression.Distinct distinct ->
          print(distinct.left())
              + " IS "
              + not(distinct.negated())
              + "DISTINCT FROM "
              + print(distinct.right());
      case Expression.Between between -> between(between);
      case Expression.In in ->
          print(in.value()) + " " + not(in.negated()) + "IN (" + list(in.items()) + ")";
      case Expression.Like like ->
          print(like.value())
              + " "
              + not(like.negated())
              + (like.kind() == Expression.LikeKind.SIMILAR ? "SIMILAR TO" : like.kind().name())
              + " "
              + print(like.pattern())
              + like.escape().map(escape -> " ESCAPE " + print(escape)).orElse("");
      case Expression.Quantified quantified ->
          print(quantified.left())
              + " OPERATOR("
              + quantified.operator()
              + ") "
              + (quantified.all() ? "ALL " : "ANY ")
              + print(quantified.right());
      case Expression.Cast cast -> "CAST(" + bare(cast.value()) + " AS " + cast.type().name() + ")";
      case Expression.Collate collate -> print(collate.value()) + " COLLATE \"C\"";
      case Expression.Call call ->
          call.name()
              + "("
              + list(call.arguments().items().stream().map(Expression.Argument::value).toList())
              + ")";
      default -> throw new IllegalArgumentException("not printed here: " + expression);
    };
  }

  private static String between(Expression.Between between) {
    return print(between.value())
        + " "
        + not(between.negated())
        + (between.symmetric() ? "BETWEEN SYMMETRIC " : "BETWEEN ")
        + print(between.low())
        + " AND "
        + print(between.high());
  }

  private static String not(boolean negated) {
    return negated ? "NOT " : "";
  }

  private static String list(List<Expression> expressions) {
    return expressions.stream().map(BracketPrinter::print).collect(Collectors.joining(", "));
  }
}
