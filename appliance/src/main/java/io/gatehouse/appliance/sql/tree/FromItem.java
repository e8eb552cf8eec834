package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/** Anything that rows come from. */
public sealed interface FromItem {

  record Alias(Name name, List<Name> columns) {
    public Alias {
      columns = List.copyOf(columns);
    }
  }

  record Sample(QualifiedName method, List<Expression> arguments, Optional<Expression> repeatable) {
    public Sample {
      arguments = List.copyOf(arguments);
    }
  }

  /** A table, view, sequence or common table expression by name. */
  record Table(QualifiedName name, boolean only, Optional<Alias> alias, Optional<Sample> sample)
      implements FromItem {}

  record Derived(Query query, boolean lateral, Optional<Alias> alias) implements FromItem {}

  record ColumnDefinition(Name name, TypeName type, Optional<QualifiedName> collation) {}

  /**
   * One function of FROM with the columns that {@code AS (name type, ...)} gives its record.
   *
   * @param call a {@link Expression.Call} or {@link Expression.Special}
   */
  record FunctionSource(Expression call, List<ColumnDefinition> columns) {
    public FunctionSource {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param rowsFrom whether it was written as ROWS FROM (...)
   * @param columns the column definitions behind the whole item
   */
  record Functions(
      List<FunctionSource> sources,
      boolean rowsFrom,
      boolean ordinality,
      boolean lateral,
      Optional<Alias> alias,
      List<ColumnDefinition> columns)
      implements FromItem {
    public Functions {
      sources = List.copyOf(sources);
      columns = List.copyOf(columns);
    }
  }

  enum JoinKind {
    INNER,
    LEFT,
    RIGHT,
    FULL,
    CROSS
  }

  sealed interface JoinCondition {}

  record Cross() implements JoinCondition {}

  record Natural() implements JoinCondition {}

  record Using(List<Name> columns, Optional<Name> alias) implements JoinCondition {
    public Using {
      columns = List.copyOf(columns);
    }
  }

  record On(Expression condition) implements JoinCondition {}

  /**
   * @param alias only a join in parentheses can have one
   */
  record Join(
      JoinKind kind, FromItem left, FromItem right, JoinCondition condition, Optional<Alias> alias)
      implements FromItem {}

  /**
   * A column of XMLTABLE or JSON_TABLE.
   *
   * @param type absent for FOR ORDINALITY
   * @param expressions the defaults and paths in it
   */
  record TableColumn(Name name, Optional<TypeName> type, List<Expression> expressions) {
    public TableColumn {
      expressions = List.copyOf(expressions);
    }
  }

  /**
   * XMLTABLE or JSON_TABLE.
   *
   * @param columns in the order of the result, nested ones too
   */
  record TableExpression(
      String name,
      List<Expression> arguments,
      List<TableColumn> columns,
      boolean lateral,
      Optional<Alias> alias)
      implements FromItem {
    public TableExpression {
      arguments = List.copyOf(arguments);
      columns = List.copyOf(columns);
    }
  }
}
