package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.TypeName;
import io.gatehouse.appliance.sql.tree.WindowDefinition;
import io.gatehouse.appliance.sql.tree.WindowReference;
import java.util.ArrayList;
import java.util.List;

/** Goes through expressions, of one statement. */
final class Expressions {
  static final QualifiedName EQUALS = QualifiedName.of("=");

  private final Walk walk;
  private final Calls calls;
  private final Columns columns;

  private boolean walked;

  /** Names behind a dot: fields, or functions of what stands before. */
  private final List<List<Name>> dotted = new ArrayList<>();

  Expressions(Walk walk, Calls calls, Columns columns) {
    this.walk = walk;
    this.calls = calls;
    this.columns = columns;
  }

  Calls calls() {
    return calls;
  }

  void walkAll(List<Expression> expressions) {
    expressions.forEach(this::walk);
  }

  void walk(Expression expression) {
    walked = true;
    switch (expression) {
      case Expression.Constant _, Expression.Parameter _, Expression.Default _ -> {}
      case Expression.ColumnReference(List<Name> parts) -> reference(parts);
      case Expression.AllColumns(List<Name> qualifier) -> all(qualifier);
      case Expression.Field(Expression of, Name name) -> {
        walk(of);
        columns.name(name.text());
        dotted.add(List.of(name));
      }
      case Expression.AllFields(Expression of) -> walk(of);
      case Expression.Subscript subscript -> {
        walk(subscript.of());
        subscript.lower().ifPresent(this::walk);
        subscript.upper().ifPresent(this::walk);
      }
      case Expression.Call call -> call(call);
      case Expression.Special special -> special(special);
      case Expression.Cast cast -> {
        calls.cast();
        walk(cast.value());
        type(cast.type());
      }
      case Expression.Collate collate -> walk(collate.value());
      case Expression.Case choice -> choice(choice);
      case Expression.Row(List<Expression> items) -> walkAll(items);
      case Expression.ArrayItems(List<Expression> items) -> walkAll(items);
      case Expression.Subquery(Expression.SubqueryKind kind, var query) -> {
        switch (kind) {
          case EXISTS -> walk.exists(query);
          case SCALAR, ARRAY, ROWS -> walk.query(query);
        }
      }
      case Expression.CurrentOf _ -> {}
      case Expression.UserVariable _,
          Expression.VariableAssignment _,
          Expression.SystemVariable _ ->
          throw DoubtException.of("variables are not understood on this server");
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
    }
  }

  private void operation(Expression expression) {
    switch (expression) {
      case Expression.Operation operation -> {
        operator(operation.operator());
        operation.left().ifPresent(this::walk);
        walk(operation.right());
      }
      case Expression.Junction(_, List<Expression> operands) -> walkAll(operands);
      case Expression.Not(Expression operand) -> walk(operand);
      case Expression.Test test -> walk(test.value());
      case Expression.Distinct distinct ->
          compared(List.of("="), distinct.left(), distinct.right());
      case Expression.Quantified quantified -> {
        operator(quantified.operator());
        walk(quantified.left());
        walk(quantified.right());
      }
      case Expression.Between between ->
          compared(
              between.negated() ? List.of("<", ">") : List.of(">=", "<="),
              between.value(),
              between.low(),
              between.high());
      case Expression.In in -> {
        compared(List.of(in.negated() ? "<>" : "="), in.value());
        walkAll(in.items());
      }
      case Expression.InQuery in -> {
        operator(EQUALS);
        walk(in.value());
        walk.query(in.query());
      }
      case Expression.Like like -> {
        compared(operators(like), like.value(), like.pattern());
        like.escape().ifPresent(this::walk);
      }
      default -> throw DoubtException.of("an expression of an unknown kind");
    }
  }

  private static List<String> operators(Expression.Like like) {
    return switch (like.kind()) {
      case LIKE -> List.of(like.negated() ? "!~~" : "~~");
      case ILIKE -> List.of(like.negated() ? "!~~*" : "~~*");
      case SIMILAR -> List.of(like.negated() ? "!~" : "~");
    };
  }

  private void compared(List<String> operators, Expression... operands) {
    operators.forEach(operator -> operator(QualifiedName.of(operator)));
    walkAll(List.of(operands));
  }

  void operator(QualifiedName operator) {
    calls.operator(operator);
  }

  void type(TypeName type) {
    calls.type(type);
    walkAll(type.modifiers());
  }

  private void reference(List<Name> parts) {
    columns.reference(parts);
    if (parts.size() > 1) {
      dotted.add(parts);
    }
  }

  private void all(List<Name> qualifier) {
    if (qualifier.isEmpty()) {
      walk.star();
    } else {
      columns.allOf(qualifier.getLast().text());
    }
  }

  private void call(Expression.Call call) {
    calls.function(call);
    Expression.Arguments arguments = call.arguments();
    arguments.items().forEach(argument -> walk(argument.value()));
    walk.sorted(arguments.orderBy());
    walk.sorted(arguments.withinGroup());
    call.filter().ifPresent(this::walk);
    call.over().ifPresent(this::over);
  }

  private void special(Expression.Special special) {
    calls.special(special);
    if (special.name().equals("nullif")) {
      operator(EQUALS);
    }
    walkAll(special.arguments());
    special.types().forEach(this::type);
    special.filter().ifPresent(this::walk);
    special.over().ifPresent(this::over);
  }

  private void over(WindowReference reference) {
    switch (reference) {
      case WindowReference.Named _ -> {}
      case WindowReference.Inline(WindowDefinition definition) -> window(definition);
    }
  }

  void window(WindowDefinition window) {
    walkAll(window.partitionBy());
    walk.sorted(window.orderBy());
    walkAll(window.frameOffsets());
  }

  private void choice(Expression.Case choice) {
    choice.operand().ifPresent(this::walk);
    if (choice.operand().isPresent()) {
      operator(EQUALS);
    }
    for (Expression.When branch : choice.branches()) {
      walk(branch.condition());
      walk(branch.result());
    }
    choice.otherwise().ifPresent(this::walk);
  }

  /** All columns are known by now: what else stands behind a dot may be a function. */
  void finish() {
    if (walked) {
      calls.casts();
    }
    calls.finish();
    for (List<Name> parts : dotted) {
      if (!columns.certain(parts)) {
        calls.calledByDot(parts.getLast());
      }
    }
  }
}
