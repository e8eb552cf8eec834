package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.tree.Statement.Definition;
import io.gatehouse.appliance.sql.tree.Statement.Verb;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.LinkedHashSet;
import java.util.Set;

/** DROP of anything, and definitions of which only the head is read. */
final class Heads {
  private final Findings findings;
  private final MysqlNames names;
  private final Definitions definitions;

  Heads(Findings findings, MysqlNames names, Definitions definitions) {
    this.findings = findings;
    this.names = names;
    this.definitions = definitions;
  }

  void definition(Definition definition) {
    if (!definition.bodyRead()) {
      findings.outlineOnly();
    }
    switch (definition.kind()) {
      case "table", "view", "sequence" -> relations(definition);
      case "database" -> databases(definition);
      case "procedure", "function", "package", "package body" ->
          stored(definition, Resource.Kind.FUNCTION);
      case "trigger", "event" -> stored(definition, Resource.Kind.OBJECT);
      default -> ofServer(definition);
    }
  }

  private void relations(Definition definition) {
    Set<QualifiedName> touched = new LinkedHashSet<>();
    for (var name : definition.names()) {
      touched.add(relation(definition, names.full(name), name));
    }
    boolean creates = definition.verb() == Verb.CREATE;
    if (!definition.temporary()) {
      boolean isNew = !definition.orReplace() && !definition.ifExists();
      definitions.defines(touched, creates && isNew);
    } else if (creates) {
      findings.leaves(new Consequence.MakesTemporary(touched));
    }
  }

  private QualifiedName relation(
      Definition definition,
      QualifiedName full,
      io.gatehouse.appliance.sql.tree.QualifiedName name) {
    boolean known = names.catalog().relation(full.schema(), full.name()) != null;
    boolean mayBeMissing = definition.ifExists() && !known;
    if (definition.verb() != Verb.CREATE && !definition.temporary() && !mayBeMissing) {
      return definitions.existing(names.relation(name));
    }
    Resource.Kind kind =
        definition.kind().equals("sequence") ? Resource.Kind.SEQUENCE : Resource.Kind.TABLE;
    findings.touches(Operation.DEFINE, kind, full.schema(), full.name());
    return full;
  }

  private void databases(Definition definition) {
    for (var name : definition.names()) {
      findings.touches(Operation.DEFINE, Resource.Kind.SCHEMA, names.stored(name.last().text()));
    }
    if (definition.names().isEmpty()) {
      findings.touches(Operation.DEFINE, Resource.Kind.DATABASE);
    }
    if (definition.verb() != Verb.CREATE) {
      // The current one may be it.
      findings.leaves(Consequence.MOVES_NAMES);
    }
    definitions.defines(Set.of(), false);
  }

  private void stored(Definition definition, Resource.Kind kind) {
    for (var name : definition.names()) {
      QualifiedName full = names.full(name);
      findings.touches(Operation.DEFINE, kind, full.schema(), full.name());
    }
    definitions.defines(Set.of(), false);
  }

  private void ofServer(Definition definition) {
    switch (definition.kind()) {
      case "server" -> findings.trait(Trait.NETWORK);
      case "tablespace", "undo tablespace", "logfile group" -> findings.trait(Trait.FILES);
      default -> {}
    }
    findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
    for (var name : definition.names()) {
      findings.touches(Operation.DEFINE, Resource.Kind.OBJECT, name.last().text());
    }
    findings.leaves(Consequence.ENDS_TRANSACTION);
  }
}
