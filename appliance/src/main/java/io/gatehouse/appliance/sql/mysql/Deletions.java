package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Change.Returning;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.FromItem.Alias;
import io.gatehouse.appliance.sql.tree.FromItem.Table;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SequentialChange;
import io.gatehouse.appliance.sql.tree.SequentialChange.Chosen;
import io.gatehouse.appliance.sql.tree.SequentialChange.DeleteRows;
import io.gatehouse.appliance.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** DELETE, of one table and in both notations for several. */
final class Deletions {
  private static final int ALIAS_SINCE = 80016;

  private final Grammar grammar;
  private final Cursor cursor;

  Deletions(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  SequentialChange delete(Optional<With> with) {
    cursor.expect("delete");
    grammar.selectClauses.hint();
    if (cursor.at("history")) {
      // MariaDB takes it for the rows of the past, and not for a table.
      throw cursor.unexpected();
    }
    boolean ignore = false;
    while (cursor.atAny("low_priority", "quick", "ignore")) {
      ignore |= cursor.next().word("ignore");
    }
    if (!cursor.take("from")) {
      List<QualifiedName> targets = cursor.list(this::target);
      cursor.expect("from");
      return several(with, ignore, targets);
    }
    if (namesOneTable()) {
      return one(with, ignore);
    }
    List<QualifiedName> targets = cursor.list(this::target);
    cursor.expect("using");
    return several(with, ignore, targets);
  }

  /** Of several tables, a comma, a star or USING follows the first. */
  private boolean namesOneTable() {
    int at = 1;
    while (cursor.peek(at).symbol(".") && grammar.names.names(cursor.peek(at + 1))) {
      at += 2;
    }
    Token behind = cursor.peek(at);
    return !behind.symbol(",") && !behind.symbol(".") && !behind.word("using");
  }

  /** {@code [database.]table[.*]}. */
  private QualifiedName target() {
    List<Name> parts = new ArrayList<>();
    parts.add(grammar.names.name());
    while (cursor.takeSymbol(".")) {
      if (cursor.takeSymbol("*")) {
        break;
      }
      parts.add(grammar.names.name());
    }
    if (parts.size() > 2) {
      throw cursor.unexpected();
    }
    return new QualifiedName(parts);
  }

  private DeleteRows several(Optional<With> with, boolean ignore, List<QualifiedName> targets) {
    List<FromItem> tables = grammar.from.list();
    Optional<Expression> where = grammar.selectClauses.after("where");
    Chosen all = new Chosen(List.of(), Optional.empty());
    return new DeleteRows(with, ignore, targets, tables, where, all, Optional.empty());
  }

  private DeleteRows one(Optional<With> with, boolean ignore) {
    QualifiedName name = grammar.names.qualifiedName();
    Optional<Alias> alias = alias();
    grammar.from.partitions();
    Optional<Expression> where = grammar.selectClauses.after("where");
    Chosen chosen = grammar.changes.chosen();
    Optional<Returning> returning = grammar.changes.returning();
    Table table = new Table(name, false, alias, Optional.empty());
    return new DeleteRows(with, ignore, List.of(name), List.of(table), where, chosen, returning);
  }

  private Optional<Alias> alias() {
    boolean known = cursor.settings.mysql() && cursor.settings.version() >= ALIAS_SINCE;
    return known
        ? grammar.names.optionalAlias().map(name -> new Alias(name, List.of()))
        : Optional.empty();
  }
}
