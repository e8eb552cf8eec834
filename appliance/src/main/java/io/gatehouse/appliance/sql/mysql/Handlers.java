package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.MysqlRows.CloseHandler;
import io.gatehouse.appliance.sql.tree.MysqlRows.OpenHandler;
import io.gatehouse.appliance.sql.tree.MysqlRows.ReadHandler;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/** HANDLER: a table's rows without a query. */
final class Handlers {
  private static final String[] COMPARISONS = {"=", ">=", "<=", ">", "<"};

  private final Grammar grammar;
  private final Cursor cursor;

  Handlers(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Statement handler() {
    cursor.expect("handler");
    QualifiedName name = grammar.names.qualifiedName();
    if (cursor.take("open")) {
      return new OpenHandler(name, grammar.names.optionalAlias());
    }
    if (name.parts().size() > 1) {
      throw cursor.unexpected();
    }
    if (cursor.take("close")) {
      return new CloseHandler(name);
    }
    cursor.expect("read");
    List<Expression> expressions = new ArrayList<>();
    place(expressions);
    if (cursor.take("where")) {
      expressions.add(grammar.expressions.any());
    }
    limit(expressions);
    return new ReadHandler(name, expressions);
  }

  private void place(List<Expression> expressions) {
    Token second = cursor.peek(1);
    boolean alone =
        second.kind() == Token.Kind.END
            || second.symbol(";")
            || second.word("where")
            || second.word("limit");
    if (alone) {
      if (!cursor.takeAny("first", "next")) {
        throw cursor.unexpected();
      }
      return;
    }
    grammar.names.name();
    if (!cursor.takeAny("first", "next", "prev", "last")) {
      comparison();
      expressions.addAll(grammar.expressions.listInParentheses());
    }
  }

  private void comparison() {
    for (String comparison : COMPARISONS) {
      if (cursor.takeSymbol(comparison)) {
        return;
      }
    }
    throw cursor.unexpected();
  }

  private void limit(List<Expression> expressions) {
    if (!cursor.take("limit")) {
      return;
    }
    expressions.add(grammar.expressions.any());
    if (cursor.takeSymbol(",") || cursor.take("offset")) {
      expressions.add(grammar.expressions.any());
    }
  }
}
