package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Query.Persistence;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.CreateTableAs;
import io.gatehouse.appliance.sql.tree.Statement.CreateView;
import io.gatehouse.appliance.sql.tree.Statement.Definition;
import io.gatehouse.appliance.sql.tree.Statement.RefreshView;
import io.gatehouse.appliance.sql.tree.Statement.Verb;
import java.util.List;
import java.util.Optional;

/** CREATE of what holds a query: tables and views. */
final class Creations {
  private final Grammar grammar;
  private final Cursor cursor;

  Creations(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Statement create() {
    cursor.expect("create");
    boolean orReplace = cursor.take("or", "replace");
    Persistence persistence = grammar.selectClauses.temporary();
    if (!orReplace && cursor.take("table")) {
      return table(persistence);
    }
    if (cursor.at("view") || cursor.at("recursive", "view")) {
      return view(persistence, orReplace);
    }
    boolean temporary = persistence == Persistence.TEMPORARY;
    if (!orReplace && !temporary && cursor.take("materialized", "view")) {
      boolean ifNotExists = ifNotExists();
      return materializedView(persistence, ifNotExists);
    }
    boolean plain = persistence == Persistence.PERMANENT || cursor.at("sequence");
    if (!plain) {
      throw cursor.unexpected();
    }
    return grammar.definitions.create(orReplace, temporary);
  }

  boolean ifNotExists() {
    if (!cursor.take("if")) {
      return false;
    }
    cursor.expect("not", "exists");
    return true;
  }

  private Statement table(Persistence persistence) {
    boolean ifNotExists = ifNotExists();
    if (selectsRows()) {
      return tableAs(persistence, ifNotExists);
    }
    QualifiedName name = cursor.qualifiedName();
    Optional<QualifiedName> parent =
        cursor.take("partition", "of") ? Optional.of(cursor.qualifiedName()) : Optional.empty();
    grammar.options.skipStatement(false);
    boolean temporary = persistence == Persistence.TEMPORARY;
    return new Definition(
        Verb.CREATE, "table", List.of(name), parent, temporary, false, ifNotExists, false);
  }

  /** In a table's definition no AS can stand outside of parentheses. */
  private boolean selectsRows() {
    int depth = 0;
    for (int i = 0; ; i++) {
      Token token = cursor.peek(i);
      if (token.kind() == Token.Kind.END || token.symbol(";")) {
        return false;
      }
      if (token.symbol("(")) {
        depth++;
      } else if (token.symbol(")")) {
        depth--;
      } else if (depth == 0 && token.word("as")) {
        return true;
      }
    }
  }

  private CreateTableAs tableAs(Persistence persistence, boolean ifNotExists) {
    QualifiedName name = cursor.qualifiedName();
    List<Name> columns = cursor.optionalNameList();
    storage();
    cursor.expect("as");
    Statement statement =
        cursor.at("execute")
            ? grammar.sessions.execute()
            : new Statement.QueryStatement(grammar.queries.read());
    return new CreateTableAs(name, persistence, false, ifNotExists, columns, statement, withData());
  }

  private CreateTableAs materializedView(Persistence persistence, boolean ifNotExists) {
    QualifiedName name = cursor.qualifiedName();
    List<Name> columns = cursor.optionalNameList();
    storage();
    cursor.expect("as");
    Statement statement = new Statement.QueryStatement(grammar.queries.read());
    return new CreateTableAs(name, persistence, true, ifNotExists, columns, statement, withData());
  }

  /** What stands between a table's columns and its query. */
  private void storage() {
    if (cursor.take("using")) {
      cursor.columnId();
    }
    if (cursor.take("with")) {
      grammar.options.skipParentheses();
    } else if (cursor.take("without")) {
      cursor.expect("oids");
    }
    if (cursor.take("on")) {
      cursor.expect("commit");
      if (cursor.take("delete") || cursor.take("preserve")) {
        cursor.expect("rows");
      } else {
        cursor.expect("drop");
      }
    }
    if (cursor.take("tablespace")) {
      cursor.columnId();
    }
  }

  private boolean withData() {
    if (!cursor.take("with")) {
      return true;
    }
    boolean no = cursor.take("no");
    cursor.expect("data");
    return !no;
  }

  private CreateView view(Persistence persistence, boolean orReplace) {
    boolean recursive = cursor.take("recursive");
    cursor.expect("view");
    QualifiedName name = cursor.qualifiedName();
    if (recursive && !cursor.atSymbol("(")) {
      throw cursor.unexpected();
    }
    List<Name> columns = cursor.optionalNameList();
    if (cursor.take("with")) {
      grammar.options.skipParentheses();
    }
    cursor.expect("as");
    Query query = grammar.queries.read();
    if (cursor.take("with")) {
      if (!cursor.take("cascaded")) {
        cursor.take("local");
      }
      cursor.expect("check", "option");
    }
    return new CreateView(name, persistence, orReplace, recursive, columns, query);
  }

  RefreshView refresh() {
    cursor.expect("refresh", "materialized", "view");
    boolean concurrently = cursor.take("concurrently");
    return new RefreshView(cursor.qualifiedName(), concurrently, withData());
  }
}
