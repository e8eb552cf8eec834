package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the columns of a table depend on. */
public final class Stored {
  private Stored() {}

  public static ColumnOrigin column(Relation relation, String column) {
    return new ColumnOrigin(relation.schema(), relation.name(), column);
  }

  /** A generated column is what it is computed from. */
  public static Flow flow(Relation relation, ColumnOrigin column) {
    Set<String> from = relation.anatomy().computed().getOrDefault(column.column(), Set.of());
    if (from.isEmpty()) {
      return new Flow.Identity(column);
    }
    Set<ColumnOrigin> all = new LinkedHashSet<>(Set.of(column));
    Map<String, Set<String>> computed = relation.anatomy().computed();
    List<String> open = new ArrayList<>(from);
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String one = open.removeLast();
      if (seen.add(one)) {
        all.add(column(relation, one));
        open.addAll(computed.getOrDefault(one, Set.of()));
      }
    }
    return new Flow.Derived(all);
  }
}
