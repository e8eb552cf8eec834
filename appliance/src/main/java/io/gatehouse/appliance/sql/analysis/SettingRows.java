package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import java.util.List;
import java.util.Optional;

/**
 * How pg_dump sets what an older server may not have: {@code SELECT set_config(name, ...) FROM
 * pg_settings WHERE name = '...'}.
 */
final class SettingRows {
  /** With one relation in FROM and no alias for its columns, this can be nothing else. */
  static final Expression NAME = new Expression.ColumnReference(List.of(Name.of("name")));

  private static final QualifiedName EQUALS = QualifiedName.of("=");

  private SettingRows() {}

  /** The setting whose row is the only one that a select has, if it has that form. */
  static Optional<String> of(Query.Select select, Resolver resolver) {
    boolean settings =
        select.from().size() == 1
            && select.from().getFirst() instanceof FromItem.Table table
            && table.alias().isEmpty()
            && settings(table.name(), resolver);
    return settings ? select.where().flatMap(where -> named(where, resolver)) : Optional.empty();
  }

  private static boolean settings(QualifiedName name, Resolver resolver) {
    return name.last().text().equals("pg_settings")
        && resolver.relation(name) instanceof Resolver.Found.Base(var relation)
        && relation.schema().equals(Resolver.SYSTEM);
  }

  private static Optional<String> named(Expression where, Resolver resolver) {
    return where instanceof Expression.Operation(var operator, var left, var right)
            && operator.equals(EQUALS)
            && left.filter(NAME::equals).isPresent()
            && right instanceof Expression.Constant(var kind, String text)
            && kind == Expression.ConstantKind.STRING
            && !resolver.userOperator(operator)
        ? Optional.of(text)
        : Optional.empty();
  }
}
