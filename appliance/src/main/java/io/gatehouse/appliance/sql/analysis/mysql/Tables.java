package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.builtin.MysqlRelations;
import io.gatehouse.appliance.sql.analysis.Columns;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.analysis.Relations;
import io.gatehouse.appliance.sql.analysis.Resolver.Found;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import java.util.LinkedHashSet;
import java.util.Set;

/** What touching a table or view touches with it, and which of their columns are read. */
final class Tables {
  private final Findings findings;
  private final MysqlNames names;
  private final Columns columns;
  private final References references;
  private final Relations relations;

  Tables(Findings findings, MysqlNames names, References references) {
    this.findings = findings;
    this.names = names;
    this.references = references;
    this.columns = references.columns();
    this.relations = new Relations(findings, names::catalog, columns, MysqlRelations::of);
  }

  Found found(io.gatehouse.appliance.sql.tree.QualifiedName name) {
    return names.relation(name);
  }

  /** Something that rows come from, or that is changed. */
  Source source(io.gatehouse.appliance.sql.tree.QualifiedName name, String alias) {
    String known = References.alias(alias);
    Found found = names.relation(name);
    return switch (found) {
      case Found.Base(Relation relation) ->
          new Source(name, known, found, columns.use(Set.of(known), relation));
      case Found.Unlisted _ -> {
        references.other(alias);
        references.unnamed();
        yield new Source(name, known, found, null);
      }
    };
  }

  void read(Source source) {
    switch (source.found()) {
      // The session's own: no trigger and no view can be behind it.
      case Found.Unlisted(String schema, String name) ->
          findings.touches(Operation.READ, Resource.Kind.TABLE, schema, name);
      case Found.Base(Relation relation) -> {
        understood(relation);
        relations.read(relation);
      }
    }
  }

  /** Rows of it change; the columns are those that are given. */
  void changed(Found found, Operation operation, Set<String> written) {
    switch (found) {
      case Found.Unlisted(String schema, String name) ->
          findings.touches(operation, Resource.Kind.TABLE, schema, name);
      case Found.Base(Relation relation) -> {
        understood(relation);
        relations.changed(found, operation, written);
      }
    }
  }

  /** All rows, with all their columns. */
  void readWhole(io.gatehouse.appliance.sql.tree.QualifiedName name) {
    Source source = source(name, name.last().text());
    read(source);
    Columns.Use use = source.use();
    if (use != null) {
      use.all();
    }
  }

  private void understood(Relation relation) {
    Catalog catalog = names.catalog();
    shown(relation);
    for (QualifiedName below : relation.reads()) {
      Relation one = catalog.relation(below.schema(), below.name());
      if (one == null) {
        throw DoubtException.of("view \"" + relation.qualifiedName() + "\" reads what is unknown");
      }
      shown(one);
    }
  }

  private static void shown(Relation relation) {
    boolean hidden =
        relation.kind() == Relation.Kind.VIEW
            && !relation.system()
            && relation.anatomy().definition().isEmpty();
    if (hidden) {
      throw DoubtException.of(
          "the definition of view \""
              + relation.qualifiedName()
              + "\" is not known: the gate's user needs the right SHOW VIEW, and the view a form"
              + " that the gate reads");
    }
  }

  static Set<String> allColumns(Found found) {
    return switch (found) {
      case Found.Base(var relation) -> new LinkedHashSet<>(relation.columns());
      case Found.Unlisted _ -> Set.of();
    };
  }

  void finish() {
    columns.uses().forEach(relations::columnsRead);
  }
}
