package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.FromItem.Alias;
import io.gatehouse.appliance.sql.tree.FromItem.ColumnDefinition;
import io.gatehouse.appliance.sql.tree.FromItem.FunctionSource;
import io.gatehouse.appliance.sql.tree.FromItem.Functions;
import io.gatehouse.appliance.sql.tree.FromItem.TableColumn;
import io.gatehouse.appliance.sql.tree.FromItem.TableExpression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions of FROM: func_table, xmltable and json_table. */
final class TableFunctions {
  private final Grammar grammar;
  private final Cursor cursor;

  TableFunctions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** Whether a function starts here and not a table. */
  boolean atStart() {
    Token token = cursor.token();
    Token second = cursor.peek(1);
    if (cursor.at("rows") && second.word("from")) {
      return true;
    }
    if (token.kind() == Kind.KEYWORD && !Cursor.columnId(token)) {
      return !token.word("only");
    }
    if (second.symbol("(")) {
      return true;
    }
    return second.symbol(".") && callBehindDots();
  }

  private boolean callBehindDots() {
    int distance = 1;
    while (cursor.peek(distance).symbol(".")) {
      distance += 2;
    }
    return cursor.peek(distance).symbol("(");
  }

  FromItem read(boolean lateral) {
    if (cursor.peek(1).symbol("(")) {
      if (cursor.take("xmltable")) {
        return xmlTable(lateral);
      }
      if (cursor.take("json_table")) {
        return jsonTable(lateral);
      }
    }
    if (cursor.take("rows", "from")) {
      List<FunctionSource> sources = cursor.inParentheses(() -> cursor.list(this::source));
      return functions(sources, true, lateral);
    }
    return functions(List.of(new FunctionSource(call(), List.of())), false, lateral);
  }

  /** func_expr_windowless. */
  Expression call() {
    return grammar.functionSyntax.inFrom().orElseGet(grammar.functions::bareCall);
  }

  private FunctionSource source() {
    Expression call = call();
    return new FunctionSource(call, cursor.take("as") ? definitions() : List.of());
  }

  private List<ColumnDefinition> definitions() {
    return cursor.inParentheses(() -> cursor.list(this::definition));
  }

  /** TableFuncElement. */
  private ColumnDefinition definition() {
    Name name = cursor.columnId();
    TypeName type = grammar.types.read();
    Optional<QualifiedName> collation =
        cursor.take("collate") ? Optional.of(cursor.qualifiedName()) : Optional.empty();
    return new ColumnDefinition(name, type, collation);
  }

  private Functions functions(List<FunctionSource> sources, boolean rowsFrom, boolean lateral) {
    boolean ordinality = cursor.take("with", "ordinality");
    Optional<Alias> alias = Optional.empty();
    List<ColumnDefinition> columns = List.of();
    boolean as = cursor.take("as");
    if (as && cursor.atSymbol("(")) {
      columns = definitions();
    } else if (as || cursor.atColumnId()) {
      Name name = cursor.columnId();
      List<Name> names = List.of();
      if (cursor.atSymbol("(") && plainNames()) {
        names = cursor.optionalNameList();
      } else if (cursor.atSymbol("(")) {
        columns = definitions();
      }
      alias = Optional.of(new Alias(name, names));
    }
    return new Functions(sources, rowsFrom, ordinality, lateral, alias, columns);
  }

  /** Whether the parenthesis here holds names without types. */
  private boolean plainNames() {
    Token third = cursor.peek(2);
    return third.symbol(",") || third.symbol(")");
  }

  // XMLTABLE

  private FromItem xmlTable(boolean lateral) {
    List<Expression> arguments = new ArrayList<>();
    cursor.expectSymbol("(");
    if (cursor.at("xmlnamespaces") && cursor.peek(1).symbol("(")) {
      cursor.next();
      arguments.addAll(cursor.inParentheses(() -> cursor.list(this::namespace)));
      cursor.expectSymbol(",");
    }
    arguments.add(grammar.primaries.read());
    arguments.add(grammar.xml.passing());
    cursor.expect("columns");
    List<TableColumn> columns = cursor.list(this::xmlColumn);
    cursor.expectSymbol(")");
    return new TableExpression("xmltable", arguments, columns, lateral, grammar.from.alias());
  }

  private Expression namespace() {
    if (cursor.take("default")) {
      return grammar.expressions.restricted();
    }
    Expression namespace = grammar.expressions.restricted();
    cursor.expect("as");
    cursor.label();
    return namespace;
  }

  private TableColumn xmlColumn() {
    Name name = cursor.columnId();
    if (cursor.take("for", "ordinality")) {
      return new TableColumn(name, Optional.empty(), List.of());
    }
    TypeName type = grammar.types.read();
    List<Expression> expressions = new ArrayList<>();
    while (!cursor.atSymbol(",") && !cursor.atSymbol(")")) {
      if (cursor.take("not", "null") || cursor.take("null")) {
        continue;
      }
      // Before 17 PATH was no keyword.
      boolean path = cursor.is(Kind.IDENTIFIER) && cursor.token().text().equals("path");
      if (path) {
        cursor.next();
      } else if (!cursor.take("path")) {
        cursor.expect("default");
      }
      expressions.add(grammar.expressions.restricted());
    }
    return new TableColumn(name, Optional.of(type), expressions);
  }

  // JSON_TABLE

  private FromItem jsonTable(boolean lateral) {
    List<Expression> arguments = new ArrayList<>();
    cursor.expectSymbol("(");
    arguments.add(grammar.json.value());
    cursor.expectSymbol(",");
    arguments.add(grammar.expressions.any());
    if (cursor.take("as")) {
      cursor.columnId();
    }
    arguments.addAll(grammar.json.passing());
    List<TableColumn> columns = new ArrayList<>();
    jsonColumns(columns);
    arguments.addAll(grammar.json.behaviors());
    cursor.expectSymbol(")");
    return new TableExpression("json_table", arguments, columns, lateral, grammar.from.alias());
  }

  private void jsonColumns(List<TableColumn> columns) {
    cursor.expect("columns");
    cursor.expectSymbol("(");
    do {
      if (cursor.at("nested") && nestedPath()) {
        cursor.nested(() -> nestedColumns(columns));
      } else {
        columns.add(jsonColumn());
      }
    } while (cursor.takeSymbol(","));
    cursor.expectSymbol(")");
  }

  private boolean nestedPath() {
    Token second = cursor.peek(1);
    return second.kind() == Kind.STRING || second.word("path");
  }

  private boolean nestedColumns(List<TableColumn> columns) {
    cursor.expect("nested");
    cursor.take("path");
    cursor.string();
    if (cursor.take("as")) {
      cursor.columnId();
    }
    jsonColumns(columns);
    return true;
  }

  private TableColumn jsonColumn() {
    Name name = cursor.columnId();
    if (cursor.take("for", "ordinality")) {
      return new TableColumn(name, Optional.empty(), List.of());
    }
    TypeName type = grammar.types.read();
    if (!cursor.take("exists")) {
      grammar.json.format();
    }
    if (cursor.take("path")) {
      cursor.string();
    }
    grammar.json.wrapper();
    grammar.json.quotes();
    return new TableColumn(name, Optional.of(type), grammar.json.behaviors());
  }
}
