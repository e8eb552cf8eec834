package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.builtin.Effect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A relation of a target. What a name stands for in a session is resolved elsewhere.
 *
 * @param columns by position; dropped ones are left out
 * @param columnTypes the types of the columns, in the same order
 * @param codeOnRead reading it may run code that nobody reviewed, in it or in what is below it:
 *     user functions, operators and types, row security, built-ins whose effects are not plain
 *     reading
 * @param codeOnWrite the same for writing: triggers, rules, defaults, generated columns, checks,
 *     index expressions, and the same of what a write reaches through partitions, views and foreign
 *     keys
 * @param system of pg_catalog or information_schema: see {@link
 *     io.gatehouse.appliance.catalog.builtin.Builtins#relation}
 * @param origins for views and materialized views: every base column that the definition depends
 *     on, through other views; a whole-row reference counts as all columns
 * @param reads for views and materialized views: every relation that the definition names, through
 *     other views, those views included; also where no column of it is used
 * @param parents what it inherits from or is a partition of, transitively
 * @param children what inherits from it or is a partition of it, transitively: reading this reads
 *     them
 * @param cascades tables that writing this one may change through foreign keys, transitively
 * @param effects of the built-in functions that reading it calls, through other views
 * @param anatomy what only the lineage of values needs
 */
public record Relation(
    long oid,
    String schema,
    String name,
    Kind kind,
    List<String> columns,
    List<QualifiedName> columnTypes,
    boolean codeOnRead,
    boolean codeOnWrite,
    boolean system,
    List<ColumnOrigin> origins,
    List<QualifiedName> reads,
    List<QualifiedName> parents,
    List<QualifiedName> children,
    List<QualifiedName> cascades,
    Set<Effect> effects,
    Anatomy anatomy) {

  /**
   * How values come into it.
   *
   * @param numbers what the server counts the columns by, in their order: dropped ones keep theirs
   * @param definition the query of a view or materialized view with all names qualified; empty for
   *     other relations
   * @param computed generated columns, and the columns that they are computed from
   * @param hidden columns that a star does not stand for
   */
  public record Anatomy(
      List<Integer> numbers,
      String definition,
      Map<String, Set<String>> computed,
      Conditions conditions,
      Set<String> hidden) {
    public Anatomy {
      numbers = List.copyOf(numbers);
      computed = Map.copyOf(computed);
      hidden = Set.copyOf(hidden);
    }

    /** A star stands for all columns. */
    public Anatomy(
        List<Integer> numbers,
        String definition,
        Map<String, Set<String>> computed,
        Conditions conditions) {
      this(numbers, definition, computed, conditions, Set.of());
    }

    /** Of a table that never lost a column and computes none. */
    public static Anatomy plain(int columns) {
      return new Anatomy(
          IntStream.rangeClosed(1, columns).boxed().toList(), "", Map.of(), Conditions.NONE);
    }
  }

  /** What sort of relation it is. */
  public enum Kind {
    TABLE,
    PARTITIONED,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN,
    SEQUENCE,
    INDEX,
    COMPOSITE
  }

  public Relation {
    columns = List.copyOf(columns);
    columnTypes = List.copyOf(columnTypes);
    origins = List.copyOf(origins);
    reads = List.copyOf(reads);
    parents = List.copyOf(parents);
    children = List.copyOf(children);
    cascades = List.copyOf(cascades);
    effects = Set.copyOf(effects);
  }

  public QualifiedName qualifiedName() {
    return new QualifiedName(schema, name);
  }
}
