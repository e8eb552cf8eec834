package io.gatehouse.appliance.sql.tree;

import io.gatehouse.appliance.sql.tree.FromItem.Alias;
import java.util.List;
import java.util.Optional;

/**
 * A change of rows on a server that assigns one column after another: a later assignment reads what
 * an earlier one has written.
 */
public sealed interface SequentialChange extends Change {

  /** {@code [[database.]table.]column = value}. */
  record Assigned(QualifiedName column, Expression value) {}

  /** Which of the rows, where there are more. */
  record Chosen(List<SortItem> orderBy, Optional<Query.Limit> limit) {
    public Chosen {
      orderBy = List.copyOf(orderBy);
    }
  }

  /**
   * What becomes of a row that is there already.
   *
   * @param newRow how the assignments call the row that was to be written
   */
  record OnDuplicate(Optional<Alias> newRow, List<Assigned> assignments) {
    public OnDuplicate {
      assignments = List.copyOf(assignments);
    }
  }

  /**
   * INSERT and REPLACE.
   *
   * @param replaces whether rows with the same key are deleted for it
   * @param ignoresErrors whether rows that cannot be written are left out, with a warning
   * @param columns empty for all of them
   */
  record InsertRows(
      boolean replaces,
      boolean ignoresErrors,
      QualifiedName table,
      List<QualifiedName> columns,
      Source source,
      Optional<OnDuplicate> onDuplicate,
      Optional<Returning> returning)
      implements SequentialChange {
    public InsertRows {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param tables those that are written and those that are only read: the assignments tell them
   *     apart
   */
  record UpdateRows(
      Optional<With> with,
      boolean ignoresErrors,
      List<FromItem> tables,
      List<Assigned> assignments,
      Optional<Expression> where,
      Chosen chosen)
      implements SequentialChange {
    public UpdateRows {
      tables = List.copyOf(tables);
      assignments = List.copyOf(assignments);
    }
  }

  /**
   * @param targets the tables that lose rows, by name or alias; of a statement with one table, that
   *     one
   * @param tables where their rows are looked for
   */
  record DeleteRows(
      Optional<With> with,
      boolean ignoresErrors,
      List<QualifiedName> targets,
      List<FromItem> tables,
      Optional<Expression> where,
      Chosen chosen,
      Optional<Returning> returning)
      implements SequentialChange {
    public DeleteRows {
      targets = List.copyOf(targets);
      tables = List.copyOf(tables);
    }
  }
}
