package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Argument;
import io.gatehouse.appliance.sql.tree.Expression.Arguments;
import io.gatehouse.appliance.sql.tree.Expression.Call;
import io.gatehouse.appliance.sql.tree.Expression.Cast;
import io.gatehouse.appliance.sql.tree.Expression.Constant;
import io.gatehouse.appliance.sql.tree.Expression.ConstantKind;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.TypeName;
import io.gatehouse.appliance.sql.tree.WindowReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** func_application and what may follow a call. */
final class Functions {
  private final Grammar grammar;
  private final Cursor cursor;

  Functions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** {@code f(...)}, or {@code type(modifiers) 'text'}. */
  Expression callOrTypedConstant(QualifiedName name) {
    Arguments arguments = arguments();
    if (cursor.is(Kind.STRING)) {
      Constant text = new Constant(ConstantKind.STRING, cursor.string());
      return new Cast(text, new TypeName(name, modifiers(arguments), false, false, 0));
    }
    return withClauses(name, arguments);
  }

  private List<Expression> modifiers(Arguments arguments) {
    boolean plain =
        !arguments.star()
            && !arguments.distinct()
            && arguments.orderBy().isEmpty()
            && arguments.items().stream()
                .allMatch(item -> item.name().isEmpty() && !item.variadic());
    if (!plain || arguments.items().isEmpty()) {
      throw cursor.unexpected();
    }
    return arguments.items().stream().map(Argument::value).toList();
  }

  private Call withClauses(QualifiedName name, Arguments plain) {
    Arguments arguments = plain;
    if (cursor.take("within")) {
      cursor.expect("group");
      List<SortItem> within = cursor.inParentheses(grammar.selectClauses::orderBy);
      if (!plain.orderBy().isEmpty() || plain.distinct() || anyVariadic(plain)) {
        throw cursor.unexpected();
      }
      arguments = new Arguments(plain.items(), plain.star(), false, List.of(), within);
    }
    return new Call(name, arguments, filter(), over());
  }

  private static boolean anyVariadic(Arguments arguments) {
    return arguments.items().stream().anyMatch(Argument::variadic);
  }

  Optional<Expression> filter() {
    if (!cursor.take("filter")) {
      return Optional.empty();
    }
    cursor.expectSymbol("(");
    cursor.expect("where");
    Expression condition = grammar.expressions.any();
    cursor.expectSymbol(")");
    return Optional.of(condition);
  }

  Optional<WindowReference> over() {
    return cursor.take("over") ? Optional.of(grammar.windows.reference()) : Optional.empty();
  }

  /** A call in FROM or CALL, which takes no FILTER and no OVER. */
  Call bareCall() {
    QualifiedName name = cursor.functionName();
    return new Call(name, arguments(), Optional.empty(), Optional.empty());
  }

  Arguments arguments() {
    cursor.expectSymbol("(");
    if (cursor.takeSymbol(")")) {
      return Arguments.of(List.of());
    }
    if (cursor.takeSymbol("*")) {
      cursor.expectSymbol(")");
      return new Arguments(List.of(), true, false, List.of(), List.of());
    }
    boolean distinct = cursor.take("distinct");
    boolean quantified = distinct || cursor.take("all");
    List<Argument> items = items(!quantified);
    List<SortItem> orderBy = grammar.selectClauses.optionalOrderBy();
    cursor.expectSymbol(")");
    return new Arguments(items, false, distinct, orderBy, List.of());
  }

  private List<Argument> items(boolean variadicAllowed) {
    List<Argument> items = new ArrayList<>();
    do {
      boolean variadic = variadicAllowed && cursor.take("variadic");
      items.add(item(variadic));
      if (variadic) {
        break;
      }
    } while (cursor.takeSymbol(","));
    return items;
  }

  /** func_arg_list without VARIADIC. */
  List<Argument> plainItems() {
    return cursor.list(this::plainItem);
  }

  /** func_arg_expr. */
  Argument plainItem() {
    return item(false);
  }

  private Argument item(boolean variadic) {
    Token second = cursor.peek(1);
    if (cursor.atTypeOrFunctionName() && (second.symbol(":=") || second.symbol("=>"))) {
      Name name = cursor.typeOrFunctionName();
      cursor.next();
      return new Argument(Optional.of(name), grammar.expressions.any(), variadic);
    }
    return new Argument(Optional.empty(), grammar.expressions.any(), variadic);
  }
}
