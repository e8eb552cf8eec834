package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.FromItem.TableColumn;
import io.gatehouse.appliance.sql.tree.FromItem.TableExpression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON_TABLE, which sees the tables before it without LATERAL. */
final class JsonTables {
  private final Grammar grammar;
  private final Cursor cursor;

  JsonTables(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  boolean atStart() {
    return cursor.at("json_table") && cursor.peek(1).symbol("(");
  }

  TableExpression read() {
    cursor.expect("json_table");
    cursor.expectSymbol("(");
    Expression document = grammar.expressions.any();
    cursor.expectSymbol(",");
    cursor.string();
    List<TableColumn> columns = new ArrayList<>();
    columns(columns);
    cursor.expectSymbol(")");
    FromItem.Alias alias = grammar.from.alias(false);
    return new TableExpression("json_table", List.of(document), columns, true, Optional.of(alias));
  }

  private void columns(List<TableColumn> columns) {
    cursor.nested(
        () -> {
          cursor.expect("columns");
          cursor.expectSymbol("(");
          do {
            column(columns);
          } while (cursor.takeSymbol(","));
          cursor.expectSymbol(")");
          return columns;
        });
  }

  private void column(List<TableColumn> columns) {
    boolean nested =
        cursor.at("nested")
            && (cursor.peek(1).word("path") || cursor.peek(1).kind() == Token.Kind.STRING);
    if (nested) {
      cursor.next();
      cursor.take("path");
      cursor.string();
      columns(columns);
      return;
    }
    Name name = grammar.names.name();
    if (cursor.take("for")) {
      cursor.expect("ordinality");
      columns.add(new TableColumn(name, Optional.empty(), List.of()));
      return;
    }
    TypeName type = grammar.types.columnType();
    cursor.take("exists");
    cursor.expect("path");
    cursor.string();
    columns.add(new TableColumn(name, Optional.of(type), otherwise()));
  }

  /** ON EMPTY and ON ERROR. */
  private List<Expression> otherwise() {
    List<Expression> defaults = new ArrayList<>();
    for (String word : List.of("empty", "error")) {
      if (!cursor.peek(1).word("on") && !cursor.at("default")) {
        return defaults;
      }
      if (cursor.take("default")) {
        defaults.add(new Expression.Constant(Expression.ConstantKind.STRING, cursor.string()));
      } else if (!cursor.takeAny("null", "error")) {
        return defaults;
      }
      cursor.expect("on");
      if (!cursor.take(word)) {
        cursor.expect("error");
        return defaults;
      }
    }
    return defaults;
  }
}
