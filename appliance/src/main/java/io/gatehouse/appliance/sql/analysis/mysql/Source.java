package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.analysis.Columns;
import io.gatehouse.appliance.sql.analysis.Resolver.Found;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * A table or view that a statement names to take rows from, or to change them.
 *
 * @param written as the text has it
 * @param use null if its columns are not known
 */
record Source(QualifiedName written, String alias, Found found, Columns.@Nullable Use use) {

  /** Whether a change of this name means it. */
  boolean named(QualifiedName name) {
    return alias.equals(References.alias(name.last().text()))
        || References.alias(written.toString()).equals(References.alias(name.toString()));
  }
}
