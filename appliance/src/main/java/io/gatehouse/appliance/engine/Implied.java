package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Conditions;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The columns that the server looks at on its own when a command sees or changes rows. */
final class Implied {
  private final Catalog catalog;
  private final Set<Relation> seen = new LinkedHashSet<>();
  private final Set<Relation> removed = new LinkedHashSet<>();

  /** Those whose rows change, with the columns that do; none if it is not known which. */
  private final Map<Relation, Set<String>> written = new LinkedHashMap<>();

  Implied(Catalog catalog, Command command) {
    this.catalog = catalog;
    command.accesses().forEach(this::access);
  }

  private void access(Access access) {
    List<String> path = access.resource().path();
    boolean table = access.resource().kind() == Resource.Kind.TABLE;
    if ((!table && access.resource().kind() != Resource.Kind.COLUMN) || path.size() < 2) {
      return;
    }
    Relation relation = catalog.relation(path.get(0), path.get(1));
    if (relation == null) {
      return;
    }
    seen.add(relation);
    relation.reads().forEach(this::sees);
    if (access.operation() == Operation.DELETE) {
      removed.add(relation);
    } else if (access.operation().compareTo(Operation.CALL) > 0) {
      Set<String> columns = written.computeIfAbsent(relation, _ -> new HashSet<>());
      if (path.size() > 2) {
        columns.add(path.get(2));
      }
    }
  }

  private void sees(QualifiedName name) {
    Relation relation = catalog.relation(name.schema(), name.name());
    if (relation != null) {
      seen.add(relation);
    }
  }

  /** What decides which rows there are. */
  Stream<ColumnOrigin> toSee() {
    return seen.stream().flatMap(one -> one.anatomy().conditions().visible().stream());
  }

  /** What decides whether a change is accepted. */
  Stream<ColumnOrigin> toChange() {
    Stream<Conditions.Check> going =
        removed.stream().flatMap(Implied::checks).filter(Conditions.Check::onRemoval);
    Stream<Conditions.Check> changing =
        written.entrySet().stream()
            .flatMap(one -> checks(one.getKey()).filter(check -> over(check, one.getValue())));
    return Stream.concat(going, changing).flatMap(check -> check.reads().stream());
  }

  private static Stream<Conditions.Check> checks(Relation relation) {
    return relation.anatomy().conditions().checks().stream();
  }

  private static boolean over(Conditions.Check check, Set<String> columns) {
    return columns.isEmpty() || columns.stream().anyMatch(check.over()::contains);
  }
}
