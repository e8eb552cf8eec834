package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.FromItem.Alias;
import io.gatehouse.appliance.sql.tree.FromItem.Derived;
import io.gatehouse.appliance.sql.tree.FromItem.Join;
import io.gatehouse.appliance.sql.tree.FromItem.JoinCondition;
import io.gatehouse.appliance.sql.tree.FromItem.JoinKind;
import io.gatehouse.appliance.sql.tree.FromItem.Sample;
import io.gatehouse.appliance.sql.tree.FromItem.Table;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.List;
import java.util.Optional;

/** table_ref: tables, queries, functions and joins of FROM. */
final class FromItems {
  private final Grammar grammar;
  private final Cursor cursor;

  FromItems(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  List<FromItem> list() {
    return cursor.list(this::read);
  }

  FromItem read() {
    return cursor.nested(() -> joined(first()));
  }

  private FromItem first() {
    boolean lateral = cursor.take("lateral");
    if (cursor.atSymbol("(")) {
      return switch (parenthesized()) {
        case OfQuery query -> new Derived(query.query(), lateral, alias());
        case OfJoin join -> {
          if (lateral) {
            throw cursor.unexpected();
          }
          yield withAlias(join.join());
        }
      };
    }
    if (lateral || grammar.tableFunctions.atStart()) {
      return grammar.tableFunctions.read(lateral);
    }
    Table table = relation();
    return withSample(new Table(table.name(), table.only(), alias(), Optional.empty()));
  }

  private FromItem withAlias(Join join) {
    Optional<Alias> alias = alias();
    return alias.isEmpty()
        ? join
        : new Join(join.kind(), join.left(), join.right(), join.condition(), alias);
  }

  // Parentheses

  private sealed interface Content {}

  private record OfQuery(Query query) implements Content {}

  private record OfJoin(Join join) implements Content {}

  private Content parenthesized() {
    return cursor.nested(
        () -> {
          cursor.expectSymbol("(");
          Content content = content();
          cursor.expectSymbol(")");
          return content;
        });
  }

  private Content content() {
    if (grammar.queries.atStart()) {
      return new OfQuery(grammar.queries.withoutParentheses());
    }
    if (!cursor.atSymbol("(")) {
      return joinOnly(read());
    }
    Content inner = parenthesized();
    if (cursor.atSymbol(")")) {
      return inner;
    }
    return switch (inner) {
      case OfQuery query ->
          grammar.queries.atContinuation()
              ? new OfQuery(grammar.queries.continued(query.query()))
              : joinOnly(joined(new Derived(query.query(), false, alias())));
      case OfJoin join -> joinOnly(joined(withAlias(join.join())));
    };
  }

  /** Only a join may stand in parentheses, and its alias only behind them. */
  private OfJoin joinOnly(FromItem item) {
    if (item instanceof Join join && join.alias().isEmpty()) {
      return new OfJoin(join);
    }
    throw cursor.unexpected();
  }

  // Joins

  private FromItem joined(FromItem first) {
    FromItem left = first;
    int steps = 0;
    while (true) {
      if (cursor.at("cross")) {
        cursor.expect("cross", "join");
        left = join(JoinKind.CROSS, left, first(), new FromItem.Cross());
      } else if (cursor.take("natural")) {
        JoinKind kind = kind();
        left = join(kind, left, first(), new FromItem.Natural());
      } else if (cursor.atAny("join", "inner", "left", "right", "full")) {
        JoinKind kind = kind();
        FromItem right = read();
        left = join(kind, left, right, condition());
      } else {
        return left;
      }
      cursor.chained(steps++);
    }
  }

  private static Join join(JoinKind kind, FromItem left, FromItem right, JoinCondition condition) {
    return new Join(kind, left, right, condition, Optional.empty());
  }

  private JoinKind kind() {
    JoinKind kind = JoinKind.INNER;
    if (cursor.take("left")) {
      kind = JoinKind.LEFT;
    } else if (cursor.take("right")) {
      kind = JoinKind.RIGHT;
    } else if (cursor.take("full")) {
      kind = JoinKind.FULL;
    } else {
      cursor.take("inner");
    }
    if (kind != JoinKind.INNER) {
      cursor.take("outer");
    }
    cursor.expect("join");
    return kind;
  }

  private JoinCondition condition() {
    if (cursor.take("using")) {
      List<Name> columns = cursor.inParentheses(cursor::nameList);
      Optional<Name> alias = cursor.take("as") ? Optional.of(cursor.columnId()) : Optional.empty();
      return new FromItem.Using(columns, alias);
    }
    cursor.expect("on");
    return new FromItem.On(grammar.expressions.any());
  }

  // Tables

  /** relation_expr. */
  Table relation() {
    boolean only = cursor.take("only");
    QualifiedName name =
        only && cursor.atSymbol("(")
            ? cursor.inParentheses(cursor::qualifiedName)
            : cursor.qualifiedName();
    if (!only) {
      cursor.takeSymbol("*");
    }
    return new Table(name, only, Optional.empty(), Optional.empty());
  }

  /** relation_expr_opt_alias, whose alias without AS is never SET. */
  Table target() {
    Table table = relation();
    Optional<Alias> alias = Optional.empty();
    if (cursor.take("as") || (cursor.atColumnId() && !cursor.at("set"))) {
      alias = Optional.of(new Alias(cursor.columnId(), List.of()));
    }
    return new Table(table.name(), table.only(), alias, Optional.empty());
  }

  /** opt_alias_clause. */
  Optional<Alias> alias() {
    if (!cursor.take("as") && !cursor.atColumnId()) {
      return Optional.empty();
    }
    return Optional.of(new Alias(cursor.columnId(), cursor.optionalNameList()));
  }

  private Table withSample(Table table) {
    if (!cursor.take("tablesample")) {
      return table;
    }
    QualifiedName method = cursor.functionName();
    List<Expression> arguments = grammar.expressions.listInParentheses();
    Optional<Expression> repeatable = Optional.empty();
    if (cursor.take("repeatable")) {
      repeatable = Optional.of(cursor.inParentheses(grammar.expressions::any));
    }
    Sample sample = new Sample(method, arguments, repeatable);
    return new Table(table.name(), table.only(), table.alias(), Optional.of(sample));
  }
}
