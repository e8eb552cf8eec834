package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.OneRow;
import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.TypeName;
import io.gatehouse.appliance.sql.tree.WindowDefinition;
import io.gatehouse.appliance.sql.tree.WindowReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the values of expressions depend on, in one query. */
final class Values {
  private final Queries queries;
  private final Trace trace;
  private final Lookup lookup;
  private final Scope scope;

  /** What subqueries see. */
  private final Scope around;

  /** By names that ignore case. */
  private final Map<String, Value> windows;

  Values(Queries queries, Trace trace, Lookup lookup, Scope scope) {
    this(queries, trace, lookup, scope, scope, new HashMap<>());
  }

  private Values(
      Queries queries,
      Trace trace,
      Lookup lookup,
      Scope scope,
      Scope around,
      Map<String, Value> windows) {
    this.queries = queries;
    this.trace = trace;
    this.lookup = lookup;
    this.scope = scope;
    this.around = around;
    this.windows = windows;
  }

  Scope scope() {
    return scope;
  }

  /** The same where more or less can be named. */
  Values in(Scope other) {
    return new Values(queries, trace, lookup, other, other, windows);
  }

  /** The same behind columns of the select list, which subqueries can name. */
  Values beside(List<Column> columns) {
    return new Values(queries, trace, lookup, scope, scope.labelled(columns), windows);
  }

  /** A whole expression: if a part of it may fail, then by what the rest has decided. */
  Value root(Expression expression) {
    Value value = value(expression);
    // Alone, a subquery has rows too many or not, whatever is in them.
    boolean alone =
        expression instanceof Expression.Subquery(var kind, _)
            && kind == Expression.SubqueryKind.SCALAR;
    if (!value.total() && !alone) {
      trace.risky(value.flow());
    }
    return value;
  }

  /** It has a say in which rows there are. */
  void decides(Expression expression) {
    Value value = root(expression);
    trace.decides(value.flow());
    if (!value.type().number()) {
      // It is turned into a number, to be true or not.
      trace.risky(value.flow());
    }
  }

  /** It has a say in their order, or in which of them are one. */
  void arranges(Expression expression) {
    trace.decides(root(expression).flow());
  }

  void window(Name name, WindowDefinition definition) {
    windows.put(folded(name), window(definition));
  }

  private static String folded(Name name) {
    return MysqlNames.folded(name.text());
  }

  private List<Value> all(List<Expression> expressions) {
    return expressions.stream().map(this::value).toList();
  }

