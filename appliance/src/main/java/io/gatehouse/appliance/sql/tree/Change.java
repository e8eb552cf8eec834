package io.gatehouse.appliance.sql.tree;

import io.gatehouse.appliance.sql.tree.FromItem.Table;
import io.gatehouse.appliance.sql.tree.Query.SelectItem;
import java.util.List;
import java.util.Optional;

/** A statement that changes rows. */
public sealed interface Change extends Statement
    permits Change.Insert, Change.Update, Change.Delete, Change.Merge, SequentialChange {

  /**
   * A column that is written, with what selects a part of it.
   *
   * @param fields the fields selected, outermost first
   * @param subscripts the expressions of the subscripts
   */
  record Target(Name column, List<Name> fields, List<Expression> subscripts) {
    public Target {
      fields = List.copyOf(fields);
      subscripts = List.copyOf(subscripts);
    }
  }

  /**
   * {@code column = value}, or {@code (columns) = value}.
   *
   * @param row whether the columns stood in parentheses
   */
  record Assignment(List<Target> targets, boolean row, Expression value) {
    public Assignment {
      targets = List.copyOf(targets);
    }
  }

  record Returning(Optional<Name> oldName, Optional<Name> newName, List<SelectItem> items) {
    public Returning {
      items = List.copyOf(items);
    }
  }

  sealed interface Source {}

  record DefaultValues() implements Source {}

  record Rows(Query query) implements Source {}

  enum Overriding {
    SYSTEM,
    USER
  }

  sealed interface ConflictTarget {}

  record AnyConflict() implements ConflictTarget {}

  record OnConstraint(Name constraint) implements ConflictTarget {}

  record OnIndex(List<Expression> keys, Optional<Expression> where) implements ConflictTarget {
    public OnIndex {
      keys = List.copyOf(keys);
    }
  }

  /**
   * @param update empty for DO NOTHING
   */
  record OnConflict(
      ConflictTarget target, boolean nothing, List<Assignment> update, Optional<Expression> where) {
    public OnConflict {
      update = List.copyOf(update);
    }
  }

  record Insert(
      Optional<With> with,
      QualifiedName table,
      Optional<Name> alias,
      List<Target> columns,
      Optional<Overriding> overriding,
      Source source,
      Optional<OnConflict> onConflict,
      Optional<Returning> returning)
      implements Change {
    public Insert {
      columns = List.copyOf(columns);
    }
  }

  record Update(
      Optional<With> with,
      Table table,
      List<Assignment> assignments,
      List<FromItem> from,
      Optional<Expression> where,
      Optional<Returning> returning)
      implements Change {
    public Update {
      assignments = List.copyOf(assignments);
      from = List.copyOf(from);
    }
  }

  record Delete(
      Optional<With> with,
      Table table,
      List<FromItem> using,
      Optional<Expression> where,
      Optional<Returning> returning)
      implements Change {
    public Delete {
      using = List.copyOf(using);
    }
  }

  enum MatchKind {
    MATCHED,
    NOT_MATCHED_BY_SOURCE,
    NOT_MATCHED_BY_TARGET
  }

  sealed interface MergeAction {}

  record MergeNothing() implements MergeAction {}

  record MergeDelete() implements MergeAction {}

  record MergeUpdate(List<Assignment> assignments) implements MergeAction {
    public MergeUpdate {
      assignments = List.copyOf(assignments);
    }
  }

  /**
   * @param values empty for DEFAULT VALUES
   */
  record MergeInsert(List<Target> columns, Optional<Overriding> overriding, List<Expression> values)
      implements MergeAction {
    public MergeInsert {
      columns = List.copyOf(columns);
      values = List.copyOf(values);
    }
  }

  record MergeWhen(MatchKind match, Optional<Expression> condition, MergeAction action) {}

  record Merge(
      Optional<With> with,
      Table table,
      FromItem source,
      Expression on,
      List<MergeWhen> branches,
      Optional<Returning> returning)
      implements Change {
    public Merge {
      branches = List.copyOf(branches);
    }
  }
}
