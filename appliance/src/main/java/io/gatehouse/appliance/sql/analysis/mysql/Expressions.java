package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.WindowDefinition;
import io.gatehouse.appliance.sql.tree.WindowReference;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.List;
import java.util.stream.Collectors;

/** Goes through expressions, of one statement. */
final class Expressions {
  private final Queries queries;
  private final Findings findings;
  private final Calls calls;
  private boolean keepsValues;

  Expressions(Queries queries, Findings findings, MysqlNames names) {
    this.queries = queries;
    this.findings = findings;
    this.calls = new Calls(findings, names);
  }

  void walkAll(List<Expression> expressions) {
    expressions.forEach(this::walk);
  }

  void walk(Expression expression) {
    switch (expression) {
      case Expression.Constant _,
          Expression.Parameter _,
          Expression.Default _,
          Expression.UserVariable _ -> {}
      case Expression.ColumnReference(List<Name> parts) -> queries.references().column(parts);
      case Expression.AllColumns(List<Name> qualifier) -> all(qualifier);
      case Expression.Call call -> call(call);
      case Expression.Special special -> special(special);
      case Expression.Cast cast -> walk(cast.value());
      case Expression.Collate collate -> walk(collate.value());
      case Expression.Case choice -> choice(choice);
      case Expression.Row(List<Expression> items) -> walkAll(items);
      case Expression.Subquery(Expression.SubqueryKind kind, var query) -> {
        switch (kind) {
          case EXISTS -> queries.exists(query);
          case SCALAR, ROWS, ARRAY -> queries.query(query);
        }
      }
      case Expression.VariableAssignment(_, Expression value) -> {
        keeps();
        walk(value);
      }
      case Expression.SystemVariable variable -> variable(variable);
      case Expression.Operation _,
          Expression.Junction _,
          Expression.Not _,
          Expression.Test _,
          Expression.Distinct _,
          Expression.Quantified _,
          Expression.Between _,
          Expression.In _,
          Expression.InQuery _,
          Expression.Like _ ->
          operation(expression);
      case Expression.Field _,
          Expression.AllFields _,
          Expression.Subscript _,
          Expression.ArrayItems _,
          Expression.CurrentOf _ ->
          throw DoubtException.of("an expression of another server");
    }
  }

  private void operation(Expression expression) {
    switch (expression) {
      case Expression.Operation operation -> {
        operation.left().ifPresent(this::walk);
        walk(operation.right());
      }
      case Expression.Junction(_, List<Expression> operands) -> walkAll(operands);
      case Expression.Not(Expression operand) -> walk(operand);
      case Expression.Test test -> walk(test.value());
      case Expression.Distinct distinct -> walkAll(List.of(distinct.left(), distinct.right()));
      case Expression.Quantified quantified ->
          walkAll(List.of(quantified.left(), quantified.right()));
      case Expression.Between between ->
          walkAll(List.of(between.value(), between.low(), between.high()));
      case Expression.In in -> {
        walk(in.value());
        walkAll(in.items());
      }
      case Expression.InQuery in -> {
        walk(in.value());
        queries.query(in.query());
      }
      case Expression.Like like -> {
        walkAll(List.of(like.value(), like.pattern()));
        like.escape().ifPresent(this::walk);
      }
      default -> throw DoubtException.of("an expression of an unknown kind");
    }
  }

  private void all(List<Name> qualifier) {
    if (qualifier.isEmpty()) {
      queries.star();
    } else {
      queries.references().allOf(qualifier.getLast().text());
    }
  }

  private void call(Expression.Call call) {
    calls.function(call);
    walkAll(call.arguments().items().stream().map(Expression.Argument::value).toList());
    queries.sorted(call.arguments().orderBy());
    call.over().ifPresent(this::over);
  }

  private void over(WindowReference reference) {
    switch (reference) {
      case WindowReference.Named _ -> {}
      case WindowReference.Inline(WindowDefinition definition) -> window(definition);
    }
  }

  void window(WindowDefinition window) {
    walkAll(window.partitionBy());
    queries.sorted(window.orderBy());
    walkAll(window.frameOffsets());
  }

  private void special(Expression.Special special) {
    switch (special.name()) {
      // The value that the statement itself brings for a column.
      case "values" -> {}
      // It may be computed from other columns of the row.
      case "default" -> {
        walkAll(special.arguments());
        queries.references().columns().everything();
      }
      case "match", "interval", "odbc", "json_value" -> walkAll(special.arguments());
      default -> throw DoubtException.of("an expression with a syntax of its own");
    }
  }

  private void choice(Expression.Case choice) {
    choice.operand().ifPresent(this::walk);
    for (Expression.When branch : choice.branches()) {
      walk(branch.condition());
      walk(branch.result());
    }
    choice.otherwise().ifPresent(this::walk);
  }

  private void variable(Expression.SystemVariable variable) {
    String name = variable.name().parts().stream().map(Name::text).collect(Collectors.joining("."));
    findings.touches(Operation.READ, Resource.Kind.SETTING, MysqlNames.folded(name));
  }

  /** A variable of the session takes a value. */
  void keeps() {
    findings.touches(Operation.SESSION, Resource.Kind.SESSION);
    keepsValues = true;
  }

  /**
   * @param rows whether values of tables may be among those that were kept
   */
  void finish(boolean rows) {
    if (keepsValues && rows) {
      findings.trait(Trait.KEEPS_RESULT);
    }
  }
}
