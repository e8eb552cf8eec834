package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Change.MatchKind;
import io.gatehouse.appliance.sql.tree.Change.Merge;
import io.gatehouse.appliance.sql.tree.Change.MergeAction;
import io.gatehouse.appliance.sql.tree.Change.MergeWhen;
import io.gatehouse.appliance.sql.tree.Change.Overriding;
import io.gatehouse.appliance.sql.tree.Change.Target;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** MERGE. */
final class Merges {
  private final Grammar grammar;
  private final Cursor cursor;

  Merges(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Merge merge(Optional<With> with) {
    cursor.expect("merge", "into");
    FromItem.Table table = grammar.from.target();
    cursor.expect("using");
    FromItem source = grammar.from.read();
    cursor.expect("on");
    Expression on = grammar.expressions.any();
    List<MergeWhen> branches = new ArrayList<>();
    do {
      branches.add(when());
    } while (cursor.at("when"));
    return new Merge(with, table, source, on, branches, grammar.changes.returning());
  }

  private MergeWhen when() {
    cursor.expect("when");
    boolean not = cursor.take("not");
    cursor.expect("matched");
    MatchKind match = not ? MatchKind.NOT_MATCHED_BY_TARGET : MatchKind.MATCHED;
    if (not && cursor.take("by", "source")) {
      match = MatchKind.NOT_MATCHED_BY_SOURCE;
    } else if (not) {
      cursor.take("by", "target");
    }
    Optional<Expression> condition = grammar.selectClauses.after("and");
    cursor.expect("then");
    return new MergeWhen(match, condition, action(match));
  }

  private MergeAction action(MatchKind match) {
    if (cursor.take("do", "nothing")) {
      return new Change.MergeNothing();
    }
    if (match == MatchKind.NOT_MATCHED_BY_TARGET) {
      cursor.expect("insert");
      return insert();
    }
    if (cursor.take("delete")) {
      return new Change.MergeDelete();
    }
    cursor.expect("update", "set");
    return new Change.MergeUpdate(grammar.changes.assignments());
  }

  private MergeAction insert() {
    if (cursor.take("default", "values")) {
      return new Change.MergeInsert(List.of(), Optional.empty(), List.of());
    }
    List<Target> columns = cursor.atSymbol("(") ? grammar.changes.columns() : List.of();
    Optional<Overriding> overriding = grammar.changes.overriding();
    cursor.expect("values");
    List<Expression> values = grammar.expressions.listInParentheses();
    return new Change.MergeInsert(columns, overriding, values);
  }
}
