package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.grammar.NotReadException;
import io.gatehouse.appliance.sql.grammar.QueryGrammar;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Query.Limit;
import io.gatehouse.appliance.sql.tree.Query.Locking;
import io.gatehouse.appliance.sql.tree.Query.SetKind;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SelectStmt: what is around and between simple selects. */
final class Queries implements QueryGrammar {
  private final Grammar grammar;
  private final Cursor cursor;

  Queries(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** Whether a query without parentheses starts here. */
  @Override
  public boolean atStart() {
    return cursor.atAny("select", "with", "table")
        || (cursor.at("values") && cursor.peek(1).symbol("("));
  }

  /** Whether a query, perhaps in parentheses, starts here. */
  boolean atStartOrParenthesis() {
    return atStart() || cursor.atSymbol("(");
  }

  /** Whether what stands here can only go on from a query. */
  @Override
  public boolean atContinuation() {
    return cursor.atAny("union", "intersect", "except", "order", "limit", "offset", "fetch", "for");
  }

  /** SelectStmt. */
  Query read() {
    if (!cursor.atSymbol("(")) {
      return withoutParentheses();
    }
    return continued(grammar.parentheses.query());
  }

  /** select_no_parens. */
  @Override
  public Query withoutParentheses() {
    return cursor.nested(
        () -> {
          Optional<With> with = grammar.commonTables.optionalWith();
          return afterWith(with);
        });
  }

  /** What follows a WITH that was read already. */
  Query afterWith(Optional<With> with) {
    return withOptions(with, setOperations(clause(), 0));
  }

  /** Goes on behind a query in parentheses. */
  @Override
  public Query continued(Query first) {
    return withOptions(Optional.empty(), setOperations(first, 0));
  }

  /** select_clause. */
  private Query clause() {
    return cursor.atSymbol("(") ? grammar.parentheses.query() : bare(simple());
  }

  private static Query bare(Query.Body body) {
    return new Query(Optional.empty(), body, List.of(), Optional.empty(), List.of());
  }

  private Query.Body simple() {
    if (cursor.take("table")) {
      return new Query.WholeTable(grammar.from.relation());
    }
    if (cursor.at("values")) {
      return values();
    }
    return grammar.selectClauses.select();
  }

  private Query.Values values() {
    cursor.expect("values");
    return new Query.Values(cursor.list(grammar.expressions::listInParentheses));
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
    if (cursor.at("intersect")) {
      return Optional.of(SetKind.INTERSECT);
    }
    return cursor.at("except") ? Optional.of(SetKind.EXCEPT) : Optional.empty();
  }

  private static int levelOf(SetKind kind) {
    return kind == SetKind.INTERSECT ? 2 : 1;
  }

  /** As the server joins what stands outside of parentheses with what stands inside. */
  private Query withOptions(Optional<With> with, Query inner) {
    List<SortItem> orderBy = grammar.selectClauses.optionalOrderBy();
    LimitClauses limit = new LimitClauses(grammar);
    List<Locking> locking = new ArrayList<>(inner.locking());
    boolean lockingFirst = grammar.selectClauses.locking(locking);
    limit.read();
    if (!lockingFirst) {
      grammar.selectClauses.locking(locking);
    }
    Optional<Limit> limits = limit.result();
    refuseTwice(with.isPresent() && inner.with().isPresent());
    refuseTwice(!orderBy.isEmpty() && !inner.orderBy().isEmpty());
    List<SortItem> order = orderBy.isEmpty() ? inner.orderBy() : orderBy;
    Optional<Limit> joined = joined(inner.limit(), limits);
    if (joined.filter(Limit::withTies).isPresent() && order.isEmpty()) {
      throw new NotReadException("WITH TIES without ORDER BY", cursor.token().start());
    }
    return new Query(with.or(inner::with), inner.body(), order, joined, locking);
  }

  private void refuseTwice(boolean twice) {
    if (twice) {
      throw new NotReadException("a clause that is there already", cursor.token().start());
    }
  }

  private Optional<Limit> joined(Optional<Limit> inner, Optional<Limit> outer) {
    if (inner.isEmpty() || outer.isEmpty()) {
      return inner.or(() -> outer);
    }
    Limit first = inner.get();
    Limit second = outer.get();
    refuseTwice(first.offset().isPresent() && second.offset().isPresent());
    refuseTwice(first.count().isPresent() && second.count().isPresent());
    return Optional.of(
        new Limit(
            first.count().or(second::count),
            first.withTies() || second.withTies(),
            first.offset().or(second::offset)));
  }
}
