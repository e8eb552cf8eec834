package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import java.util.List;
import java.util.stream.Collectors;

/** Expressions with a pair of brackets around every operator's result. */
final class Brackets {
  private Brackets() {}

  static String print(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant -> constant.text();
      case Expression.Parameter parameter -> "?" + parameter.number();
      case Expression.UserVariable(String name) -> "@" + name;
      case Expression.VariableAssignment(String name, Expression value) ->
          "[@" + name + " := " + print(value) + "]";
      case Expression.ColumnReference(List<Name> parts) ->
          parts.stream().map(Name::text).collect(Collectors.joining("."));
      case Expression.Operation operation ->
          "["
              + operation.left().map(left -> print(left) + " ").orElse("")
              + operation.operator()
              + " "
              + print(operation.right())
              + "]";
      case Expression.Junction(boolean or, List<Expression> operands) ->
          "[" + all(operands, or ? " or " : " and ") + "]";
      case Expression.Not(Expression operand) -> "[not " + print(operand) + "]";
      case Expression.Test test ->
          "[" + print(test.value()) + " is " + (test.negated() ? "not " : "") + test.kind() + "]";
      case Expression.Between between ->
          "["
              + print(between.value())
              + " between "
              + print(between.low())
              + " and "
              + print(between.high())
              + "]";
      case Expression.In in -> "[" + print(in.value()) + " in " + all(in.items(), ", ") + "]";
      case Expression.Like like ->
          "[" + print(like.value()) + " like " + print(like.pattern()) + "]";
      case Expression.Cast cast -> "[" + print(cast.value()) + " as " + cast.type().name() + "]";
      case Expression.Collate collate -> "[" + print(collate.value()) + " collate]";
      case Expression.Call call ->
          call.name()
              + "("
              + call.arguments().items().stream()
                  .map(argument -> print(argument.value()))
                  .collect(Collectors.joining(", "))
              + ")";
      case Expression.Special special ->
          special.name() + "{" + all(special.arguments(), ", ") + "}";
      default -> expression.getClass().getSimpleName();
    };
  }

  private static String all(List<Expression> expressions, String between) {
    return expressions.stream().map(Brackets::print).collect(Collectors.joining(between));
  }
}
