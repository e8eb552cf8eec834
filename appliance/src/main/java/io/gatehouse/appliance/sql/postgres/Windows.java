package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.SortItem;
import io.gatehouse.appliance.sql.tree.WindowDefinition;
import io.gatehouse.appliance.sql.tree.WindowReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OVER and WINDOW. */
final class Windows {
  private final Grammar grammar;
  private final Cursor cursor;

  Windows(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  WindowReference reference() {
    return cursor.atSymbol("(")
        ? new WindowReference.Inline(definition())
        : new WindowReference.Named(cursor.columnId());
  }

  WindowDefinition definition() {
    cursor.expectSymbol("(");
    Optional<Name> base = Optional.empty();
    if (cursor.atColumnId() && !cursor.atAny("partition", "range", "rows", "groups")) {
      base = Optional.of(cursor.columnId());
    }
    List<Expression> partitionBy = List.of();
    if (cursor.take("partition")) {
      cursor.expect("by");
      partitionBy = grammar.expressions.list();
    }
    List<SortItem> orderBy = grammar.selectClauses.optionalOrderBy();
    List<Expression> offsets = frame();
    cursor.expectSymbol(")");
    return new WindowDefinition(base, partitionBy, orderBy, offsets);
  }

  private List<Expression> frame() {
    if (!cursor.take("range") && !cursor.take("rows") && !cursor.take("groups")) {
      return List.of();
    }
    List<Expression> offsets = new ArrayList<>();
    if (cursor.take("between")) {
      bound().ifPresent(offsets::add);
      cursor.expect("and");
      bound().ifPresent(offsets::add);
    } else {
      bound().ifPresent(offsets::add);
    }
    exclusion();
    return offsets;
  }

  private Optional<Expression> bound() {
    if (cursor.take("current", "row")) {
      return Optional.empty();
    }
    Token second = cursor.peek(1);
    boolean direction = second.word("preceding") || second.word("following");
    if (direction && cursor.take("unbounded")) {
      cursor.next();
      return Optional.empty();
    }
    Expression offset = grammar.expressions.any();
    if (!cursor.take("preceding")) {
      cursor.expect("following");
    }
    return Optional.of(offset);
  }

  private void exclusion() {
    if (!cursor.take("exclude")) {
      return;
    }
    boolean known =
        cursor.take("current", "row")
            || cursor.take("group")
            || cursor.take("ties")
            || cursor.take("no", "others");
    if (!known) {
      throw cursor.unexpected();
    }
  }
}
