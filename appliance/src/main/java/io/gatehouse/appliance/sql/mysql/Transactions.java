package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.MysqlSession.Xa;
import io.gatehouse.appliance.sql.tree.SessionStatement.Transaction;
import io.gatehouse.appliance.sql.tree.SessionStatement.TransactionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Transactions, and those of XA. */
final class Transactions {
  private final Grammar grammar;
  private final Cursor cursor;

  Transactions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Transaction begin() {
    cursor.expect("begin");
    cursor.take("work");
    return new Transaction(TransactionKind.BEGIN, List.of(), false, Optional.empty());
  }

  Transaction start() {
    cursor.expect("start", "transaction");
    List<String> modes = cursor.atEnd() ? List.of() : cursor.list(this::startMode);
    refuseBoth(modes);
    return new Transaction(TransactionKind.BEGIN, modes, false, Optional.empty());
  }

  private String startMode() {
    if (cursor.take("with")) {
      cursor.expect("consistent", "snapshot");
      return "with consistent snapshot";
    }
    return access();
  }

  private String access() {
    cursor.expect("read");
    if (cursor.take("only")) {
      return "read only";
    }
    cursor.expect("write");
    return "read write";
  }

  private void refuseBoth(List<String> modes) {
    if (modes.contains("read only") && modes.contains("read write")) {
      throw cursor.unexpected();
    }
  }

  /** transaction_characteristics of SET: each of both at most once. */
  List<String> modes() {
    List<String> modes = new ArrayList<>();
    modes.add(mode());
    if (cursor.takeSymbol(",")) {
      boolean isolation = cursor.at("isolation");
      if (isolation == modes.getFirst().startsWith("isolation")) {
        throw cursor.unexpected();
      }
      modes.add(mode());
    }
    return modes;
  }

  private String mode() {
    if (!cursor.take("isolation")) {
      return access();
    }
    cursor.expect("level");
    return "isolation level " + level();
  }

  private String level() {
    if (cursor.take("serializable")) {
      return "serializable";
    }
    if (cursor.take("repeatable")) {
      cursor.expect("read");
      return "repeatable read";
    }
    cursor.expect("read");
    if (cursor.take("committed")) {
      return "read committed";
    }
    cursor.expect("uncommitted");
    return "read uncommitted";
  }

  Transaction commit() {
    cursor.expect("commit");
    cursor.take("work");
    return ended(TransactionKind.COMMIT);
  }

  Transaction rollback() {
    cursor.expect("rollback");
    cursor.take("work");
    if (cursor.take("to")) {
      if (cursor.at("savepoint") && grammar.names.names(cursor.peek(1))) {
        cursor.next();
      }
      return named(TransactionKind.ROLLBACK_TO);
    }
    return ended(TransactionKind.ROLLBACK);
  }

  private Transaction ended(TransactionKind kind) {
    boolean chain = false;
    if (cursor.take("and")) {
      chain = !cursor.take("no");
      cursor.expect("chain");
    }
    boolean no = cursor.take("no");
    boolean release = cursor.take("release");
    if ((no && !release) || (chain && release && !no)) {
      throw cursor.unexpected();
    }
    List<String> modes = release && !no ? List.of("release") : List.of();
    return new Transaction(kind, modes, chain, Optional.empty());
  }

  Transaction savepoint() {
    cursor.expect("savepoint");
    return named(TransactionKind.SAVEPOINT);
  }

  Transaction release() {
    cursor.expect("release", "savepoint");
    return named(TransactionKind.RELEASE);
  }

  private Transaction named(TransactionKind kind) {
    return new Transaction(kind, List.of(), false, Optional.of(grammar.names.name().text()));
  }

  Xa xa() {
    cursor.expect("xa");
    if (cursor.take("recover")) {
      if (cursor.settings.mysql() && cursor.take("convert")) {
        cursor.expect("xid");
      }
      return new Xa("recover", "");
    }
    if (!cursor.atAny("start", "begin", "end", "prepare", "commit", "rollback")) {
      throw cursor.unexpected();
    }
    String word = Words.lower(cursor.next().text());
    String action = word.equals("begin") ? "start" : word;
    Xa xa = new Xa(action, transactionId());
    modifiers(action);
    return xa;
  }

  private void modifiers(String action) {
    switch (action) {
      case "start" -> cursor.takeAny("join", "resume");
      case "end" -> {
        if (cursor.take("suspend") && cursor.take("for")) {
          cursor.expect("migrate");
        }
      }
      case "commit" -> {
        if (cursor.take("one")) {
          cursor.expect("phase");
        }
      }
      default -> {}
    }
  }

  /** xid: two parts and a number, of which the first is enough. */
  private String transactionId() {
    String global = part();
    if (cursor.takeSymbol(",")) {
      part();
      if (cursor.takeSymbol(",")) {
        cursor.expect(Kind.INTEGER);
      }
    }
    return global;
  }

  private String part() {
    boolean bytes = cursor.is(Kind.HEX) || cursor.is(Kind.BITS);
    return bytes ? cursor.next().text() : cursor.string();
  }
}
