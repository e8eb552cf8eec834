package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.With;
import io.gatehouse.appliance.sql.tree.With.CommonTable;
import io.gatehouse.appliance.sql.tree.With.Cycle;
import io.gatehouse.appliance.sql.tree.With.Search;
import java.util.List;
import java.util.Optional;

/** with_clause. */
final class CommonTables {
  private final Grammar grammar;
  private final Cursor cursor;

  CommonTables(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Optional<With> optionalWith() {
    if (!cursor.take("with")) {
      return Optional.empty();
    }
    Token second = cursor.peek(1);
    boolean name = second.word("as") || second.symbol("(");
    boolean recursive = !name && cursor.take("recursive");
    return Optional.of(new With(recursive, cursor.list(this::table)));
  }

  private CommonTable table() {
    Name name = cursor.columnId();
    List<Name> columns = cursor.optionalNameList();
    cursor.expect("as");
    Optional<Boolean> materialized = Optional.empty();
    if (cursor.take("materialized")) {
      materialized = Optional.of(true);
    } else if (cursor.take("not")) {
      cursor.expect("materialized");
      materialized = Optional.of(false);
    }
    Statement body = cursor.inParentheses(grammar.statements::preparable);
    return new CommonTable(name, columns, materialized, body, search(), cycle());
  }

  private Optional<Search> search() {
    if (!cursor.take("search")) {
      return Optional.empty();
    }
    boolean breadth = cursor.take("breadth");
    if (!breadth) {
      cursor.expect("depth");
    }
    cursor.expect("first", "by");
    List<Name> by = cursor.nameList();
    cursor.expect("set");
    return Optional.of(new Search(breadth, by, cursor.columnId()));
  }

  private Optional<Cycle> cycle() {
    if (!cursor.take("cycle")) {
      return Optional.empty();
    }
    List<Name> columns = cursor.nameList();
    cursor.expect("set");
    Name set = cursor.columnId();
    List<Expression> marks = List.of();
    if (cursor.take("to")) {
      Expression mark = grammar.primaries.read();
      cursor.expect("default");
      marks = List.of(mark, grammar.primaries.read());
    }
    cursor.expect("using");
    return Optional.of(new Cycle(columns, set, marks, cursor.columnId()));
  }
}