  private Value value(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant -> constant(constant);
      case Expression.Parameter _,
          Expression.Default _,
          Expression.UserVariable _,
          Expression.SystemVariable _ ->
          Value.UNKNOWN;
      case Expression.VariableAssignment(_, Expression of) -> {
        Value value = value(of).derived();
        trace.escapes(value.flow());
        yield value;
      }
      case Expression.ColumnReference(List<Name> parts) -> lookup.column(scope, parts).value();
      case Expression.Call call -> call(call);
      case Expression.Special special -> special(special);
      case Expression.Cast(Expression of, TypeName type) -> cast(value(of), type);
      case Expression.Collate(Expression of, _) -> {
        Value value = value(of).derived();
        yield value.onlyIf(value.type().text());
      }
      case Expression.Case choice -> choice(choice);
      case Expression.Row(List<Expression> items) -> Value.unsure(all(items));
      case Expression.Subquery(var kind, Query query) -> subquery(kind, query);
      case Expression.AllColumns(List<Name> qualifier) -> rows(qualifier);
      case Expression.CurrentOf _,
          Expression.Field _,
          Expression.AllFields _,
          Expression.Subscript _,
          Expression.ArrayItems _ ->
          throw UnprovedException.of("an expression that this server does not have");
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
    };
  }

  private static Value constant(Expression.Constant constant) {
    Type type =
        switch (constant.kind()) {
          case INTEGER, TRUE, FALSE -> Type.INTEGER;
          case DECIMAL -> Type.DOUBLE;
          case STRING -> Type.text(4L * constant.text().length());
          case BITS, HEX_BITS -> Type.UNKNOWN;
          case NULL -> Type.NULL;
        };
    return new Value(Flow.nothing(), type, true);
  }

  private Value operation(Expression expression) {
    return switch (expression) {
      case Expression.Operation operation -> operator(operation);
      case Expression.Junction(_, List<Expression> operands) -> truth(all(operands));
      case Expression.Not(Expression operand) -> truth(List.of(value(operand)));
      case Expression.Test test ->
          test.kind() == Expression.TestKind.NULL
              ? value(test.value()).derived().typed(Type.INTEGER)
              : truth(List.of(value(test.value())));
      case Expression.Quantified quantified ->
          Value.compared(value(quantified.left()), value(quantified.right()))
              .onlyIf(Totals.comparison(quantified.operator().last().text()));
      case Expression.Between between ->
          Value.compared(value(between.value()), value(between.low()), value(between.high()));
      case Expression.In in -> {
        List<Value> values = new ArrayList<>(all(in.items()));
        values.add(value(in.value()));
        yield Value.compared(values);
      }
      case Expression.InQuery in ->
          Value.compared(value(in.value()), subquery(Expression.SubqueryKind.ROWS, in.query()));
      case Expression.Like like -> {
        List<Value> values = new ArrayList<>(List.of(value(like.value()), value(like.pattern())));
        like.escape().map(this::value).ifPresent(values::add);
        yield Value.of(values, Type.INTEGER)
            .onlyIf(values.stream().allMatch(one -> one.type().textual()));
      }
      default -> throw UnprovedException.of("an expression of an unknown kind");
    };
  }

  /** What is no number is turned into one, which warns where it is none. */
  private static Value truth(List<Value> operands) {
    return Value.of(operands, Type.INTEGER)
        .onlyIf(operands.stream().allMatch(one -> one.type().number()));
  }

  private Value operator(Expression.Operation operation) {
    List<Value> operands = new ArrayList<>();
    operation.left().map(this::value).ifPresent(operands::add);
    operands.add(value(operation.right()));
    String operator = operation.operator().last().text();
    if (Totals.comparison(operator) && operands.size() == 2) {
      return Value.compared(operands);
    }
    if (operator.equals("||")) {
      List<Type> types = operands.stream().map(Value::type).toList();
      return Totals.of("concat", List.of(), types)
          .map(type -> Value.of(operands, type))
          .orElseGet(() -> Value.unsure(operands));
    }
    if (operator.equals("xor")) {
      return truth(operands);
    }
    return Value.unsure(operands);
  }

  private Value special(Expression.Special special) {
    if (special.name().equals("values")) {
      return newValue(special.arguments().getFirst());
    }
    List<Value> parts = new ArrayList<>(all(special.arguments()));
    special.filter().map(this::value).ifPresent(parts::add);
    special.over().map(this::over).ifPresent(parts::add);
    return Value.unsure(parts);
  }

  /** Every column as one of many values. */
  private Value rows(List<Name> qualifier) {
    List<Range> ranges = qualifier.isEmpty() ? scope.ranges() : lookup.ranges(scope, qualifier);
    return new Value(Lookup.row(ranges), Type.UNKNOWN, false);
  }

  private Value choice(Expression.Case choice) {
    List<Value> conditions = new ArrayList<>();
    List<Value> results = new ArrayList<>();
    choice.operand().ifPresent(operand -> conditions.add(value(operand)));
    for (Expression.When when : choice.branches()) {
      conditions.add(value(when.condition()));
      results.add(value(when.result()));
    }
    choice.otherwise().ifPresent(otherwise -> results.add(value(otherwise)));
    Value chosen = choice.operand().isPresent() ? Value.compared(conditions) : truth(conditions);
    List<Value> parts = new ArrayList<>(results);
    parts.add(chosen);
    return Totals.either(results.stream().map(Value::type).toList())
        .map(type -> Value.of(parts, type))
        .orElseGet(() -> Value.unsure(parts));
  }

  /** To bytes, and to nothing else, everything goes as it is. */
  private static Value cast(Value value, TypeName type) {
    boolean bytes =
        type.name().last().text().equals("binary")
            && type.modifiers().isEmpty()
            && value.type().textual();
    Type result = bytes ? new Type(Type.Family.BYTES, value.type().bytes()) : Type.UNKNOWN;
    return value.derived().typed(result).onlyIf(bytes);
  }

  private Value subquery(Expression.SubqueryKind kind, Query query) {
    int risks = trace.risks();
    List<Column> columns = queries.query(query, around);
    boolean total = trace.risks() == risks;
    Flow row = Flow.of(columns.stream().map(Column::flow).toList());
    return switch (kind) {
      case EXISTS -> Value.INTEGER.onlyIf(total);
      case SCALAR -> ofRow(row, columns).onlyIf(total && OneRow.certain(query, false));
      case ROWS -> ofRow(row, columns).onlyIf(total);
      case ARRAY -> throw UnprovedException.of("an array of rows");
    };
  }

  private static Value ofRow(Flow row, List<Column> columns) {
    Type type = columns.size() == 1 ? columns.getFirst().type() : Type.UNKNOWN;
    return new Value(row.derived(), type, true);
  }

  /** {@code VALUES(column)} of the row that was to be written; of none, it is NULL. */
  private Value newValue(Expression argument) {
    if (argument instanceof Expression.ColumnReference(List<Name> parts)) {
      for (Scope one = scope; one != null; one = one.outer()) {
        if (one.ranges().stream().anyMatch(range -> range.alias().equals(Insertion.NEW_ROW))) {
          return lookup
              .column(one, List.of(Name.of(Insertion.NEW_ROW), parts.getLast()))
              .value()
              .derived();
        }
      }
    }
    return Value.unsure(List.of(value(argument)));
  }

  private Value call(Expression.Call call) {
    Expression.Arguments given = call.arguments();
    if (call.name().parts().size() == 1
        && MysqlNames.folded(call.name().last().text()).equals("value")
        && given.items().size() == 1) {
      return newValue(given.items().getFirst().value());
    }
    List<Value> arguments = given.items().stream().map(item -> value(item.value())).toList();
    List<Value> beside = new ArrayList<>(sorted(given.orderBy()));
    call.filter().map(this::value).ifPresent(beside::add);
    call.over().map(this::over).ifPresent(beside::add);
    return new Calls(trace, lookup.names()).value(call, arguments, beside);
  }

  private List<Value> sorted(List<SortItem> items) {
    return items.stream().map(item -> value(item.value())).toList();
  }

  private Value over(WindowReference reference) {
    return switch (reference) {
      case WindowReference.Named(Name name) -> named(name);
      case WindowReference.Inline(WindowDefinition definition) -> window(definition);
    };
  }

  private Value named(Name name) {
    return Optional.ofNullable(windows.get(folded(name)))
        .orElseThrow(() -> UnprovedException.of("the window \"" + name + "\""));
  }

  private Value window(WindowDefinition definition) {
    List<Value> parts = new ArrayList<>(all(definition.partitionBy()));
    definition.base().map(this::named).ifPresent(parts::add);
    parts.addAll(sorted(definition.orderBy()));
    parts.addAll(all(definition.frameOffsets()));
    return Value.of(parts, Type.INTEGER).onlyIf(definition.frameOffsets().isEmpty());
  }
}
