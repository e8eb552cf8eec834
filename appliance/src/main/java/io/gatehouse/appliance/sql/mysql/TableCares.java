package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.FromItem.Table;
import io.gatehouse.appliance.sql.tree.Maintenance.Truncate;
import io.gatehouse.appliance.sql.tree.MysqlServer.Administer;
import io.gatehouse.appliance.sql.tree.MysqlServer.TableCare;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements about how tables are kept. */
final class TableCares {
  private final Grammar grammar;
  private final Cursor cursor;
  private final Skips skips;

  TableCares(Grammar grammar, Utilities utilities) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.skips = utilities.skips;
  }

  Truncate truncate() {
    cursor.expect("truncate");
    cursor.take("table");
    QualifiedName table = grammar.names.qualifiedName();
    waiting();
    return new Truncate(
        List.of(new Table(table, false, Optional.empty(), Optional.empty())), false, false);
  }

  private void waiting() {
    if (cursor.settings.mariadb() && !cursor.take("nowait") && cursor.take("wait")) {
      cursor.expect(Kind.INTEGER);
    }
  }

  TableCare analyze() {
    return care();
  }

  /** ANALYZE, CHECK, CHECKSUM, OPTIMIZE, REPAIR. */
  TableCare care() {
    String action = cursor.word();
    cursor.next();
    boolean logged = action.equals("check") || action.equals("checksum");
    if (!logged) {
      cursor.takeAny("no_write_to_binlog", "local");
    }
    boolean view = cursor.settings.mariadb() && cursor.atAny("view") && atViews(action);
    if (view) {
      cursor.next();
    } else if (!cursor.takeAny("table", "tables")) {
      throw cursor.unexpected();
    }
    List<QualifiedName> tables = grammar.names.qualifiedNames();
    if (!cursor.atEnd() && !options(action).contains(cursor.word())) {
      throw cursor.unexpected();
    }
    List<String> options =
        skips.rest().stream().filter(token -> token.kind() == Kind.WORD).map(Cursor::word).toList();
    return new TableCare(action, tables, options);
  }

  /** What may follow the tables: it names columns and indexes at most. */
  private Set<String> options(String action) {
    boolean mysql = cursor.settings.mysql();
    return switch (action) {
      case "analyze" -> mysql ? Set.of("update", "drop") : Set.of("persistent");
      case "check" -> Set.of("for", "quick", "fast", "medium", "extended", "changed");
      case "checksum" -> Set.of("quick", "extended");
      case "optimize" -> mysql ? Set.of() : Set.of("wait", "nowait");
      default -> Set.of("quick", "extended", "use_frm");
    };
  }

  private static boolean atViews(String action) {
    return action.equals("check") || action.equals("repair");
  }

  // Caches of keys

  Administer cacheIndex() {
    cursor.expect("cache", "index");
    List<QualifiedName> tables = cursor.list(this::cached);
    cursor.expect("in");
    if (!cursor.take("default")) {
      grammar.names.name();
    }
    return new Administer("cache index", tables, true);
  }

  Administer loadIndex() {
    cursor.expect("load", "index", "into", "cache");
    List<QualifiedName> tables =
        cursor.list(
            () -> {
              QualifiedName table = cached();
              if (cursor.take("ignore")) {
                cursor.expect("leaves");
              }
              return table;
            });
    return new Administer("load index into cache", tables, true);
  }

  private QualifiedName cached() {
    QualifiedName table = grammar.names.qualifiedName();
    if (cursor.take("partition")) {
      skips.parentheses();
    }
    if (cursor.takeAny("index", "key")) {
      skips.parentheses();
    }
    return table;
  }
}
