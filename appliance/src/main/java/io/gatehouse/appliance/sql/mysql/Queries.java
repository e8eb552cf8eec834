package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.grammar.QueryGrammar;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem.Table;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Query.Limit;
import io.gatehouse.appliance.sql.tree.Query.Locking;
import io.gatehouse.appliance.sql.tree.Query.SetKind;
import io.gatehouse.appliance.sql.tree.SelectInto;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** query_expression: SELECT, VALUES, TABLE, and what is around and between them. */
final class Queries implements QueryGrammar {
  private static final int TABLE_SINCE = 80019;
  private static final int INTERSECT_SINCE = 80031;

  private final Grammar grammar;
  private final Cursor cursor;

  /** How many queries are open; INTO belongs to the outermost only. */
  private int open;

  private boolean mayGoElsewhere;
  private Optional<SelectInto.Target> into = Optional.empty();

  Queries(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** Whether a query without parentheses starts here. */
  @Override
  public boolean atStart() {
    return cursor.atAny("select", "with", "values")
        || (cursor.at("table") && cursor.settings.mysql());
  }

  /** Whether a query, perhaps in parentheses, starts here. */
  boolean atStartOrParenthesis() {
    return atStart() || cursor.atSymbol("(");
  }

  /** Whether what stands here can only go on from a query. */
  @Override
  public boolean atContinuation() {
    return cursor.atAny("union", "except", "order", "limit", "for", "lock")
        || (cursor.at("intersect") && setKind().isPresent());
  }

  /** A query as a statement, whose rows may go elsewhere. */
  Statement statement(Optional<With> with) {
    mayGoElsewhere = true;
    into = Optional.empty();
    Query query = with.isPresent() ? afterWith(with) : read();
    mayGoElsewhere = false;
    return into.<Statement>map(target -> new SelectInto(query, target))
        .orElseGet(() -> new Statement.QueryStatement(query));
  }

  /** Any query. */
  Query read() {
    if (!cursor.atSymbol("(")) {
      return withoutParentheses();
    }
    Query first = opened(grammar.parentheses::query);
    return continued(first);
  }

  /** A query that begins with a word. */
  @Override
  public Query withoutParentheses() {
    return cursor.nested(() -> afterWith(grammar.commonTables.optionalWith()));
  }

  /** What follows a WITH that was read already. */
  Query afterWith(Optional<With> with) {
    return opened(() -> withOptions(with, setOperations(clause(), 0)));
  }

  /** Goes on behind a query in parentheses. */
  @Override
  public Query continued(Query first) {
    return opened(() -> withOptions(Optional.empty(), setOperations(first, 0)));
  }

  private Query opened(java.util.function.Supplier<Query> reading) {
    open++;
    Query query = reading.get();
    open--;
    return query;
  }

  /** Reads INTO, if one stands here. */
  boolean optionalInto() {
    if (!cursor.at("into")) {
      return false;
    }
    if (!mayGoElsewhere || open != 1 || into.isPresent()) {
      throw cursor.unexpected();
    }
    into = Optional.of(grammar.selectClauses.into());
    return true;
  }

  /** query_primary. */
  private Query clause() {
    return cursor.atSymbol("(") ? grammar.parentheses.query() : bare(simple());
  }

  private static Query bare(Query.Body body) {
    return new Query(Optional.empty(), body, List.of(), Optional.empty(), List.of());
  }

  private Query.Body simple() {
    if (cursor.at("table")) {
      return wholeTable();
    }
    return cursor.at("values") ? values() : grammar.selectClauses.select();
  }

  private Query.Body wholeTable() {
    if (cursor.settings.mariadb() || cursor.settings.version() < TABLE_SINCE) {
      throw cursor.unexpected();
    }
    cursor.next();
    return new Query.WholeTable(
        new Table(grammar.names.qualifiedName(), false, Optional.empty(), Optional.empty()));
  }

  private Query.Values values() {
    if (cursor.settings.mysql() && cursor.settings.version() < TABLE_SINCE) {
      throw cursor.unexpected();
    }
    cursor.next();
    return new Query.Values(cursor.list(this::row));
  }

  private List<Expression> row() {
    if (cursor.settings.mysql()) {
      cursor.expect("row");
    }
    return grammar.expressions.listInParentheses();
  }

  /** INTERSECT binds more tightly; all of them go from left to right. */
  private Query setOperations(Query first, int level) {
    Query left = first;
    int steps = 0;
    while (true) {
      Optional<SetKind> kind = setKind();
      if (kind.isEmpty() || levelOf(kind.get()) <= level) {
        return left;
      }
      if (open == 1 && into.isPresent()) {
        throw cursor.unexpected();
      }
      cursor.chained(steps++);
      cursor.next();
      boolean all = cursor.take("all");
      if (!all) {
        cursor.take("distinct");
      }
      Query right = setOperations(clause(), levelOf(kind.get()));
      left = bare(new Query.SetOperation(kind.get(), all, left, right));
    }
  }

  private Optional<SetKind> setKind() {
    if (cursor.at("union")) {
      return Optional.of(SetKind.UNION);
    }
    if (cursor.settings.mysql() && cursor.settings.version() < INTERSECT_SINCE) {
      return Optional.empty();
    }
    if (cursor.at("intersect")) {
      return Optional.of(SetKind.INTERSECT);
    }
    return cursor.at("except") ? Optional.of(SetKind.EXCEPT) : Optional.empty();
  }

  private static int levelOf(SetKind kind) {
    return kind == SetKind.INTERSECT ? 2 : 1;
  }

  /** Clauses behind parentheses that have their own inside apply after those: both is not read. */
  private Query withOptions(Optional<With> with, Query inner) {
    List<SortItem> orderBy = grammar.selectClauses.optionalOrderBy();
    Optional<Limit> limit = grammar.selectClauses.optionalLimit();
    List<Locking> locking = new ArrayList<>();
    boolean more;
    do {
      more = optionalInto() || grammar.selectClauses.optionalLocking(locking);
    } while (more);
    boolean outside =
        with.isPresent() || !orderBy.isEmpty() || limit.isPresent() || !locking.isEmpty();
    if (!outside) {
      return inner;
    }
    boolean inside =
        inner.with().isPresent()
            || !inner.orderBy().isEmpty()
            || inner.limit().isPresent()
            || !inner.locking().isEmpty();
    if (inside) {
      throw new NotReadException("clauses both in and behind parentheses", cursor.token().start());
    }
    return new Query(with, inner.body(), orderBy, limit, locking);
  }
}
