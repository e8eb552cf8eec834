package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Change.DefaultValues;
import io.gatehouse.appliance.sql.tree.Change.Returning;
import io.gatehouse.appliance.sql.tree.Change.Rows;
import io.gatehouse.appliance.sql.tree.Change.Source;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.FromItem.Alias;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SequentialChange;
import io.gatehouse.appliance.sql.tree.SequentialChange.Assigned;
import io.gatehouse.appliance.sql.tree.SequentialChange.Chosen;
import io.gatehouse.appliance.sql.tree.SequentialChange.InsertRows;
import io.gatehouse.appliance.sql.tree.SequentialChange.OnDuplicate;
import io.gatehouse.appliance.sql.tree.SequentialChange.UpdateRows;
import io.gatehouse.appliance.sql.tree.With;
import java.util.List;
import java.util.Optional;

/** INSERT, REPLACE and UPDATE, and what DELETE shares with them. */
final class Changes {
  /** Since then the new row may have a name. */
  private static final int ROW_ALIAS_SINCE = 80019;

  private final Grammar grammar;
  private final Cursor cursor;

  private boolean behindOnDuplicate;

  Changes(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  // INSERT and REPLACE

  SequentialChange insert() {
    cursor.expect("insert");
    grammar.selectClauses.hint();
    cursor.takeAny("low_priority", "delayed", "high_priority");
    boolean ignore = cursor.take("ignore");
    return rows(false, ignore);
  }

  SequentialChange replace() {
    cursor.expect("replace");
    grammar.selectClauses.hint();
    cursor.takeAny("low_priority", "delayed");
    return rows(true, false);
  }

  private InsertRows rows(boolean replaces, boolean ignore) {
    cursor.take("into");
    QualifiedName table = grammar.names.qualifiedName();
    grammar.from.partitions();
    if (cursor.take("set")) {
      List<Assigned> assigned = assignments();
      List<Expression> values = assigned.stream().map(Assigned::value).toList();
      return written(
          replaces,
          ignore,
          table,
          assigned.stream().map(Assigned::column).toList(),
          new Rows(query(List.of(values))));
    }
    List<QualifiedName> columns = columnsAhead() ? columns() : List.of();
    return written(replaces, ignore, table, columns, source(columns.isEmpty()));
  }

  private InsertRows written(
      boolean replaces,
      boolean ignore,
      QualifiedName table,
      List<QualifiedName> columns,
      Source source) {
    Optional<OnDuplicate> duplicate = replaces ? Optional.empty() : onDuplicate();
    return new InsertRows(replaces, ignore, table, columns, source, duplicate, returning());
  }

  /** Whether the parenthesis here holds columns and not a query. */
  private boolean columnsAhead() {
    Token first = cursor.peek(1);
    boolean query =
        first.symbol("(")
            || first.word("select")
            || first.word("with")
            || first.word("values")
            || first.word("table");
    return cursor.atSymbol("(") && !query;
  }

  private List<QualifiedName> columns() {
    return cursor.inParentheses(
        () -> cursor.atSymbol(")") ? List.of() : cursor.list(grammar.names::columnName));
  }

  private Source source(boolean defaultsAllowed) {
    boolean values = cursor.at("value") || (cursor.at("values") && !cursor.peek(1).word("row"));
    if (!values) {
      return new Rows(grammar.queries.read());
    }
    cursor.next();
    List<List<Expression>> rows = cursor.list(this::row);
    boolean defaults = rows.stream().allMatch(List::isEmpty);
    return defaults && defaultsAllowed ? new DefaultValues() : new Rows(query(rows));
  }

  private List<Expression> row() {
    return cursor.inParentheses(() -> cursor.atSymbol(")") ? List.of() : cursor.list(this::value));
  }

  private static Query query(List<List<Expression>> rows) {
    return new Query(
        Optional.empty(), new Query.Values(rows), List.of(), Optional.empty(), List.of());
  }

  private Optional<OnDuplicate> onDuplicate() {
    Optional<Alias> newRow = newRow();
    if (!cursor.take("on")) {
      return newRow.map(row -> new OnDuplicate(newRow, List.of()));
    }
    cursor.expect("duplicate", "key", "update");
    behindOnDuplicate = true;
    List<Assigned> assignments = assignments();
    behindOnDuplicate = false;
    return Optional.of(new OnDuplicate(newRow, assignments));
  }

  /** Only there MariaDB has VALUES(column). */
  boolean namesNewValues() {
    return behindOnDuplicate;
  }

  private Optional<Alias> newRow() {
    boolean known = cursor.settings.mysql() && cursor.settings.version() >= ROW_ALIAS_SINCE;
    if (!known || !cursor.take("as")) {
      return Optional.empty();
    }
    return Optional.of(new Alias(grammar.names.name(), grammar.names.optionalList()));
  }

  // Shared

  private List<Assigned> assignments() {
    return cursor.list(
        () -> {
          QualifiedName column = grammar.names.columnName();
          cursor.expectEquals();
          return new Assigned(column, value());
        });
  }

  private Expression value() {
    if (cursor.at("default") && !cursor.peek(1).symbol("(")) {
      cursor.next();
      return new Expression.Default();
    }
    return grammar.expressions.any();
  }

  Optional<Returning> returning() {
    return cursor.settings.mariadb() && cursor.take("returning")
        ? Optional.of(
            new Returning(Optional.empty(), Optional.empty(), grammar.selectClauses.items()))
        : Optional.empty();
  }

  Chosen chosen() {
    return new Chosen(
        grammar.selectClauses.optionalOrderBy(), grammar.selectClauses.optionalCount());
  }

  // UPDATE

  SequentialChange update(Optional<With> with) {
    cursor.expect("update");
    grammar.selectClauses.hint();
    cursor.take("low_priority");
    boolean ignore = cursor.take("ignore");
    List<FromItem> tables = grammar.from.list();
    cursor.expect("set");
    List<Assigned> assignments = assignments();
    Optional<Expression> where = grammar.selectClauses.after("where");
    return new UpdateRows(with, ignore, tables, assignments, where, chosen());
  }
}
