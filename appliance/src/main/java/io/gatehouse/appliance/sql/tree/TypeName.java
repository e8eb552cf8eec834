package io.gatehouse.appliance.sql.tree;

import java.util.List;

/**
 * A type as written. The types with a grammar of their own ({@code int}, {@code double precision},
 * {@code interval day to second} ...) carry the name that the server gives them, such as {@code
 * pg_catalog.int4}.
 *
 * @param percentType {@code table.column%TYPE}: the parts name a column
 * @param dimensions how many array bounds follow it
 */
public record TypeName(
    QualifiedName name,
    List<Expression> modifiers,
    boolean setOf,
    boolean percentType,
    int dimensions) {
  public TypeName {
    modifiers = List.copyOf(modifiers);
  }

  public static TypeName of(QualifiedName name) {
    return new TypeName(name, List.of(), false, false, 0);
  }
}
