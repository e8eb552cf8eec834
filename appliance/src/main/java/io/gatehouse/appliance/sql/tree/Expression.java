package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * Anything with a value. Syntax that the server turns into a call of a built-in function ({@code
 * EXTRACT}, {@code AT TIME ZONE}, {@code TRIM} ...) is that {@link Call} with its {@code
 * pg_catalog} name.
 */
public sealed interface Expression {

  enum ConstantKind {
    INTEGER,
    DECIMAL,
    STRING,
    BITS,
    HEX_BITS,
    TRUE,
    FALSE,
    NULL
  }

  /**
   * @param text the value, with escapes undone; for numbers as written
   */
  record Constant(ConstantKind kind, String text) implements Expression {}

  record Parameter(int number) implements Expression {}

  /** {@code DEFAULT} as a value of INSERT, UPDATE or MERGE. */
  record Default() implements Expression {}

  /** A column, or what else the parts may name: a whole row, or a function called by dot. */
  record ColumnReference(List<Name> parts) implements Expression {
    public ColumnReference {
      parts = List.copyOf(parts);
    }
  }

  /** {@code *} or {@code t.*}; the qualifier is empty for a bare star. */
  record AllColumns(List<Name> qualifier) implements Expression {
    public AllColumns {
      qualifier = List.copyOf(qualifier);
    }
  }

  /** {@code (value).name}, which may also call a function of that name. */
  record Field(Expression of, Name name) implements Expression {}

  /** {@code (value).*}. */
  record AllFields(Expression of) implements Expression {}

  record Subscript(
      Expression of, boolean slice, Optional<Expression> lower, Optional<Expression> upper)
      implements Expression {}

  record Argument(Optional<Name> name, Expression value, boolean variadic) {
    public static Argument of(Expression value) {
      return new Argument(Optional.empty(), value, false);
    }
  }

  /**
   * @param star {@code f(*)}
   * @param withinGroup the sort items of WITHIN GROUP
   */
  record Arguments(
      List<Argument> items,
      boolean star,
      boolean distinct,
      List<SortItem> orderBy,
      List<SortItem> withinGroup) {
    public Arguments {
      items = List.copyOf(items);
      orderBy = List.copyOf(orderBy);
      withinGroup = List.copyOf(withinGroup);
    }

    public static Arguments of(List<Expression> values) {
      return new Arguments(
          values.stream().map(Argument::of).toList(), false, false, List.of(), List.of());
    }
  }

  record Call(
      QualifiedName name,
      Arguments arguments,
      Optional<Expression> filter,
      Optional<WindowReference> over)
      implements Expression {}

  /** An operator by name: one side is missing for a prefix operator. */
  record Operation(QualifiedName operator, Optional<Expression> left, Expression right)
      implements Expression {}

  /** AND or OR over two or more. */
  record Junction(boolean or, List<Expression> operands) implements Expression {
    public Junction {
      operands = List.copyOf(operands);
    }
  }

  record Not(Expression operand) implements Expression {}

  enum TestKind {
    NULL,
    TRUE,
    FALSE,
    UNKNOWN,
    DOCUMENT,
    JSON
  }

  /** {@code value IS [NOT] kind}. */
  record Test(Expression value, TestKind kind, boolean negated) implements Expression {}

  /** {@code left IS [NOT] DISTINCT FROM right}: uses the operator {@code =}. */
  record Distinct(Expression left, Expression right, boolean negated) implements Expression {}

  /** {@code left operator ANY|ALL (right)}; right is an array or a {@link Subquery} of rows. */
  record Quantified(Expression left, QualifiedName operator, boolean all, Expression right)
      implements Expression {}

  record Between(
      Expression value, boolean symmetric, boolean negated, Expression low, Expression high)
      implements Expression {}

  record In(Expression value, boolean negated, List<Expression> items) implements Expression {
    public In {
      items = List.copyOf(items);
    }
  }

  record InQuery(Expression value, boolean negated, Query query) implements Expression {}

  enum LikeKind {
    LIKE,
    ILIKE,
    SIMILAR
  }

  record Like(
      LikeKind kind,
      boolean negated,
      Expression value,
      Expression pattern,
      Optional<Expression> escape)
      implements Expression {}

  /** {@code value::type}, {@code CAST(value AS type)} and {@code type 'literal'}. */
  record Cast(Expression value, TypeName type) implements Expression {}

  record Collate(Expression value, QualifiedName collation) implements Expression {}

  record When(Expression condition, Expression result) {}

  record Case(Optional<Expression> operand, List<When> branches, Optional<Expression> otherwise)
      implements Expression {
    public Case {
      branches = List.copyOf(branches);
    }
  }

  record Row(List<Expression> items) implements Expression {
    public Row {
      items = List.copyOf(items);
    }
  }

  record ArrayItems(List<Expression> items) implements Expression {
    public ArrayItems {
      items = List.copyOf(items);
    }
  }

  enum SubqueryKind {
    /** One value of one row. */
    SCALAR,
    EXISTS,
    ARRAY,
    /** The right side of ANY or ALL. */
    ROWS
  }

  record Subquery(SubqueryKind kind, Query query) implements Expression {}

  /** {@code WHERE CURRENT OF cursor}. */
  record CurrentOf(Name cursor) implements Expression {}

  /**
   * What has a grammar of its own and is no function of the catalog: {@code coalesce}, {@code
   * current_user}, {@code grouping}, {@code xmlelement}, {@code json_value} ...
   *
   * @param name lower-case, as the first keyword is written
   * @param arguments every expression in it, in the order of the text
   * @param types every type named in it (RETURNING, AS)
   */
  record Special(
      String name,
      List<Expression> arguments,
      List<TypeName> types,
      Optional<Expression> filter,
      Optional<WindowReference> over)
      implements Expression {
    public Special {
      arguments = List.copyOf(arguments);
      types = List.copyOf(types);
    }

    public static Special of(String name, List<Expression> arguments) {
      return new Special(name, arguments, List.of(), Optional.empty(), Optional.empty());
    }
  }

  /** A variable of the session, as {@code @name}: it holds what was put there before. */
  record UserVariable(String name) implements Expression {}

  /** {@code @name := value}: has the value, and keeps it for later statements. */
  record VariableAssignment(String name, Expression value) implements Expression {}

  /**
   * A setting of the server or the session, as {@code @@scope.name}.
   *
   * @param scope lower-case; absent where the text leaves it open
   */
  record SystemVariable(Optional<String> scope, QualifiedName name) implements Expression {}
}
