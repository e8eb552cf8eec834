package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.analysis.Resolver.Found;
import io.gatehouse.appliance.sql.tree.MysqlDefinition;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tables, views and stored code that are defined. */
final class Definitions {
  private final Findings findings;
  private final MysqlNames names;
  private final Queries queries;

  Definitions(Findings findings, MysqlNames names, Queries queries) {
    this.findings = findings;
    this.names = names;
    this.queries = queries;
  }

  void define(MysqlDefinition definition) {
    switch (definition) {
      case MysqlDefinition.CreateTable create -> table(create);
      case MysqlDefinition.DefineView view -> view(view);
      case MysqlDefinition.DefineCode code -> code(code);
      case MysqlDefinition.AlterTable alter -> alter(alter);
      case MysqlDefinition.RenameTables(var renames) -> rename(renames);
    }
  }

  /** The open transaction ends with it. */
  void defines(Set<QualifiedName> touched, boolean made) {
    findings.leaves(new Consequence.Defines(touched, made));
    findings.leaves(Consequence.ENDS_TRANSACTION);
  }

  // Tables

  private void table(MysqlDefinition.CreateTable create) {
    QualifiedName name = names.full(create.table());
    findings.touches(Operation.DEFINE, Resource.Kind.TABLE, name.schema(), name.name());
    create.like().ifPresent(like -> queries.tables().read(source(like)));
    create.mentioned().forEach(this::referredTo);
    if (create.query().isPresent()) {
      findings.trait(Trait.KEEPS_RESULT);
      queries.query(create.query().get());
    }
    if (create.like().isEmpty()) {
      // Columns and options were skipped.
      findings.outlineOnly();
    }
    if (create.temporary()) {
      findings.leaves(new Consequence.MakesTemporary(Set.of(name)));
    } else {
      defines(Set.of(name), !create.orReplace() && !create.ifNotExists());
    }
  }

  private Source source(io.gatehouse.appliance.sql.tree.QualifiedName name) {
    return queries.tables().source(name, name.last().text());
  }

  /** Its keys are looked up, or its rows are seen through the new table. */
  private void referredTo(io.gatehouse.appliance.sql.tree.QualifiedName name) {
    QualifiedName full = names.full(name);
    findings.touches(Operation.READ, Resource.Kind.TABLE, full.schema(), full.name());
    Relation relation = names.catalog().relation(full.schema(), full.name());
    if (relation != null) {
      relation
          .columns()
          .forEach(
              column ->
                  findings.indirectly(
                      Operation.READ, Resource.Kind.COLUMN, full.schema(), full.name(), column));
    }
  }

  private void alter(MysqlDefinition.AlterTable alter) {
    findings.outlineOnly();
    Found found = names.relation(alter.table());
    Set<QualifiedName> touched = new LinkedHashSet<>(Set.of(existing(found)));
    for (var mentioned : alter.mentioned()) {
      touched.add(defined(names.full(mentioned)));
    }
    if (found instanceof Found.Unlisted) {
      findings.leaves(new Consequence.MakesTemporary(touched));
    }
    defines(touched, false);
  }

  private QualifiedName defined(QualifiedName name) {
    Relation relation = names.catalog().relation(name.schema(), name.name());
    boolean ofServer = relation != null && relation.system();
    findings.touches(
        ofServer ? Operation.ADMINISTER : Operation.DEFINE,
        Resource.Kind.TABLE,
        name.schema(),
        name.name());
    return name;
  }

  /** Something that is there changes or goes. */
  QualifiedName existing(Found found) {
    return switch (found) {
      case Found.Unlisted(String schema, String name) -> defined(new QualifiedName(schema, name));
      case Found.Base(Relation relation) -> {
        findings.touches(
            relation.system() ? Operation.ADMINISTER : Operation.DEFINE,
            relation.kind() == Relation.Kind.SEQUENCE
                ? Resource.Kind.SEQUENCE
                : Resource.Kind.TABLE,
            relation.schema(),
            relation.name());
        yield relation.qualifiedName();
      }
    };
  }

  private void rename(List<MysqlDefinition.Rename> renames) {
    Set<QualifiedName> touched = new LinkedHashSet<>();
    for (MysqlDefinition.Rename rename : renames) {
      touched.add(defined(names.full(rename.from())));
      touched.add(defined(names.full(rename.to())));
    }
    if (touched.stream().anyMatch(this::maybeTemporary)) {
      findings.leaves(new Consequence.MakesTemporary(touched));
    }
    defines(touched, false);
  }

  /** Whether it is no table of the catalog, or hides one. */
  private boolean maybeTemporary(QualifiedName name) {
    try {
      return names.relation(tree(name)) instanceof Found.Unlisted;
    } catch (DoubtException e) {
      return names.catalog().relation(name.schema(), name.name()) != null;
    }
  }

  private static io.gatehouse.appliance.sql.tree.QualifiedName tree(QualifiedName name) {
    return io.gatehouse.appliance.sql.tree.QualifiedName.of(name.schema(), name.name());
  }

  // Views and code

  private void view(MysqlDefinition.DefineView view) {
    QualifiedName name = defined(names.full(view.view()));
    definer(view.definer().isPresent());
    queries.query(view.query());
    // What it reads is known only when the catalog was read again.
    defines(Set.of(name), false);
  }

  private void code(MysqlDefinition.DefineCode code) {
    findings.outlineOnly();
    definer(code.definer().isPresent());
    QualifiedName name = names.full(code.name());
    boolean routine =
        switch (code.kind()) {
          case "procedure", "function", "package", "package body" -> true;
          default -> false;
        };
    findings.touches(
        Operation.DEFINE,
        routine ? Resource.Kind.FUNCTION : Resource.Kind.OBJECT,
        name.schema(),
        name.name());
    if (code.on().isPresent()) {
      defines(Set.of(existing(names.relation(code.on().get()))), false);
    } else {
      defines(Set.of(), false);
    }
  }

  /** It runs as somebody else. */
  private void definer(boolean said) {
    if (said) {
      findings.trait(Trait.IDENTITY);
    }
  }
}
