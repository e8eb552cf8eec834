package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Change.Assignment;
import io.gatehouse.appliance.sql.tree.Change.ConflictTarget;
import io.gatehouse.appliance.sql.tree.Change.Insert;
import io.gatehouse.appliance.sql.tree.Change.OnConflict;
import io.gatehouse.appliance.sql.tree.Change.Overriding;
import io.gatehouse.appliance.sql.tree.Change.Returning;
import io.gatehouse.appliance.sql.tree.Change.Source;
import io.gatehouse.appliance.sql.tree.Change.Target;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** INSERT, UPDATE and DELETE, and what MERGE shares with them. */
final class Changes {
  private final Grammar grammar;
  private final Cursor cursor;

  Changes(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  // INSERT

  Insert insert(Optional<With> with) {
    cursor.expect("insert", "into");
    QualifiedName table = cursor.qualifiedName();
    Optional<Name> alias = cursor.take("as") ? Optional.of(cursor.columnId()) : Optional.empty();
    List<Target> columns = columnsAhead() ? columns() : List.of();
    Optional<Overriding> overriding = overriding();
    Source source = source(columns.isEmpty() && overriding.isEmpty());
    Optional<OnConflict> conflict = onConflict();
    return new Insert(with, table, alias, columns, overriding, source, conflict, returning());
  }

  /** Whether the parenthesis here holds columns and not a query. */
  private boolean columnsAhead() {
    Token first = cursor.peek(1);
    boolean query =
        first.symbol("(")
            || first.word("select")
            || first.word("with")
            || first.word("table")
            || (first.word("values") && cursor.peek(2).symbol("("));
    return cursor.atSymbol("(") && !query;
  }

  List<Target> columns() {
    return cursor.inParentheses(() -> cursor.list(this::target));
  }

  /** insert_column_item and set_target. */
  private Target target() {
    Name column = cursor.columnId();
    List<Name> fields = new ArrayList<>();
    List<Expression> subscripts = new ArrayList<>();
    while (true) {
      if (cursor.takeSymbol(".")) {
        fields.add(cursor.label());
      } else if (cursor.atSymbol("[")) {
        Expression.Subscript subscript =
            grammar.primaries.subscript(new Expression.ColumnReference(List.of(column)));
        subscript.lower().ifPresent(subscripts::add);
        subscript.upper().ifPresent(subscripts::add);
      } else {
        return new Target(column, fields, subscripts);
      }
    }
  }

  Optional<Overriding> overriding() {
    if (!cursor.take("overriding")) {
      return Optional.empty();
    }
    boolean user = cursor.take("user");
    if (!user) {
      cursor.expect("system");
    }
    cursor.expect("value");
    return Optional.of(user ? Overriding.USER : Overriding.SYSTEM);
  }

  private Source source(boolean defaultsAllowed) {
    if (defaultsAllowed && cursor.take("default")) {
      cursor.expect("values");
      return new Change.DefaultValues();
    }
    return new Change.Rows(grammar.queries.read());
  }

  private Optional<OnConflict> onConflict() {
    if (!cursor.take("on")) {
      return Optional.empty();
    }
    cursor.expect("conflict");
    ConflictTarget target = conflictTarget();
    cursor.expect("do");
    if (cursor.take("nothing")) {
      return Optional.of(new OnConflict(target, true, List.of(), Optional.empty()));
    }
    cursor.expect("update", "set");
    List<Assignment> update = assignments();
    Optional<Expression> where = grammar.selectClauses.after("where");
    return Optional.of(new OnConflict(target, false, update, where));
  }

  private ConflictTarget conflictTarget() {
    if (cursor.take("on")) {
      cursor.expect("constraint");
      return new Change.OnConstraint(cursor.columnId());
    }
    if (!cursor.atSymbol("(")) {
      return new Change.AnyConflict();
    }
    List<Expression> keys = cursor.inParentheses(() -> cursor.list(this::indexElement));
    return new Change.OnIndex(keys, grammar.selectClauses.after("where"));
  }

  /** index_elem. */
  private Expression indexElement() {
    Expression key = indexKey();
    if (cursor.take("collate")) {
      key = new Expression.Collate(key, cursor.qualifiedName());
    }
    if (cursor.atColumnId() && !cursor.at("nulls")) {
      cursor.qualifiedName();
      if (cursor.atSymbol("(")) {
        grammar.options.skipParentheses();
      }
    }
    if (!cursor.take("asc")) {
      cursor.take("desc");
    }
    grammar.selectClauses.nullsOrder();
    return key;
  }

  private Expression indexKey() {
    if (cursor.atSymbol("(")) {
      return cursor.inParentheses(grammar.expressions::any);
    }
    if (grammar.tableFunctions.atStart()) {
      return grammar.tableFunctions.call();
    }
    return new Expression.ColumnReference(List.of(cursor.columnId()));
  }

  // UPDATE and DELETE

  Change.Update update(Optional<With> with) {
    cursor.expect("update");
    FromItem.Table table = grammar.from.target();
    cursor.expect("set");
    List<Assignment> assignments = assignments();
    List<FromItem> from = cursor.take("from") ? grammar.from.list() : List.of();
    Optional<Expression> where = whereOrCurrent();
    return new Change.Update(with, table, assignments, from, where, returning());
  }

  Change.Delete delete(Optional<With> with) {
    cursor.expect("delete", "from");
    FromItem.Table table = grammar.from.target();
    List<FromItem> using = cursor.take("using") ? grammar.from.list() : List.of();
    Optional<Expression> where = whereOrCurrent();
    return new Change.Delete(with, table, using, where, returning());
  }

  private Optional<Expression> whereOrCurrent() {
    if (cursor.at("where") && cursor.peek(1).word("current") && cursor.peek(2).word("of")) {
      cursor.expect("where", "current", "of");
      return Optional.of(new Expression.CurrentOf(cursor.columnId()));
    }
    return grammar.selectClauses.after("where");
  }

  /** set_clause_list. */
  List<Assignment> assignments() {
    return cursor.list(this::assignment);
  }

  private Assignment assignment() {
    boolean row = cursor.atSymbol("(");
    List<Target> targets = row ? columns() : List.of(target());
    cursor.expectSymbol("=");
    return new Assignment(targets, row, grammar.expressions.any());
  }

  Optional<Returning> returning() {
    if (!cursor.take("returning")) {
      return Optional.empty();
    }
    Optional<Name> oldName = Optional.empty();
    Optional<Name> newName = Optional.empty();
    if (cursor.take("with")) {
      cursor.expectSymbol("(");
      do {
        boolean old = cursor.take("old");
        if (!old) {
          cursor.expect("new");
        }
        cursor.expect("as");
        Name name = cursor.columnId();
        refuseTwice(old ? oldName : newName);
        oldName = old ? Optional.of(name) : oldName;
        newName = old ? newName : Optional.of(name);
      } while (cursor.takeSymbol(","));
      cursor.expectSymbol(")");
    }
    return Optional.of(new Returning(oldName, newName, grammar.selectClauses.items()));
  }

  private void refuseTwice(Optional<Name> before) {
    if (before.isPresent()) {
      throw cursor.unexpected();
    }
  }
}
