package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.mysql.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Constant;
import io.gatehouse.appliance.sql.tree.Expression.ConstantKind;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Query.Grouping;
import io.gatehouse.appliance.sql.tree.Query.GroupingSet;
import io.gatehouse.appliance.sql.tree.Query.GroupingSetKind;
import io.gatehouse.appliance.sql.tree.Query.Limit;
import io.gatehouse.appliance.sql.tree.Query.LockStrength;
import io.gatehouse.appliance.sql.tree.Query.Locking;
import io.gatehouse.appliance.sql.tree.Query.NamedWindow;
import io.gatehouse.appliance.sql.tree.Query.Select;
import io.gatehouse.appliance.sql.tree.Query.SelectItem;
import io.gatehouse.appliance.sql.tree.SelectInto;
import io.gatehouse.appliance.sql.tree.SortItem;
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
    hint();
    Query.Distinctness distinctness = modifiers();
    List<SelectItem> items = items();
    grammar.queries.optionalInto();
    List<FromItem> from = cursor.take("from") ? sources() : List.of();
    Optional<Expression> where = after("where");
    List<Grouping> groupBy = cursor.take("group") ? groupBy() : List.of();
    Optional<Expression> having = after("having");
    List<NamedWindow> windows = cursor.take("window") ? cursor.list(this::window) : List.of();
    return new Select(
        distinctness, items, Optional.empty(), from, where, false, groupBy, having, windows);
  }

  /** A hint may set a variable for its statement, and so how it is understood. */
  void hint() {
    if (!cursor.is(Kind.HINT)) {
      return;
    }
    if (Words.lower(cursor.token().text()).contains("set_var")) {
      throw new NotReadException("a hint that sets a variable", cursor.token().start());
    }
    cursor.next();
  }

  private Query.Distinctness modifiers() {
    boolean distinct = false;
    while (true) {
      if (cursor.takeAny("distinct", "distinctrow")) {
        distinct = true;
      } else if (!otherModifier()) {
        return distinct ? new Query.DistinctRows() : new Query.AllRows();
      }
    }
  }

  private boolean otherModifier() {
    return cursor.takeAny(
            "all",
            "straight_join",
            "high_priority",
            "sql_small_result",
            "sql_big_result",
            "sql_buffer_result",
            "sql_calc_found_rows",
            "sql_no_cache")
        || (cursor.settings.mariadb() && cursor.take("sql_cache"));
  }

  /** FROM DUAL is from nothing. */
  private List<FromItem> sources() {
    return cursor.take("dual") ? List.of() : grammar.from.list();
  }

  List<SelectItem> items() {
    return cursor.list(this::item);
  }

  private SelectItem item() {
    Optional<Expression> all = grammar.primaries.allColumns();
    if (all.isPresent()) {
      return new SelectItem(all.get(), Optional.empty());
    }
    Expression value = grammar.expressions.any();
    return new SelectItem(value, optionalLabel());
  }

  private Optional<Name> optionalLabel() {
    boolean label = cursor.take("as") || cursor.is(Kind.STRING) || grammar.names.atName();
    return label ? Optional.of(grammar.names.nameOrString()) : Optional.empty();
  }

  Optional<Expression> after(String word) {
    return cursor.take(word) ? Optional.of(grammar.expressions.any()) : Optional.empty();
  }

  private List<Grouping> groupBy() {
    cursor.expect("by");
    List<Grouping> keys = cursor.list(this::groupKey);
    if (cursor.at("with", "rollup")) {
      cursor.expect("with", "rollup");
      return List.of(new GroupingSet(GroupingSetKind.ROLLUP, keys));
    }
    return keys;
  }

  private Grouping groupKey() {
    Grouping key = new Query.GroupBy(grammar.expressions.any());
    if (cursor.settings.mariadb()) {
      cursor.takeAny("asc", "desc");
    }
    return key;
  }

  private NamedWindow window() {
    Name name = grammar.names.name();
    cursor.expect("as");
    return new NamedWindow(name, grammar.windows.definition());
  }

  // INTO

  SelectInto.Target into() {
    cursor.expect("into");
    if (cursor.take("dumpfile")) {
      return new SelectInto.ServerFile(cursor.string(), true);
    }
    if (cursor.take("outfile")) {
      String path = cursor.string();
      grammar.fileFormats.optional();
      return new SelectInto.ServerFile(path, false);
    }
    return new SelectInto.Variables(cursor.list(() -> cursor.expect(Kind.USER_VARIABLE)));
  }

  // ORDER BY and LIMIT

  List<SortItem> optionalOrderBy() {
    if (!cursor.take("order")) {
      return List.of();
    }
    cursor.expect("by");
    return cursor.list(this::sortItem);
  }

  private SortItem sortItem() {
    Expression value = grammar.expressions.any();
    boolean descending = cursor.take("desc");
    if (!descending) {
      cursor.take("asc");
    }
    return new SortItem(value, descending, Optional.empty(), Optional.empty());
  }

  Optional<Limit> optionalLimit() {
    if (!cursor.take("limit")) {
      return Optional.empty();
    }
    Expression first = number();
    if (cursor.takeSymbol(",")) {
      return Optional.of(new Limit(Optional.of(number()), false, Optional.of(first)));
    }
    Optional<Expression> offset = cursor.take("offset") ? Optional.of(number()) : Optional.empty();
    return Optional.of(new Limit(Optional.of(first), false, offset));
  }

  /** The LIMIT of a change of rows, which skips none. */
  Optional<Limit> optionalCount() {
    return cursor.take("limit")
        ? Optional.of(new Limit(Optional.of(number()), false, Optional.empty()))
        : Optional.empty();
  }

  private Expression number() {
    if (cursor.is(Kind.PARAMETER)) {
      cursor.next();
      return new Expression.Parameter(cursor.nextParameter());
    }
    return new Constant(ConstantKind.INTEGER, cursor.expect(Kind.INTEGER));
  }

  // FOR UPDATE

  /** Reads one locking clause into the list and says whether there was any. */
  boolean optionalLocking(List<Locking> locking) {
    if (cursor.take("lock")) {
      cursor.expect("in", "share", "mode");
      waiting();
      locking.add(new Locking(LockStrength.SHARE, List.of()));
      return true;
    }
    if (!cursor.take("for")) {
      return false;
    }
    LockStrength strength = LockStrength.UPDATE;
    if (!cursor.take("update")) {
      if (cursor.settings.mariadb()) {
        throw cursor.unexpected();
      }
      cursor.expect("share");
      strength = LockStrength.SHARE;
    }
    List<QualifiedName> of =
        cursor.settings.mysql() && cursor.take("of") ? grammar.names.qualifiedNames() : List.of();
    waiting();
    locking.add(new Locking(strength, of));
    return true;
  }

  private void waiting() {
    if (cursor.take("skip")) {
      cursor.expect("locked");
    } else if (cursor.settings.mariadb() && cursor.take("wait")) {
      cursor.expect(Kind.INTEGER);
    } else {
      cursor.take("nowait");
    }
  }
}
