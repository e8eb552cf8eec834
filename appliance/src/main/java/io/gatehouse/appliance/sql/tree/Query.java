package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * Anything that yields rows, with what may stand around it. Parentheses around a query are not in
 * the tree: what stands outside of them is joined with what stands inside, as the server does.
 */
public record Query(
    Optional<With> with,
    Body body,
    List<SortItem> orderBy,
    Optional<Limit> limit,
    List<Locking> locking) {
  public Query {
    orderBy = List.copyOf(orderBy);
    locking = List.copyOf(locking);
  }

  public sealed interface Body {}

  /**
   * @param label the output name that AS, or its omission, gives
   */
  public record SelectItem(Expression value, Optional<Name> label) {}

  public enum Persistence {
    PERMANENT,
    TEMPORARY,
    UNLOGGED
  }

  /** SELECT ... INTO: creates a table. */
  public record Into(QualifiedName table, Persistence persistence) {}

  public sealed interface Distinctness {}

  public record AllRows() implements Distinctness {}

  public record DistinctRows() implements Distinctness {}

  public record DistinctOn(List<Expression> keys) implements Distinctness {
    public DistinctOn {
      keys = List.copyOf(keys);
    }
  }

  public sealed interface Grouping {}

  public record GroupBy(Expression key) implements Grouping {}

  public record EmptyGroup() implements Grouping {}

  public enum GroupingSetKind {
    SETS,
    ROLLUP,
    CUBE
  }

  public record GroupingSet(GroupingSetKind kind, List<Grouping> items) implements Grouping {
    public GroupingSet {
      items = List.copyOf(items);
    }
  }

  public record NamedWindow(Name name, WindowDefinition definition) {}

  public record Select(
      Distinctness distinctness,
      List<SelectItem> items,
      Optional<Into> into,
      List<FromItem> from,
      Optional<Expression> where,
      boolean groupDistinct,
      List<Grouping> groupBy,
      Optional<Expression> having,
      List<NamedWindow> windows)
      implements Body {
    public Select {
      items = List.copyOf(items);
      from = List.copyOf(from);
      groupBy = List.copyOf(groupBy);
      windows = List.copyOf(windows);
    }
  }

  public record Values(List<List<Expression>> rows) implements Body {
    public Values {
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /** {@code TABLE name}: all columns of it. */
  public record WholeTable(FromItem.Table table) implements Body {}

  public enum SetKind {
    UNION,
    INTERSECT,
    EXCEPT
  }

  public record SetOperation(SetKind kind, boolean all, Query left, Query right) implements Body {}

  /**
   * @param count NULL for LIMIT ALL; absent when there is only an offset
   */
  public record Limit(Optional<Expression> count, boolean withTies, Optional<Expression> offset) {}

  public enum LockStrength {
    UPDATE,
    NO_KEY_UPDATE,
    SHARE,
    KEY_SHARE
  }

  /**
   * @param of the tables named; empty for all
   */
  public record Locking(LockStrength strength, List<QualifiedName> of) {
    public Locking {
      of = List.copyOf(of);
    }
  }
}
