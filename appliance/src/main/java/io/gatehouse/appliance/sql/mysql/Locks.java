package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.MysqlServer.Administer;
import io.gatehouse.appliance.sql.tree.MysqlSession.LockTables;
import io.gatehouse.appliance.sql.tree.MysqlSession.LockedTable;
import io.gatehouse.appliance.sql.tree.MysqlSession.UnlockTables;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.List;
import java.util.Optional;

/** LOCK, UNLOCK and BACKUP. */
final class Locks {
  private final Grammar grammar;
  private final Cursor cursor;

  Locks(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Statement lock() {
    cursor.expect("lock");
    if (cursor.settings.mysql() && cursor.take("instance")) {
      cursor.expect("for", "backup");
      return new Administer("lock instance", List.of(), true);
    }
    tableWord();
    LockTables lock = new LockTables(cursor.list(this::table));
    waiting();
    return lock;
  }

  private void tableWord() {
    if (!cursor.takeAny("table", "tables")) {
      throw cursor.unexpected();
    }
  }

  private LockedTable table() {
    QualifiedName table = grammar.names.qualifiedName();
    Optional<Name> alias = atMode() ? Optional.empty() : grammar.names.optionalAlias();
    return new LockedTable(table, alias, mode());
  }

  private boolean atMode() {
    return cursor.atAny("read", "write", "low_priority")
        || (cursor.settings.mariadb() && cursor.at("concurrent", "insert"));
  }

  private String mode() {
    if (cursor.take("read")) {
      return cursor.take("local") ? "read local" : "read";
    }
    if (cursor.take("low_priority")) {
      cursor.expect("write");
      return "low priority write";
    }
    cursor.expect("write");
    return cursor.settings.mariadb() && cursor.take("concurrent") ? "concurrent write" : "write";
  }

  /** WAIT and NOWAIT of MariaDB. */
  private void waiting() {
    if (cursor.settings.mariadb() && !cursor.take("nowait") && cursor.take("wait")) {
      cursor.expect(Kind.INTEGER);
    }
  }

  Statement unlock() {
    cursor.expect("unlock");
    if (cursor.settings.mysql() && cursor.take("instance")) {
      return new Administer("unlock instance", List.of(), true);
    }
    tableWord();
    return new UnlockTables();
  }

  /** MariaDB's own, around copies of its files. */
  Administer backup() {
    if (!cursor.settings.mariadb()) {
      throw cursor.unexpected();
    }
    cursor.expect("backup");
    if (cursor.take("stage")) {
      if (!cursor.takeAny("start", "flush", "block_ddl", "block_commit", "end")) {
        throw cursor.unexpected();
      }
      return new Administer("backup stage", List.of(), true);
    }
    if (cursor.take("unlock")) {
      return new Administer("backup unlock", List.of(), true);
    }
    cursor.expect("lock");
    return new Administer("backup lock", List.of(grammar.names.qualifiedName()), true);
  }
}
