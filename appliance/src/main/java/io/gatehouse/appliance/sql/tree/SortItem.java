package io.gatehouse.appliance.sql.tree;

import java.util.Optional;

/**
 * One item of ORDER BY.
 *
 * @param using the operator of {@code USING operator}
 */
public record SortItem(
    Expression value,
    boolean descending,
    Optional<Boolean> nullsFirst,
    Optional<QualifiedName> using) {}
