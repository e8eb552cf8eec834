package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import java.util.List;

/** What the server calls a column that nobody named, as far as that is certain. */
final class Labels {
  private Labels() {}

  /** Empty if it is not certain. */
  static String of(Expression value) {
    return switch (value) {
      case Expression.ColumnReference(List<Name> parts) -> parts.getLast().text();
      case Expression.Field(_, Name name) -> name.text();
      case Expression.Collate(Expression of, _) -> of(of);
      default -> "";
    };
  }
}
