package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.MysqlDefinition.DefineCode;
import io.gatehouse.appliance.sql.tree.MysqlServer.Administer;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Procedures, functions, triggers and events: what is before their code. */
final class Routines {
  /** What goes on with the type that a function returns. */
  private static final Set<String> OF_TYPES =
      Set.of(
          "unsigned",
          "signed",
          "zerofill",
          "ascii",
          "unicode",
          "binary",
          "byte",
          "varying",
          "precision",
          "varchar",
          "varbinary");

  private final Grammar grammar;
  private final Cursor cursor;
  private final Utilities utilities;
  private final Blocks blocks;

  Routines(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.utilities = utilities;
    blocks = new Blocks(cursor);
  }

  Statement create(boolean orReplace, Optional<Account> definer) {
    boolean aggregate = cursor.take("aggregate");
    String kind = cursor.word();
    cursor.next();
    boolean ifNotExists = ifNotExists(kind);
    QualifiedName name = grammar.names.qualifiedName();
    Optional<QualifiedName> on = Optional.empty();
    switch (kind) {
      case "procedure" -> parameters();
      case "function" -> {
        if (cursor.at("returns")) {
          return library(name);
        }
        parameters();
        returns();
      }
      case "trigger" -> on = Optional.of(trigger());
      case "event" -> schedule();
      default -> throw cursor.unexpected();
    }
    if (aggregate && !(kind.equals("function") && cursor.settings.mariadb())) {
      throw cursor.unexpected();
    }
    blocks.skip();
    return new DefineCode(kind, name, false, orReplace, ifNotExists, definer, on);
  }

  private boolean ifNotExists(String kind) {
    boolean known =
        kind.equals("event") || cursor.settings.mariadb() || cursor.settings.mysqlSince(80029);
    if (!known || !cursor.take("if")) {
      return false;
    }
    cursor.expect("not", "exists");
    return true;
  }

  /** A function that is in a library of the server's machine. */
  private Administer library(QualifiedName name) {
    cursor.expect("returns");
    if (!cursor.takeAny("string", "integer", "int", "real", "decimal", "dec")) {
      throw cursor.unexpected();
    }
    cursor.expect("soname");
    cursor.string();
    return new Administer("create loadable function", List.of(name), true);
  }

  private void parameters() {
    utilities.skips.parentheses();
    characteristics();
  }

  private void returns() {
    cursor.expect("returns");
    boolean cut = cursor.at("long") || cursor.at("national");
    cursor.next();
    if (cut) {
      cursor.takeAny("varchar", "varbinary", "char", "character");
    }
    while (true) {
      if (cursor.atSymbol("(")) {
        utilities.skips.parentheses();
      } else if (cursor.takeAny("charset", "collate") || cursor.take("character", "set")) {
        grammar.names.characterSet();
      } else if (!cursor.takeAny(OF_TYPES.toArray(String[]::new))) {
        break;
      }
    }
    characteristics();
  }

  private void characteristics() {
    while (true) {
      if (cursor.take("comment")) {
        cursor.string();
      } else if (cursor.take("language")) {
        cursor.expect("sql");
      } else if (cursor.take("sql")) {
        cursor.expect("security");
        security();
      } else if (cursor.take("not")) {
        cursor.expect("deterministic");
      } else if (cursor.atAny("contains", "no")) {
        cursor.next();
        cursor.expect("sql");
      } else if (cursor.atAny("reads", "modifies")) {
        cursor.next();
        cursor.expect("sql", "data");
      } else if (!cursor.take("deterministic")) {
        return;
      }
    }
  }

  private void security() {
    if (!cursor.takeAny("definer", "invoker")) {
      throw cursor.unexpected();
    }
  }

  private QualifiedName trigger() {
    boolean known =
        cursor.takeAny("before", "after") && cursor.takeAny("insert", "update", "delete");
    if (!known) {
      throw cursor.unexpected();
    }
    cursor.expect("on");
    QualifiedName table = grammar.names.qualifiedName();
    cursor.expect("for", "each", "row");
    if (cursor.atAny("follows", "precedes") && grammar.names.names(cursor.peek(1))) {
      cursor.next();
      grammar.names.nameOrString();
    }
    return table;
  }

  private void schedule() {
    cursor.expect("on", "schedule");
    upToCode();
  }

  private void upToCode() {
    while (!cursor.take("do")) {
      if (cursor.atEnd()) {
        throw cursor.unexpected();
      }
      if (cursor.atSymbol("(")) {
        utilities.skips.parentheses();
      } else {
        cursor.next();
      }
    }
  }

  /** What follows ALTER of one of them. */
  Statement alter(Optional<Account> definer) {
    String kind = cursor.word();
    cursor.next();
    QualifiedName name = grammar.names.qualifiedName();
    if (kind.equals("event")) {
      event();
    } else {
      changed();
    }
    return new DefineCode(kind, name, true, false, false, definer, Optional.empty());
  }

  /** What it computes from the same values can only be said when it is made. */
  private void changed() {
    if (cursor.atAny("not", "deterministic")) {
      throw cursor.unexpected();
    }
    characteristics();
  }

  /** Only with DO it has code, which is the last of it. */
  private void event() {
    if (cursor.atEnd()) {
      throw cursor.unexpected();
    }
    while (!cursor.atEnd()) {
      if (cursor.take("do")) {
        blocks.skip();
      } else if (cursor.atSymbol("(")) {
        utilities.skips.parentheses();
      } else {
        cursor.next();
      }
    }
  }
}
