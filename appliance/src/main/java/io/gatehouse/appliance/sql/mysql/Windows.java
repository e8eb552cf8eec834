package io.gatehouse.appliance.sql.mysql;

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
        : new WindowReference.Named(grammar.names.name());
  }

  WindowDefinition definition() {
    return cursor.nested(() -> cursor.inParentheses(this::specification));
  }

  private WindowDefinition specification() {
    Optional<Name> base = Optional.empty();
    if (grammar.names.atName() && !cursor.atAny("partition", "range", "rows", "groups")) {
      base = Optional.of(grammar.names.name());
    }
    List<Expression> partitionBy = List.of();
    if (cursor.take("partition")) {
      cursor.expect("by");
      partitionBy = grammar.expressions.list();
    }
    List<SortItem> orderBy = grammar.selectClauses.optionalOrderBy();
    return new WindowDefinition(base, partitionBy, orderBy, frame());
  }

  private List<Expression> frame() {
    if (!cursor.takeAny("range", "rows")) {
      return List.of();
    }
    List<Expression> offsets = new ArrayList<>();
    boolean between = cursor.take("between");
    bound(between, offsets);
    if (between) {
      cursor.expect("and");
      bound(true, offsets);
    }
    if (cursor.at("exclude")) {
      throw cursor.unexpected();
    }
    return offsets;
  }

  /** A frame that names only its start cannot start behind the row. */
  private void bound(boolean following, List<Expression> offsets) {
    if (cursor.take("current")) {
      cursor.expect("row");
      return;
    }
    if (!cursor.take("unbounded")) {
      offsets.add(offset());
    }
    if (!following || !cursor.take("following")) {
      cursor.expect("preceding");
    }
  }

  private Expression offset() {
    return cursor.at("interval") ? grammar.functionSyntax.interval() : grammar.primaries.read();
  }
}
