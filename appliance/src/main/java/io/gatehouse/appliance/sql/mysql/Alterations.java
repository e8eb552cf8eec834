package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.MysqlDefinition.AlterTable;
import io.gatehouse.appliance.sql.tree.MysqlDefinition.Rename;
import io.gatehouse.appliance.sql.tree.MysqlDefinition.RenameTables;
import io.gatehouse.appliance.sql.tree.MysqlServer.Administer;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.Definition;
import io.gatehouse.appliance.sql.tree.Statement.Verb;
import java.util.List;
import java.util.Optional;

/** ALTER, DROP and RENAME. */
final class Alterations {
  private final Grammar grammar;
  private final Cursor cursor;
  private final Utilities utilities;
  private final Creations views;
  private final Routines routines;

  Alterations(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.utilities = utilities;
    views = new Creations(grammar, utilities);
    routines = new Routines(grammar, utilities);
  }

  // ALTER

  Statement alter() {
    cursor.expect("alter");
    return switch (cursor.word()) {
      case "table" -> table();
      case "online", "ignore" -> {
        if (!cursor.settings.mariadb()) {
          throw cursor.unexpected();
        }
        cursor.take("online");
        cursor.take("ignore");
        yield table();
      }
      case "user" -> utilities.accounts.alter();
      case "procedure", "function", "event" -> routines.alter(Optional.empty());
      case "algorithm", "definer", "sql", "view" -> withDefiner();
      case "instance" -> instance();
      case "database", "schema" -> database();
      default -> head();
    };
  }

  private AlterTable table() {
    cursor.expect("table");
    if (cursor.settings.mariadb()) {
      cursor.take("if", "exists");
    }
    QualifiedName table = grammar.names.qualifiedName();
    return new AlterTable("alter table", table, Mentions.ofAlter(utilities.skips.rest()));
  }

  private Statement withDefiner() {
    boolean algorithm = views.algorithm();
    Optional<Account> definer = views.definer();
    if (!algorithm && cursor.at("event")) {
      return routines.alter(definer);
    }
    return views.view(true, false, definer);
  }

  private Administer instance() {
    if (!cursor.settings.mysql()) {
      throw cursor.unexpected();
    }
    cursor.expect("instance");
    utilities.skips.rest();
    return new Administer("alter instance", List.of(), false);
  }

  /** Its name may be missing, and the options that follow it may be names. */
  private Definition database() {
    cursor.next();
    boolean option =
        cursor.atAny("charset", "encryption", "comment", "read", "default", "upgrade")
            && !cursor.is(Kind.QUOTED_NAME);
    if (option) {
      throw cursor.unexpected();
    }
    List<QualifiedName> names =
        grammar.names.atName()
            ? List.of(new QualifiedName(List.of(grammar.names.name())))
            : List.of();
    if (cursor.atEnd() || cursor.at("upgrade")) {
      throw cursor.unexpected();
    }
    utilities.skips.rest();
    return altered("database", names);
  }

  private Definition head() {
    Kinds kind = Kinds.take(cursor).orElseThrow(cursor::unexpected);
    if (kind == Kinds.SPATIAL_REFERENCE_SYSTEM) {
      throw cursor.unexpected();
    }
    if (kind == Kinds.SEQUENCE) {
      cursor.take("if", "exists");
    }
    List<QualifiedName> names = List.of(kind.name(grammar));
    utilities.skips.rest();
    return altered(kind.words(), names);
  }

  private static Definition altered(String kind, List<QualifiedName> names) {
    return new Definition(Verb.ALTER, kind, names, Optional.empty(), false, false, false, false);
  }

  // DROP

  Statement drop() {
    cursor.expect("drop");
    boolean temporary = cursor.take("temporary");
    if (temporary && !cursor.atAny("table", "tables") && !atSequence()) {
      throw cursor.unexpected();
    }
    return switch (cursor.word()) {
      case "table", "tables" -> relations("table", temporary);
      case "view" -> relations("view", false);
      case "user", "role" -> utilities.accounts.drop();
      case "index" -> index();
      case "procedure", "function", "trigger", "event" -> routine(cursor.word());
      case "package" -> {
        if (!cursor.settings.mariadb()) {
          throw cursor.unexpected();
        }
        yield routine(cursor.peek(1).word("body") ? "package body" : "package");
      }
      default -> atSequence() ? relations("sequence", temporary) : other();
    };
  }

  private boolean atSequence() {
    return cursor.settings.mariadb() && cursor.at("sequence");
  }

  private Definition relations(String kind, boolean temporary) {
    cursor.next();
    boolean ifExists = cursor.take("if", "exists");
    List<QualifiedName> names = grammar.names.qualifiedNames();
    if (cursor.settings.mariadb() && !cursor.take("nowait") && cursor.take("wait")) {
      cursor.expect(Kind.INTEGER);
    }
    if (!kind.equals("sequence")) {
      cursor.takeAny("restrict", "cascade");
    }
    return dropped(kind, names, Optional.empty(), temporary, ifExists);
  }

  private Definition routine(String kind) {
    cursor.expect(kind.split(" ", -1));
    boolean ifExists = cursor.take("if", "exists");
    List<QualifiedName> names = List.of(grammar.names.qualifiedName());
    return dropped(kind, names, Optional.empty(), false, ifExists);
  }

  private AlterTable index() {
    cursor.expect("index");
    if (cursor.settings.mariadb()) {
      cursor.take("if", "exists");
    }
    grammar.names.name();
    cursor.expect("on");
    QualifiedName table = grammar.names.qualifiedName();
    utilities.skips.options("algorithm", "lock", "wait", "nowait");
    return new AlterTable("drop index", table, List.of());
  }

  private Definition other() {
    Kinds kind = Kinds.take(cursor).orElseThrow(cursor::unexpected);
    boolean ifExists = cursor.take("if", "exists");
    List<QualifiedName> names = List.of(kind.name(grammar));
    switch (kind) {
      case RESOURCE_GROUP -> cursor.take("force");
      case TABLESPACE, UNDO_TABLESPACE, LOGFILE_GROUP -> utilities.skips.rest();
      case DATABASE, SCHEMA, SERVER, SPATIAL_REFERENCE_SYSTEM, SEQUENCE -> {}
    }
    return dropped(kind.words(), names, Optional.empty(), false, ifExists);
  }

  private static Definition dropped(
      String kind,
      List<QualifiedName> names,
      Optional<QualifiedName> on,
      boolean temporary,
      boolean ifExists) {
    return new Definition(Verb.DROP, kind, names, on, temporary, false, ifExists, true);
  }

  // RENAME

  Statement rename() {
    cursor.expect("rename");
    if (cursor.at("user")) {
      return utilities.accounts.rename();
    }
    if (!cursor.takeAny("table", "tables")) {
      throw cursor.unexpected();
    }
    if (cursor.settings.mariadb()) {
      cursor.take("if", "exists");
    }
    return new RenameTables(cursor.list(this::renamed));
  }

  private Rename renamed() {
    QualifiedName from = grammar.names.qualifiedName();
    if (cursor.settings.mariadb() && !cursor.take("nowait") && cursor.take("wait")) {
      cursor.expect(Kind.INTEGER);
    }
    cursor.expect("to");
    return new Rename(from, grammar.names.qualifiedName());
  }
}
