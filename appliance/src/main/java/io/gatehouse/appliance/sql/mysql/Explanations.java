package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.MysqlShow.Describe;
import io.gatehouse.appliance.sql.tree.MysqlShow.ExplainConnection;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.Explain;
import io.gatehouse.appliance.sql.tree.Statement.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** EXPLAIN, DESCRIBE, DESC, and MariaDB's ANALYZE of a statement. */
final class Explanations {
  private final Grammar grammar;
  private final Cursor cursor;

  Explanations(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Statement explain() {
    cursor.next();
    List<Option> options = options();
    if (cursor.at("for", "connection")) {
      cursor.next();
      cursor.next();
      return new ExplainConnection(options, grammar.expressions.any());
    }
    if (options.isEmpty() && grammar.names.atName()) {
      return describe();
    }
    return new Explain(options, explained());
  }

  private List<Option> options() {
    List<Option> options = new ArrayList<>();
    if (cursor.settings.mysqlSince(80018) && cursor.take("analyze")) {
      options.add(new Option("analyze", List.of()));
    }
    if (cursor.at("format") && cursor.peek(1).symbol("=")) {
      options.add(format());
    } else if (cursor.settings.mariadb() && atOldOption()) {
      options.add(new Option(cursor.word(), List.of()));
      cursor.next();
    }
    if (cursor.settings.mysqlSince(80100) && cursor.take("into")) {
      options.add(new Option("into", List.of(cursor.expect(Kind.USER_VARIABLE))));
    }
    return options;
  }

  private boolean atOldOption() {
    return cursor.atAny("extended", "partitions") && statementNext();
  }

  private Option format() {
    cursor.expect("format");
    cursor.expectSymbol("=");
    return new Option("format", List.of(grammar.names.nameOrString().text()));
  }

  /** Whether the word here is no table to be described. */
  private boolean statementNext() {
    Token next = cursor.peek(1);
    return next.symbol("(")
        || List.of("select", "insert", "update", "delete", "replace", "with", "table", "values")
            .contains(Cursor.word(next));
  }

  private Describe describe() {
    QualifiedName table = grammar.names.qualifiedName();
    Optional<String> column =
        cursor.atEnd() ? Optional.empty() : Optional.of(grammar.names.nameOrString().text());
    return new Describe(table, column);
  }

  private Statement explained() {
    boolean row = cursor.atAny("insert", "update", "delete", "replace");
    if (!row && !grammar.queries.atStartOrParenthesis()) {
      throw cursor.unexpected();
    }
    return grammar.statements.queryOrChange();
  }

  /** Whether it is no ANALYZE TABLE. */
  boolean atAnalyzedStatement() {
    return cursor.settings.mariadb()
        && ((statementNext() && !cursor.peek(1).word("table"))
            || (cursor.peek(1).word("format") && cursor.peek(2).symbol("=")));
  }

  Explain analyze() {
    cursor.expect("analyze");
    List<Option> options = new ArrayList<>(List.of(new Option("analyze", List.of())));
    if (cursor.at("format")) {
      options.add(format());
    }
    return new Explain(options, explained());
  }
}
