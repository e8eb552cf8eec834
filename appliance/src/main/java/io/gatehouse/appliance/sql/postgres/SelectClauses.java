package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Query.Grouping;
import io.gatehouse.appliance.sql.tree.Query.GroupingSet;
import io.gatehouse.appliance.sql.tree.Query.GroupingSetKind;
import io.gatehouse.appliance.sql.tree.Query.LockStrength;
import io.gatehouse.appliance.sql.tree.Query.Locking;
import io.gatehouse.appliance.sql.tree.Query.NamedWindow;
import io.gatehouse.appliance.sql.tree.Query.Persistence;
import io.gatehouse.appliance.sql.tree.Query.Select;
import io.gatehouse.appliance.sql.tree.Query.SelectItem;
import io.gatehouse.appliance.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SELECT with its clauses, and the clauses that other statements share with it. */
final class SelectClauses {
  private final Grammar grammar;
  private final Cursor cursor;

  SelectClauses(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Select select() {
    cursor.expect("select");
    Query.Distinctness distinctness = distinctness();
    List<SelectItem> items = List.of();
    if (!(distinctness instanceof Query.AllRows) || !endOfTargets()) {
      items = items();
    }
    Optional<Query.Into> into = into();
    List<FromItem> from = cursor.take("from") ? grammar.from.list() : List.of();
    Optional<Expression> where = after("where");
    boolean grouped = cursor.take("group");
    boolean groupDistinct = grouped && groupQuantifier();
    List<Grouping> groupBy = grouped ? cursor.list(this::grouping) : List.of();
    Optional<Expression> having = after("having");
    List<NamedWindow> windows = cursor.take("window") ? cursor.list(this::window) : List.of();
    return new Select(
        distinctness, items, into, from, where, groupDistinct, groupBy, having, windows);
  }

  private Query.Distinctness distinctness() {
    if (!cursor.take("distinct")) {
      cursor.take("all");
      return new Query.AllRows();
    }
    if (!cursor.take("on")) {
      return new Query.DistinctRows();
    }
    return new Query.DistinctOn(grammar.expressions.listInParentheses());
  }

  /** SELECT needs no targets; these are the words and symbols that may follow none. */
  private boolean endOfTargets() {
    return cursor.atEnd()
        || cursor.atSymbol(")")
        || cursor.atAny("into", "from", "where", "group", "having", "window", "with", "on")
        || cursor.at("returning")
        || grammar.queries.atContinuation();
  }

  /** target_list. */
  List<SelectItem> items() {
    return cursor.list(this::item);
  }

  private SelectItem item() {
    if (cursor.takeSymbol("*")) {
      return new SelectItem(new Expression.AllColumns(List.of()), Optional.empty());
    }
    Expression value = grammar.expressions.any();
    if (cursor.take("as")) {
      return new SelectItem(value, Optional.of(cursor.label()));
    }
    Optional<Name> label = cursor.atBareLabel() ? Optional.of(cursor.label()) : Optional.empty();
    return new SelectItem(value, label);
  }

  private Optional<Query.Into> into() {
    if (!cursor.take("into")) {
      return Optional.empty();
    }
    Persistence persistence = temporary();
    cursor.take("table");
    return Optional.of(new Query.Into(cursor.qualifiedName(), persistence));
  }

  /** TEMPORARY and its like, of which LOCAL and GLOBAL say nothing. */
  Persistence temporary() {
    Token second = cursor.peek(1);
    if (second.word("temporary") || second.word("temp")) {
      if (!cursor.take("local")) {
        cursor.take("global");
      }
    }
    if (cursor.take("temporary") || cursor.take("temp")) {
      return Persistence.TEMPORARY;
    }
    return cursor.take("unlogged") ? Persistence.UNLOGGED : Persistence.PERMANENT;
  }

  Optional<Expression> after(String word) {
    return cursor.take(word) ? Optional.of(grammar.expressions.any()) : Optional.empty();
  }

  private boolean groupQuantifier() {
    cursor.expect("by");
    boolean distinct = cursor.take("distinct");
    if (!distinct) {
      cursor.take("all");
    }
    return distinct;
  }

  private Grouping grouping() {
    Token second = cursor.peek(1);
    if (cursor.atSymbol("(") && second.symbol(")")) {
      cursor.next();
      cursor.next();
      return new Query.EmptyGroup();
    }
    if (cursor.take("grouping", "sets")) {
      return cursor.nested(() -> groupingSets());
    }
    if (second.symbol("(") && cursor.take("rollup")) {
      return groupingSet(GroupingSetKind.ROLLUP);
    }
    if (second.symbol("(") && cursor.take("cube")) {
      return groupingSet(GroupingSetKind.CUBE);
    }
    return new Query.GroupBy(grammar.expressions.any());
  }

  private Grouping groupingSets() {
    return new GroupingSet(
        GroupingSetKind.SETS, cursor.inParentheses(() -> cursor.list(this::grouping)));
  }

  private Grouping groupingSet(GroupingSetKind kind) {
    List<Grouping> items = new ArrayList<>();
    for (Expression key : grammar.expressions.listInParentheses()) {
      items.add(new Query.GroupBy(key));
    }
    return new GroupingSet(kind, items);
  }

  private NamedWindow window() {
    Name name = cursor.columnId();
    cursor.expect("as");
    return new NamedWindow(name, grammar.windows.definition());
  }

  // ORDER BY

  List<SortItem> optionalOrderBy() {
    return cursor.at("order") ? orderBy() : List.of();
  }

  List<SortItem> orderBy() {
    cursor.expect("order", "by");
    return cursor.list(this::sortItem);
  }

  private SortItem sortItem() {
    Expression value = grammar.expressions.any();
    if (cursor.take("using")) {
      QualifiedName operator = cursor.operator();
      return new SortItem(value, false, nullsOrder(), Optional.of(operator));
    }
    boolean descending = cursor.take("desc");
    if (!descending) {
      cursor.take("asc");
    }
    return new SortItem(value, descending, nullsOrder(), Optional.empty());
  }

  Optional<Boolean> nullsOrder() {
    if (!cursor.take("nulls")) {
      return Optional.empty();
    }
    if (cursor.take("first")) {
      return Optional.of(true);
    }
    cursor.expect("last");
    return Optional.of(false);
  }

  // FOR UPDATE

  /** Reads locking clauses into the list and says whether there was any. */
  boolean locking(List<Locking> locking) {
    if (cursor.at("for") && cursor.peek(1).word("read")) {
      cursor.expect("for", "read", "only");
      return true;
    }
    boolean any = false;
    while (cursor.take("for")) {
      LockStrength strength = strength();
      List<QualifiedName> of = cursor.take("of") ? cursor.qualifiedNames() : List.of();
      if (cursor.take("skip")) {
        cursor.expect("locked");
      } else {
        cursor.take("nowait");
      }
      locking.add(new Locking(strength, of));
      any = true;
    }
    return any;
  }

  private LockStrength strength() {
    if (cursor.take("update")) {
      return LockStrength.UPDATE;
    }
    if (cursor.take("share")) {
      return LockStrength.SHARE;
    }
    if (cursor.take("key", "share")) {
      return LockStrength.KEY_SHARE;
    }
    cursor.expect("no", "key", "update");
    return LockStrength.NO_KEY_UPDATE;
  }
}
