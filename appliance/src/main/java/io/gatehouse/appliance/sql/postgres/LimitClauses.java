package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.postgres.Token.Kind;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Constant;
import io.gatehouse.appliance.sql.tree.Expression.ConstantKind;
import io.gatehouse.appliance.sql.tree.Query.Limit;
import java.util.Optional;

/** LIMIT or FETCH, and OFFSET, in any order. Its caller's thread owns it. */
final class LimitClauses {
  private final Grammar grammar;
  private final Cursor cursor;
  private Optional<Expression> count = Optional.empty();
  private Optional<Expression> offset = Optional.empty();
  private boolean withTies;

  LimitClauses(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  void read() {
    while (true) {
      if (count.isEmpty() && cursor.take("limit")) {
        count = Optional.of(limit());
      } else if (count.isEmpty() && cursor.take("fetch")) {
        count = Optional.of(fetch());
      } else if (offset.isEmpty() && cursor.take("offset")) {
        offset = Optional.of(grammar.expressions.any());
        if (!cursor.take("row")) {
          cursor.take("rows");
        }
      } else {
        return;
      }
    }
  }

  private Expression limit() {
    return cursor.take("all") ? new Constant(ConstantKind.NULL, "null") : grammar.expressions.any();
  }

  private Expression fetch() {
    if (!cursor.take("first")) {
      cursor.expect("next");
    }
    Expression rows = atRows() ? new Constant(ConstantKind.INTEGER, "1") : fetched();
    if (!cursor.take("row")) {
      cursor.expect("rows");
    }
    if (!cursor.take("only")) {
      cursor.expect("with", "ties");
      withTies = true;
    }
    return rows;
  }

  private boolean atRows() {
    Token second = cursor.peek(1);
    return cursor.atAny("row", "rows") && (second.word("only") || second.word("with"));
  }

  private Expression fetched() {
    boolean signed = cursor.atSymbol("+") || cursor.atSymbol("-");
    return signed
        ? new Constant(ConstantKind.DECIMAL, cursor.signed(Kind.INTEGER, Kind.DECIMAL))
        : grammar.primaries.read();
  }

  Optional<Limit> result() {
    return count.isEmpty() && offset.isEmpty()
        ? Optional.empty()
        : Optional.of(new Limit(count, withTies, offset));
  }
}
