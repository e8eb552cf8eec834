package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.SelectInto;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.QueryStatement;
import io.gatehouse.appliance.sql.tree.With;
import java.util.Optional;

/** Which statement it is, by its first words. */
final class Statements {
  private final Grammar grammar;
  private final Cursor cursor;

  Statements(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Statement read() {
    if (grammar.queries.atStartOrParenthesis()) {
      return queryOrChange();
    }
    return switch (cursor.word()) {
      case "insert", "replace", "update", "delete" -> queryOrChange();
      default -> grammar.utilities.read();
    };
  }

  /** What may be explained and prepared: a query or a change, with the WITH before it. */
  Statement queryOrChange() {
    return cursor.nested(
        () ->
            switch (cursor.word()) {
              case "insert" -> grammar.changes.insert();
              case "replace" -> grammar.changes.replace();
              case "update" -> grammar.changes.update(Optional.empty());
              case "delete" -> grammar.deletions.delete(Optional.empty());
              case "with" -> behindWith();
              default -> grammar.queries.statement(Optional.empty());
            });
  }

  private Statement behindWith() {
    Optional<With> with = grammar.commonTables.optionalWith();
    if (cursor.settings.mysql() && cursor.at("update")) {
      return grammar.changes.update(with);
    }
    return cursor.settings.mysql() && cursor.at("delete")
        ? grammar.deletions.delete(with)
        : grammar.queries.statement(with);
  }

  /**
   * Whether what follows in the same text may be read differently for it: the server reads a
   * statement only when the one before it has run, and that may have set {@code sql_mode}.
   */
  static boolean changesReading(Statement statement) {
    return !(statement instanceof QueryStatement
        || statement instanceof SelectInto
        || statement instanceof Change);
  }
}
