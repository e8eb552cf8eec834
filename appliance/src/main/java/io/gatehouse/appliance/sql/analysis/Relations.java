package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.builtin.Builtins;
import io.gatehouse.appliance.catalog.builtin.SystemRelation;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What touching a relation touches with it. */
public final class Relations {
  private final Findings findings;
  private final Supplier<Catalog> catalog;
  private final Columns columns;

  private final BiFunction<String, String, @Nullable SystemRelation> review;

  Relations(Findings findings, Resolver resolver, Columns columns) {
    this(findings, resolver::catalog, columns, Builtins::relation);
  }

  /**
   * @param review what a relation of the server's own gives, by schema and name; null if nobody
   *     knows
   */
  public Relations(
      Findings findings,
      Supplier<Catalog> catalog,
      Columns columns,
      BiFunction<String, String, @Nullable SystemRelation> review) {
    this.findings = findings;
    this.catalog = catalog;
    this.columns = columns;
    this.review = review;
  }

  public void read(Relation relation) {
    findings.touches(Operation.READ, Resource.Kind.TABLE, relation.schema(), relation.name());
    if (relation.system()) {
      disclosed(relation);
      return;
    }
    reachesOut(relation);
    below(relation);
    if (relation.codeOnRead() || catalog.get().userCasts()) {
      findings.userCode();
    }
    Effects.found(findings, relation.effects(), "view " + relation.qualifiedName());
    for (ColumnOrigin origin : relation.origins()) {
      findings.indirectly(Operation.READ, Resource.Kind.TABLE, origin.schema(), origin.table());
      findings.indirectly(
          Operation.READ, Resource.Kind.COLUMN, origin.schema(), origin.table(), origin.column());
    }
    relatives(relation, Operation.READ);
  }

  /** A view reads what it names also where it uses no column of that. */
  private void below(Relation relation) {
    for (QualifiedName name : relation.reads()) {
      findings.indirectly(Operation.READ, Resource.Kind.TABLE, name.schema(), name.name());
      Relation read = catalog.get().relation(name.schema(), name.name());
      if (read != null && read.system()) {
        disclosed(read);
      }
    }
  }

  private void reachesOut(Relation relation) {
    for (List<QualifiedName> names :
        List.of(List.of(relation.qualifiedName()), relation.reads(), relation.children())) {
      for (QualifiedName name : names) {
        Relation one = catalog.get().relation(name.schema(), name.name());
        if (one != null && one.kind() == Relation.Kind.FOREIGN) {
          findings.trait(Trait.NETWORK);
        }
      }
    }
  }

  private void relatives(Relation relation, Operation operation) {
    for (List<QualifiedName> names : List.of(relation.parents(), relation.children())) {
      for (QualifiedName relative : names) {
        findings.indirectly(operation, Resource.Kind.TABLE, relative.schema(), relative.name());
      }
    }
  }

  private void disclosed(Relation relation) {
    findings.trait(Trait.SYSTEM_DATA);
    @Nullable SystemRelation what = review.apply(relation.schema(), relation.name());
    switch (what) {
      case null ->
          throw DoubtException.of(
              "the system relation " + relation.qualifiedName() + " was not reviewed");
      case SAFE_METADATA, SYSTEM -> {}
      case STATISTICS_WITH_DATA, OTHERS_SQL, SECRETS, LARGE_OBJECTS ->
          findings.trait(Trait.DISCLOSES);
    }
  }

  /** The columns that a use may read. */
  public void columnsRead(Columns.Use use) {
    Relation relation = use.relation();
    for (String column : columns.readBy(use)) {
      findings.touches(
          Operation.READ, Resource.Kind.COLUMN, relation.schema(), relation.name(), column);
      for (List<QualifiedName> names : List.of(relation.parents(), relation.children())) {
        for (QualifiedName relative : names) {
          findings.indirectly(
              Operation.READ, Resource.Kind.COLUMN, relative.schema(), relative.name(), column);
        }
      }
    }
  }

  /** Rows of it change; the columns are those that are given. */
  public void changed(Resolver.Found found, Operation operation, Set<String> written) {
    switch (found) {
      case Resolver.Found.Unlisted(String schema, String name) -> {
        findings.touches(operation, Resource.Kind.TABLE, schema, name);
        findings.userCode();
      }
      case Resolver.Found.Base(Relation relation) -> changed(relation, operation, written);
    }
  }

  private void changed(Relation relation, Operation operation, Set<String> written) {
    Operation what = relation.system() ? Operation.ADMINISTER : operation;
    if (relation.system()) {
      // pg_settings among them: writing to it is SET.
      findings.leaves(Consequence.RUNS_CODE);
    }
    findings.touches(what, Resource.Kind.TABLE, relation.schema(), relation.name());
    written.forEach(
        column ->
            findings.touches(
                what, Resource.Kind.COLUMN, relation.schema(), relation.name(), column));
    reachesOut(relation);
    if (relation.codeOnWrite() || catalog.get().userCasts()) {
      findings.userCode();
    }
    for (ColumnOrigin origin : relation.origins()) {
      findings.indirectly(what, Resource.Kind.TABLE, origin.schema(), origin.table());
    }
    relatives(relation, what);
    for (QualifiedName cascade : relation.cascades()) {
      findings.indirectly(what, Resource.Kind.TABLE, cascade.schema(), cascade.name());
    }
  }
}
