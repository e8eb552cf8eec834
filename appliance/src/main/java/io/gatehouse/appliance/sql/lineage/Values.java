package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.builtin.Builtins;
import io.gatehouse.appliance.catalog.builtin.Effect;
import io.gatehouse.appliance.sql.analysis.Resolver;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.WindowDefinition;
import io.gatehouse.appliance.sql.tree.WindowReference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the values of expressions depend on, in one query. */
final class Values {
  /** What looks things up by what it is given, keeps it no more than what computes with it. */
  private static final Set<Effect> KEEPS_NOTHING =
      EnumSet.of(Effect.PURE, Effect.VOLATILE_HARMLESS, Effect.SYSTEM_DATA);

  private final Queries queries;
  private final Notes notes;
  private final Resolver resolver;
  private final Scope scope;
  private final Map<String, Value> windows = new HashMap<>();

  Values(Queries queries, Notes notes, Resolver resolver, Scope scope) {
    this.queries = queries;
    this.notes = notes;
    this.resolver = resolver;
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }

  /** A whole expression: if a part of it may fail, then by what the rest has decided. */
  Value root(Expression expression) {
    Value value = value(expression);
    // Alone, a subquery has rows too many or not, whatever is in them.
    boolean alone =
        expression instanceof Expression.Subquery(var kind, _)
            && kind == Expression.SubqueryKind.SCALAR;
    if (!value.total() && !alone) {
      notes.risky(value.flow());
    }
    return value;
  }

  /** It has a say in which rows there are. */
  void decides(Expression expression) {
    notes.decides(root(expression).flow());
  }

  void window(Name name, WindowDefinition definition) {
    windows.put(name.text(), window(definition));
  }

  private Value all(List<Expression> expressions) {
    return Value.of(expressions.stream().map(this::value).toList());
  }

  private Value optional(Optional<Expression> expression) {
    return expression.map(this::value).orElse(Value.CONSTANT);
  }

