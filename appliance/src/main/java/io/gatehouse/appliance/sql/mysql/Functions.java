package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Argument;
import io.gatehouse.appliance.sql.tree.Expression.Arguments;
import io.gatehouse.appliance.sql.tree.Expression.Call;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.WindowReference;
import java.util.List;
import java.util.Optional;

/** Calls: of functions without syntax of their own, of aggregates and of window functions. */
final class Functions {
  private final Grammar grammar;
  private final Cursor cursor;

  Functions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /**
   * A call of a function that the grammar itself names. No function of somebody's own can have such
   * a name without a database before it.
   */
  static Call call(String function, List<Expression> arguments) {
    return call(function, Arguments.of(arguments), Optional.empty());
  }

  private static Call call(String function, Arguments arguments, Optional<WindowReference> over) {
    return new Call(QualifiedName.of(function), arguments, Optional.empty(), over);
  }

  /** function_call_generic, whose name was read. */
  Call call(QualifiedName name) {
    List<Expression> arguments = optionalArguments();
    return new Call(name, Arguments.of(arguments), Optional.empty(), Optional.empty());
  }

  /** Any number of expressions in parentheses. */
  List<Expression> optionalArguments() {
    return cursor.inParentheses(
        () -> cursor.atSymbol(")") ? List.of() : grammar.expressions.list());
  }

  // Aggregates

  Expression count() {
    cursor.expect("count");
    cursor.expectSymbol("(");
    if (cursor.takeSymbol("*")) {
      cursor.expectSymbol(")");
      Arguments star = new Arguments(List.of(), true, false, List.of(), List.of());
      return call("count", star, over());
    }
    boolean distinct = cursor.take("distinct");
    if (!distinct) {
      cursor.take("all");
    }
    List<Expression> items =
        distinct ? grammar.expressions.list() : List.of(grammar.expressions.any());
    cursor.expectSymbol(")");
    return call("count", arguments(items, distinct, List.of()), over());
  }

  private static Arguments arguments(
      List<Expression> items, boolean distinct, List<SortItem> orderBy) {
    List<Argument> arguments = items.stream().map(Argument::of).toList();
    return new Arguments(arguments, false, distinct, orderBy, List.of());
  }

  Expression aggregate(String function, boolean distinctAllowed) {
    cursor.next();
    cursor.expectSymbol("(");
    boolean distinct = distinctAllowed && cursor.take("distinct");
    if (!distinct) {
      cursor.take("all");
    }
    Expression value = grammar.expressions.any();
    cursor.expectSymbol(")");
    return call(function, arguments(List.of(value), distinct, List.of()), over());
  }

  Expression groupConcat() {
    cursor.next();
    cursor.expectSymbol("(");
    boolean distinct = cursor.take("distinct");
    List<Expression> items = grammar.expressions.list();
    List<SortItem> orderBy = grammar.selectClauses.optionalOrderBy();
    if (cursor.take("separator")) {
      cursor.string();
    }
    cursor.expectSymbol(")");
    return call("group_concat", arguments(items, distinct, orderBy), over());
  }

  Expression jsonAggregate(String function, int items) {
    cursor.next();
    List<Expression> values = cursor.inParentheses(grammar.expressions::list);
    if (values.size() != items) {
      throw cursor.unexpected();
    }
    return call(function, arguments(values, false, List.of()), over());
  }

  private Optional<WindowReference> over() {
    return cursor.take("over") ? Optional.of(grammar.windows.reference()) : Optional.empty();
  }

  // Window functions

  Expression window(String function, int fewest, int most) {
    cursor.next();
    List<Expression> arguments = optionalArguments();
    if (arguments.size() < fewest || arguments.size() > most) {
      throw cursor.unexpected();
    }
    if (cursor.settings.mysql()) {
      if (function.equals("nth_value") && cursor.take("from")) {
        cursor.expect("first");
      }
      if (most > 0 && !function.equals("ntile") && cursor.take("respect")) {
        cursor.expect("nulls");
      }
    }
    cursor.expect("over");
    return call(function, Arguments.of(arguments), Optional.of(grammar.windows.reference()));
  }
}
