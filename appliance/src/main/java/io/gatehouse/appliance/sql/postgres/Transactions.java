package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.SessionStatement.Transaction;
import io.gatehouse.appliance.sql.tree.SessionStatement.TransactionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** TransactionStmt. */
final class Transactions {
  private final Cursor cursor;

  Transactions(Grammar grammar) {
    this.cursor = grammar.cursor;
  }

  Transaction begin() {
    if (cursor.take("start")) {
      cursor.expect("transaction");
    } else {
      cursor.expect("begin");
      workOrTransaction();
    }
    List<String> modes = atMode() ? modes() : List.of();
    return new Transaction(TransactionKind.BEGIN, modes, false, Optional.empty());
  }

  /** COMMIT and END. */
  Transaction commit() {
    if (cursor.take("commit", "prepared")) {
      return named(TransactionKind.COMMIT_PREPARED, cursor.string());
    }
    cursor.next();
    return ended(TransactionKind.COMMIT);
  }

  /** ROLLBACK and ABORT. */
  Transaction rollback() {
    if (cursor.take("rollback", "prepared")) {
      return named(TransactionKind.ROLLBACK_PREPARED, cursor.string());
    }
    boolean abort = !cursor.take("rollback");
    if (abort) {
      cursor.expect("abort");
    }
    workOrTransaction();
    if (!abort && cursor.take("to")) {
      return named(TransactionKind.ROLLBACK_TO, savepointName());
    }
    return chained(TransactionKind.ROLLBACK);
  }

  Transaction savepoint() {
    cursor.expect("savepoint");
    return named(TransactionKind.SAVEPOINT, cursor.columnId().text());
  }

  Transaction release() {
    cursor.expect("release");
    return named(TransactionKind.RELEASE, savepointName());
  }

  Transaction prepare() {
    cursor.expect("prepare", "transaction");
    return named(TransactionKind.PREPARE, cursor.string());
  }

  private String savepointName() {
    if (cursor.at("savepoint") && Cursor.columnId(cursor.peek(1))) {
      cursor.next();
    }
    return cursor.columnId().text();
  }

  private Transaction ended(TransactionKind kind) {
    workOrTransaction();
    return chained(kind);
  }

  private Transaction chained(TransactionKind kind) {
    boolean chain = false;
    if (cursor.take("and")) {
      chain = !cursor.take("no");
      cursor.expect("chain");
    }
    return new Transaction(kind, List.of(), chain, Optional.empty());
  }

  private static Transaction named(TransactionKind kind, String name) {
    return new Transaction(kind, List.of(), false, Optional.of(name));
  }

  private void workOrTransaction() {
    if (!cursor.take("work")) {
      cursor.take("transaction");
    }
  }

  private boolean atMode() {
    return cursor.atAny("isolation", "read", "deferrable", "not");
  }

  /** transaction_mode_list, whose commas may be missing. */
  List<String> modes() {
    List<String> modes = new ArrayList<>();
    do {
      modes.add(mode());
    } while (cursor.takeSymbol(",") || atMode());
    return modes;
  }

  private String mode() {
    if (cursor.take("isolation")) {
      cursor.expect("level");
      return "isolation level " + level();
    }
    if (cursor.take("read", "only")) {
      return "read only";
    }
    if (cursor.take("read", "write")) {
      return "read write";
    }
    boolean not = cursor.take("not");
    cursor.expect("deferrable");
    return not ? "not deferrable" : "deferrable";
  }

  private String level() {
    if (cursor.take("serializable")) {
      return "serializable";
    }
    if (cursor.take("repeatable", "read")) {
      return "repeatable read";
    }
    cursor.expect("read");
    if (cursor.take("committed")) {
      return "read committed";
    }
    cursor.expect("uncommitted");
    return "read uncommitted";
  }
}
