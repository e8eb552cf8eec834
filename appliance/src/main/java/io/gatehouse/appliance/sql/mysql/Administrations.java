package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.MysqlServer.Administer;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Statements for administrators: replication, logs, plugins, and the server itself. */
final class Administrations {
  private static final Set<String> FLUSHED =
      Set.of(
          "logs",
          "binary logs",
          "engine logs",
          "error logs",
          "general logs",
          "slow logs",
          "relay logs",
          "hosts",
          "privileges",
          "status",
          "user_resources");

  private static final Set<String> FLUSHED_BY_MARIADB =
      Set.of(
          "query cache",
          "des_key_file",
          "ssl",
          "table_statistics",
          "index_statistics",
          "user_statistics",
          "client_statistics");

  /** What may follow START SLAVE. */
  private static final Set<String> REPLICATION =
      Set.of("io_thread", "sql_thread", "relay_thread", "until", "for");

  /** What else may follow it on MySQL. */
  private static final Set<String> REPLICATION_OF_MYSQL =
      Set.of("user", "password", "default_auth", "plugin_dir");

  private final Grammar grammar;
  private final Cursor cursor;
  private final Skips skips;

  Administrations(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.skips = utilities.skips;
  }

  Administer read() {
    return switch (cursor.word()) {
      case "flush" -> flush();
      case "reset" -> reset();
      case "purge" -> purge();
      case "change" -> change();
      case "stop" -> replicate();
      case "install" -> install();
      case "uninstall" -> uninstall();
      case "import" -> importTables();
      case "clone" -> copyServer();
      case "shutdown" -> shutdown();
      case "restart" -> restart();
      case "binlog" -> binlog();
      default -> throw cursor.unexpected();
    };
  }

  private static Administer done(String kind) {
    return new Administer(kind, List.of(), true);
  }

  private Administer skipped(String kind) {
    skips.rest();
    return new Administer(kind, List.of(), false);
  }

  // FLUSH

  private Administer flush() {
    cursor.expect("flush");
    cursor.takeAny("no_write_to_binlog", "local");
    if (cursor.takeAny("table", "tables")) {
      return flushTables();
    }
    List<String> kinds = cursor.list(this::flushed);
    return done("flush " + String.join(", ", kinds));
  }

  private String flushed() {
    for (int count = 2; count > 0; count--) {
      String words = Cursor.word(cursor.token());
      if (count == 2) {
        words += " " + Cursor.word(cursor.peek(1));
      }
      if (flushes(words)) {
        cursor.expect(words.split(" ", -1));
        channel(words);
        return words;
      }
    }
    throw cursor.unexpected();
  }

  private boolean flushes(String words) {
    return FLUSHED.contains(words)
        || (cursor.settings.mariadb()
            ? FLUSHED_BY_MARIADB.contains(words)
            : words.equals("optimizer_costs"));
  }

  private void channel(String words) {
    if (words.equals("relay logs") && cursor.take("for")) {
      cursor.expect("channel");
      cursor.string();
    }
  }

  private Administer flushTables() {
    List<QualifiedName> tables = new ArrayList<>();
    if (!cursor.atEnd() && !cursor.at("with")) {
      tables.addAll(grammar.names.qualifiedNames());
    }
    if (cursor.take("with")) {
      cursor.expect("read", "lock");
      return new Administer("flush tables with read lock", tables, true);
    }
    if (!tables.isEmpty() && cursor.take("for")) {
      cursor.expect("export");
      return new Administer("flush tables for export", tables, true);
    }
    return new Administer("flush tables", tables, true);
  }

  // Logs and replication

  private Administer reset() {
    cursor.expect("reset");
    if (cursor.settings.mariadb() && cursor.take("query")) {
      cursor.expect("cache");
      return done("reset query cache");
    }
    if (cursor.settings.mysql() && cursor.take("persist")) {
      if (!cursor.atEnd()) {
        cursor.take("if", "exists");
        grammar.names.name();
      }
      return done("reset persist");
    }
    String what = cursor.word();
    boolean known =
        switch (what) {
          case "master", "slave" -> true;
          case "replica" -> cursor.settings.mariadb() || cursor.settings.mysqlSince(80022);
          case "binary" -> cursor.settings.mysqlSince(80200);
          default -> false;
        };
    if (!known) {
      throw cursor.unexpected();
    }
    return skipped("reset " + what);
  }

