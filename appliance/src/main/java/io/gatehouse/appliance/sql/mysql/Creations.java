package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.MysqlDefinition.AlterTable;
import io.gatehouse.appliance.sql.tree.MysqlDefinition.DefineView;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.Definition;
import io.gatehouse.appliance.sql.tree.Statement.Verb;
import java.util.List;
import java.util.Optional;

/** CREATE. */
final class Creations {
  private final Grammar grammar;
  private final Cursor cursor;
  private final Utilities utilities;
  private final Tables tables;
  private final Routines routines;

  Creations(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.utilities = utilities;
    tables = new Tables(grammar, utilities);
    routines = new Routines(grammar, utilities);
  }

  Statement create() {
    cursor.expect("create");
    boolean orReplace = cursor.take("or", "replace");
    if (orReplace && cursor.settings.mysql() && !atViewOrSystem()) {
      throw cursor.unexpected();
    }
    if (cursor.atAny("algorithm", "definer", "sql", "view")) {
      return withDefiner(orReplace);
    }
    return switch (cursor.word()) {
      case "temporary", "table" -> tables.create(orReplace);
      case "procedure", "function", "aggregate", "trigger", "event" ->
          routines.create(orReplace, Optional.empty());
      case "user", "role" -> utilities.accounts.create(orReplace);
      case "unique", "fulltext", "spatial", "index" -> index();
      default -> head(orReplace);
    };
  }

  private boolean atViewOrSystem() {
    return cursor.atAny("algorithm", "definer", "sql", "view", "spatial");
  }

  /** What can say as whom it will run. */
  private Statement withDefiner(boolean orReplace) {
    boolean algorithm = algorithm();
    Optional<Account> definer = definer();
    boolean atView = cursor.atAny("sql", "view");
    if (atView || algorithm) {
      return view(false, orReplace, definer);
    }
    if (orReplace && cursor.settings.mysql()) {
      throw cursor.unexpected();
    }
    return routines.create(orReplace, definer);
  }

  boolean algorithm() {
    if (!cursor.take("algorithm")) {
      return false;
    }
    cursor.expectSymbol("=");
    if (!cursor.takeAny("undefined", "merge", "temptable")) {
      throw cursor.unexpected();
    }
    return true;
  }

  Optional<Account> definer() {
    if (!cursor.take("definer")) {
      return Optional.empty();
    }
    cursor.expectSymbol("=");
    return Optional.of(utilities.accounts.account());
  }

  /** From SQL SECURITY on, for ALTER as well. */
  DefineView view(boolean alter, boolean orReplace, Optional<Account> definer) {
    boolean invoker = false;
    if (cursor.take("sql")) {
      cursor.expect("security");
      invoker = cursor.take("invoker");
      if (!invoker) {
        cursor.expect("definer");
      }
    }
    cursor.expect("view");
    boolean known = cursor.settings.mariadb() || cursor.settings.mysqlSince(90100);
    boolean ifNotExists = !alter && known && ifNotExists();
    QualifiedName view = grammar.names.qualifiedName();
    List<Name> columns = grammar.names.optionalList();
    cursor.expect("as");
    Query query = grammar.queries.read();
    if (cursor.take("with")) {
      cursor.takeAny("cascaded", "local");
      cursor.expect("check", "option");
    }
    return new DefineView(view, alter, orReplace, ifNotExists, definer, invoker, columns, query);
  }

  boolean ifNotExists() {
    if (!cursor.take("if")) {
      return false;
    }
    cursor.expect("not", "exists");
    return true;
  }

  private Statement index() {
    if (cursor.at("spatial") && cursor.peek(1).word("reference")) {
      return head(false);
    }
    boolean special = cursor.takeAny("fulltext", "spatial");
    if (!special) {
      cursor.take("unique");
    }
    cursor.expect("index");
    if (cursor.settings.mariadb()) {
      ifNotExists();
    }
    grammar.names.name();
    if (!special && cursor.takeAny("using", "type")) {
      structure();
    }
    cursor.expect("on");
    QualifiedName table = grammar.names.qualifiedName();
    if (!cursor.atSymbol("(")) {
      throw cursor.unexpected();
    }
    utilities.skips.rest();
    return new AlterTable("create index", table, List.of());
  }

  private void structure() {
    if (!cursor.takeAny("btree", "rtree", "hash")) {
      throw cursor.unexpected();
    }
  }

  /** All of which only the head is read. */
  private Definition head(boolean orReplace) {
    Kinds kind = Kinds.take(cursor).orElseThrow(cursor::unexpected);
    boolean ifNotExists = ifNotExists();
    QualifiedName name = kind.name(grammar);
    boolean read = cursor.atEnd();
    utilities.skips.rest();
    return new Definition(
        Verb.CREATE,
        kind.words(),
        List.of(name),
        Optional.empty(),
        false,
        orReplace,
        ifNotExists,
        read);
  }
}