  private Value value(Expression expression) {
    return switch (expression) {
      case Expression.Constant _, Expression.Parameter _, Expression.Default _ -> Value.CONSTANT;
      case Expression.CurrentOf _ -> Value.CONSTANT;
      case Expression.UserVariable _,
          Expression.VariableAssignment _,
          Expression.SystemVariable _ ->
          throw UnprovedException.of("a variable");
      case Expression.ColumnReference(List<Name> parts) -> Value.of(scope.column(parts));
      case Expression.AllColumns(List<Name> qualifier) -> rows(qualifier);
      case Expression.Field(Expression of, Name name) -> field(of, name);
      case Expression.AllFields(Expression of) -> value(of).derived();
      case Expression.Subscript subscript ->
          Value.of(value(subscript.of()), optional(subscript.lower()), optional(subscript.upper()));
      case Expression.Call call -> call(call);
      case Expression.Special special ->
          Value.of(
                  all(special.arguments()),
                  optional(special.filter()),
                  special.over().map(this::over).orElse(Value.CONSTANT))
              .onlyIf(Totals.special(special.name()));
      case Expression.Cast(Expression of, var type) -> cast(of, type);
      case Expression.Collate(Expression of, _) -> value(of);
      case Expression.Case choice -> choice(choice);
      case Expression.Row(List<Expression> items) -> all(items);
      case Expression.ArrayItems(List<Expression> items) -> all(items).onlyIf(false);
      case Expression.Subquery(var kind, var query) -> subquery(kind, query);
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

  private Value operation(Expression expression) {
    return switch (expression) {
      case Expression.Operation operation ->
          Value.of(optional(operation.left()), value(operation.right()))
              .onlyIf(total(operation.operator()) && matches(operation));
      case Expression.Junction(_, List<Expression> operands) -> all(operands);
      case Expression.Not(Expression operand) -> value(operand).derived();
      case Expression.Test test ->
          value(test.value()).derived().onlyIf(test.kind() != Expression.TestKind.DOCUMENT);
      case Expression.Distinct distinct ->
          compared("=", value(distinct.left()), value(distinct.right()));
      case Expression.Quantified quantified ->
          Value.of(value(quantified.left()), value(quantified.right()))
              .onlyIf(total(quantified.operator()));
      case Expression.Between between ->
          compared("<=", value(between.value()), value(between.low()), value(between.high()));
      case Expression.In in -> compared("=", value(in.value()), all(in.items()));
      case Expression.InQuery in ->
          compared("=", value(in.value()), subquery(Expression.SubqueryKind.ROWS, in.query()));
      case Expression.Like like ->
          Value.of(value(like.value()), value(like.pattern()), optional(like.escape()))
              .onlyIf(
                  like.kind() != Expression.LikeKind.SIMILAR
                      && like.escape().isEmpty()
                      && total(QualifiedName.of("~~"))
                      && Totals.pattern(like.pattern()));
      default -> throw UnprovedException.of("an expression of an unknown kind");
    };
  }

  private static boolean matches(Expression.Operation operation) {
    return !operation.operator().last().text().contains("~~") || Totals.pattern(operation.right());
  }

  private Value compared(String operator, Value... operands) {
    return Value.of(operands).onlyIf(total(QualifiedName.of(operator)));
  }

  private boolean total(QualifiedName operator) {
    return Totals.operator(operator.last().text()) && !resolver.userOperator(operator);
  }

  /** Every column as one of many values. */
  private Value rows(List<Name> qualifier) {
    return qualifier.isEmpty()
        ? Value.derived(Flow.of(scope.ranges().stream().map(Range::wholeRow).toList()))
        : Value.derived(range(qualifier).wholeRow());
  }

  Range range(List<Name> qualifier) {
    return scope
        .range(qualifier)
        .orElseThrow(() -> UnprovedException.of("the star of \"" + qualifier.getLast() + "\""));
  }

  /** {@code (c).name} of a row that is named is its column. */
  private Value field(Expression of, Name name) {
    if (of instanceof Expression.ColumnReference(List<Name> parts) && parts.size() == 1) {
      Optional<Range> row = rowNamed(parts);
      Column column = row.isPresent() ? row.get().column(name.text()) : null;
      if (column != null) {
        return Value.of(column);
      }
    }
    return value(of).derived().onlyIf(false);
  }

  /** A column of that name comes first, however far out it is. */
  private Optional<Range> rowNamed(List<Name> parts) {
    boolean column = parts.size() == 1 && scope.isColumn(parts.getFirst().text());
    return column ? Optional.empty() : scope.range(parts);
  }

  /** The columns of {@code (row).*}. */
  List<Column> fields(Expression of) {
    if (of instanceof Expression.ColumnReference(List<Name> parts) && parts.size() == 1) {
      Optional<Range> row = rowNamed(parts);
      if (row.isPresent() && row.get().rest().isEmpty()) {
        return row.get().columns();
      }
    }
    throw UnprovedException.of("(...).*, whose columns are not known");
  }

  private Value choice(Expression.Case choice) {
    List<Value> parts = new ArrayList<>();
    choice.operand().ifPresent(operand -> parts.add(value(operand)));
    for (Expression.When when : choice.branches()) {
      parts.add(value(when.condition()));
      parts.add(value(when.result()));
    }
    choice.otherwise().ifPresent(otherwise -> parts.add(value(otherwise)));
    return Value.of(parts).onlyIf(total(QualifiedName.of("=")));
  }

  /** Text stays what it is when it is called text. */
  private Value cast(Expression of, io.gatehouse.appliance.sql.tree.TypeName type) {
    Value value = value(of);
    if (value.flow() instanceof Flow.Identity(var column)
        && type.modifiers().isEmpty()
        && type.dimensions() == 0
        && resolver.builtinType(type.name())
        && queries.sameText(column, type.name().last().text())) {
      return new Value(value.flow(), null, value.total());
    }
    return value.derived().onlyIf(resolver.builtinType(type.name()) && Totals.cast(of, type));
  }

  private Value subquery(
      Expression.SubqueryKind kind, io.gatehouse.appliance.sql.tree.Query query) {
    int risks = notes.risks();
    Flow row = queries.rowOf(query, scope);
    boolean total = notes.risks() == risks;
    return switch (kind) {
      case EXISTS -> Value.CONSTANT.onlyIf(total);
      case SCALAR -> Value.derived(row).onlyIf(total && OneRow.certain(query, true));
      case ARRAY, ROWS -> Value.derived(row).onlyIf(total);
    };
  }

  private Value call(Expression.Call call) {
    Expression.Arguments given = call.arguments();
    List<Value> parts = new ArrayList<>();
    given.items().forEach(argument -> parts.add(value(argument.value())));
    parts.add(sorted(given.orderBy()));
    parts.add(sorted(given.withinGroup()));
    call.filter().ifPresent(filter -> parts.add(value(filter)));
    call.over().ifPresent(over -> parts.add(over(over)));
    String name = call.name().last().text();
    boolean builtin =
        !resolver.schemaOf(call.name()).map(s -> !s.equals("pg_catalog")).orElse(false);
    boolean users = !resolver.routines(call.name()).isEmpty();
    Value value = Value.of(parts);
    Set<Effect> effects = builtin ? Builtins.of(name) : null;
    if (users || (effects != null && !KEEPS_NOTHING.containsAll(effects))) {
      notes.escapes(value.flow());
    }
    return value.onlyIf(
        builtin && !users && effects != null && (Totals.function(name) || sum(name, given)));
  }

  /** A sum of exact numbers is an exact number, which has room for it. */
  private boolean sum(String name, Expression.Arguments given) {
    return (name.equals("sum") || name.equals("avg"))
        && given.items().size() == 1
        && value(given.items().getFirst().value()).flow() instanceof Flow.Identity(var column)
        && queries.whole(column);
  }

  private Value sorted(List<SortItem> items) {
    return Value.of(
        items.stream()
            .map(item -> value(item.value()).onlyIf(item.using().map(this::total).orElse(true)))
            .toList());
  }

  private Value over(WindowReference reference) {
    return switch (reference) {
      case WindowReference.Named(Name name) -> named(name);
      case WindowReference.Inline(WindowDefinition definition) -> window(definition);
    };
  }

  private Value named(Name name) {
    Value window = windows.get(name.text());
    if (window == null) {
      throw UnprovedException.of("the window \"" + name + "\"");
    }
    return window;
  }

  private Value window(WindowDefinition definition) {
    return Value.of(
        definition.base().map(this::named).orElse(Value.CONSTANT),
        all(definition.partitionBy()),
        sorted(definition.orderBy()),
        all(definition.frameOffsets()).onlyIf(definition.frameOffsets().isEmpty()));
  }
}