  /** A time may be computed, and then more than the logs is at stake. */
  private Administer purge() {
    cursor.expect("purge");
    if (!cursor.takeAny("binary", "master")) {
      throw cursor.unexpected();
    }
    cursor.expect("logs");
    if (!cursor.takeAny("to", "before")) {
      throw cursor.unexpected();
    }
    cursor.string();
    return done("purge binary logs");
  }

  private Administer change() {
    cursor.expect("change");
    if (cursor.settings.mysql() && cursor.take("replication")) {
      if (!cursor.settings.mysqlSince(80023) || cursor.at("filter")) {
        cursor.expect("filter");
        return skipped("change replication filter");
      }
      cursor.expect("source");
    } else {
      cursor.expect("master");
      if (cursor.settings.mariadb() && cursor.is(Kind.STRING)) {
        cursor.next();
      }
    }
    if (!cursor.at("to")) {
      throw cursor.unexpected();
    }
    return skipped("change replication source");
  }

  /** START and STOP of replication. */
  Administer replicate() {
    String action = cursor.word();
    cursor.next();
    String what = cursor.word();
    boolean known =
        switch (what) {
          case "slave" -> true;
          case "replica" -> cursor.settings.mariadb() || cursor.settings.mysqlSince(80022);
          case "all" -> cursor.settings.mariadb();
          case "group_replication" -> cursor.settings.mysql();
          default -> false;
        };
    if (!known) {
      throw cursor.unexpected();
    }
    cursor.next();
    replicated(what.equals("all"));
    return skipped(action + ' ' + what);
  }

  private void replicated(boolean all) {
    if (all) {
      if (!cursor.takeAny("slaves", "replicas")) {
        throw cursor.unexpected();
      }
    } else if (cursor.settings.mariadb() && cursor.is(Kind.STRING)) {
      cursor.next();
    }
    boolean known =
        cursor.atEnd()
            || REPLICATION.contains(cursor.word())
            || (cursor.settings.mysql() && REPLICATION_OF_MYSQL.contains(cursor.word()));
    if (!known) {
      throw cursor.unexpected();
    }
  }

  private Administer binlog() {
    cursor.expect("binlog");
    if (cursor.settings.mariadb() && cursor.is(Kind.USER_VARIABLE)) {
      cursor.next();
      cursor.expectSymbol(",");
      cursor.expect(Kind.USER_VARIABLE);
    } else {
      cursor.string();
    }
    return done("binlog");
  }

  // Plugins

  private Administer install() {
    cursor.expect("install");
    if (cursor.take("plugin")) {
      QualifiedName name = new QualifiedName(List.of(grammar.names.name()));
      cursor.expect("soname");
      cursor.string();
      return new Administer("install plugin", List.of(name), true);
    }
    return component("install ");
  }

  private Administer uninstall() {
    cursor.expect("uninstall");
    if (cursor.take("plugin")) {
      QualifiedName name = new QualifiedName(List.of(grammar.names.name()));
      return new Administer("uninstall plugin", List.of(name), true);
    }
    return component("uninstall ");
  }

  private Administer component(String action) {
    if (cursor.settings.mariadb()) {
      cursor.expect("soname");
      cursor.string();
      return done(action + "library");
    }
    cursor.expect("component");
    List<QualifiedName> names = cursor.list(this::quoted);
    return new Administer(action + "component", names, true);
  }

  private QualifiedName quoted() {
    return new QualifiedName(List.of(new Name(cursor.string(), true)));
  }

  // The server

  private Administer importTables() {
    if (!cursor.settings.mysql()) {
      throw cursor.unexpected();
    }
    cursor.expect("import", "table", "from");
    return new Administer("import table", cursor.list(this::quoted), true);
  }

  private Administer copyServer() {
    if (!cursor.settings.mysqlSince(80017)) {
      throw cursor.unexpected();
    }
    cursor.expect("clone");
    if (!cursor.atAny("local", "instance")) {
      throw cursor.unexpected();
    }
    return skipped("clone " + cursor.word());
  }

  private Administer shutdown() {
    cursor.expect("shutdown");
    if (cursor.settings.mariadb() && cursor.take("wait")) {
      cursor.expect("for", "all");
      if (!cursor.takeAny("slaves", "replicas")) {
        throw cursor.unexpected();
      }
    }
    return done("shutdown");
  }

  private Administer restart() {
    if (!cursor.settings.mysql()) {
      throw cursor.unexpected();
    }
    cursor.expect("restart");
    return done("restart");
  }
}
