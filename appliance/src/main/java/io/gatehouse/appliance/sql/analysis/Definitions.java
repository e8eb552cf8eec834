package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements that create, change or drop objects. Their heads are read, their bodies are not. */
final class Definitions {
  private static final Set<String> RELATIONS =
      Set.of("table", "view", "materialized view", "foreign table", "sequence", "index");
  private static final Set<String> ACCOUNTS =
      Set.of("role", "user", "group", "user mapping", "owned");
  private static final Set<String> REACHES_OUT =
      Set.of("server", "foreign data wrapper", "foreign table", "subscription", "user mapping");

  private final Findings findings;
  private final Resolver resolver;

  Definitions(Findings findings, Resolver resolver) {
    this.findings = findings;
    this.resolver = resolver;
  }

  void definition(Statement.Definition definition) {
    String kind = definition.kind();
    if (!definition.bodyRead()) {
      findings.outlineOnly();
    }
    // Defaults, expressions of indexes, event triggers and scripts of extensions run at once.
    if (!quiet(definition)) {
      findings.leaves(Consequence.RUNS_CODE);
    }
    if (resolver.catalog().codeOnDefine()) {
      findings.userCode();
    }
    if (REACHES_OUT.contains(kind)) {
      findings.trait(Trait.NETWORK);
    }
    if (kind.equals("system")) {
      findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
      return;
    }
    if (ACCOUNTS.contains(kind)) {
      account(definition);
      return;
    }
    Set<io.gatehouse.appliance.catalog.QualifiedName> touched = new LinkedHashSet<>();
    definition.names().forEach(name -> touched.addAll(object(definition, name)));
    definition.on().ifPresent(table -> touched.addAll(existing(table)));
    if (definition.names().isEmpty()) {
      findings.touches(Operation.DEFINE, Resource.Kind.DATABASE);
    }
    boolean known = RELATIONS.contains(kind) || definition.on().isPresent();
    boolean made =
        definition.verb() == Statement.Verb.CREATE
            && !definition.orReplace()
            && !definition.ifExists()
            && RELATIONS.contains(kind)
            && definition.on().isEmpty();
    findings.leaves(new Consequence.Defines(known ? touched : Set.of(), known && made));
  }

  /** It was read to its end and can run nothing. */
  private boolean quiet(Statement.Definition definition) {
    return definition.bodyRead()
        && switch (definition.verb()) {
          // Checks and expressions are what SET NOT NULL asks.
          case ALTER -> definition.names().stream().allMatch(this::withoutCode);
          // Nothing goes with it that is not its own: temporary views would, by CASCADE.
          case DROP -> RELATIONS.contains(definition.kind()) && !resolver.catalog().codeOnDefine();
          case CREATE, COMMENT, SECURITY_LABEL, IMPORT, REASSIGN, DROP_OWNED -> false;
        };
  }

  private boolean withoutCode(QualifiedName name) {
    return resolver.relation(name) instanceof Resolver.Found.Base(Relation relation)
        && !relation.codeOnWrite()
        && !resolver.catalog().codeOnDefine();
  }

  private void account(Statement.Definition definition) {
    findings.trait(Trait.PRIVILEGES);
    findings.touches(Operation.GRANT, Resource.Kind.ROLE);
    definition
        .names()
        .forEach(name -> findings.touches(Operation.GRANT, Resource.Kind.ROLE, name.last().text()));
    findings.leaves(new Consequence.Defines(Set.of(), false));
  }

  private Set<io.gatehouse.appliance.catalog.QualifiedName> object(
      Statement.Definition definition, QualifiedName name) {
    if (!RELATIONS.contains(definition.kind())) {
      findings.touches(
          Operation.DEFINE, new Resource(resourceKind(definition.kind()), texts(name)));
      return Set.of();
    }
    Resource.Kind kind =
        definition.kind().equals("sequence") ? Resource.Kind.SEQUENCE : Resource.Kind.TABLE;
    if (definition.verb() == Statement.Verb.CREATE) {
      return created(name, definition.temporary(), kind);
    }
    if (definition.ifExists() && missing(name)) {
      findings.touches(Operation.DEFINE, new Resource(kind, texts(name)));
      return resolver.candidates(name);
    }
    return existing(name);
  }

  private boolean missing(QualifiedName name) {
    try {
      resolver.relation(name);
      return false;
    } catch (DoubtException e) {
      if (e.awaitsNames()) {
        throw e;
      }
      return true;
    }
  }

  private static List<String> texts(QualifiedName name) {
    return name.parts().stream().map(part -> part.text()).toList();
  }

  private static Resource.Kind resourceKind(String kind) {
    return switch (kind) {
      case "schema" -> Resource.Kind.SCHEMA;
      case "database" -> Resource.Kind.DATABASE;
      case "function", "procedure", "routine", "aggregate" -> Resource.Kind.FUNCTION;
      case "type", "domain" -> Resource.Kind.TYPE;
      case "column" -> Resource.Kind.COLUMN;
      default -> Resource.Kind.OBJECT;
    };
  }

  /**
   * A relation comes to be.
   *
   * @param isNew whether it cannot have been there before
   */
  void creates(QualifiedName name, boolean temporary, boolean isNew) {
    findings.leaves(new Consequence.Defines(created(name, temporary, Resource.Kind.TABLE), isNew));
    if (resolver.catalog().codeOnDefine()) {
      findings.userCode();
    }
  }

  private Set<io.gatehouse.appliance.catalog.QualifiedName> created(
      QualifiedName name, boolean temporary, Resource.Kind kind) {
    String last = name.last().text();
    Optional<String> schema = resolver.schemaOf(name);
    String place = temporary ? Resolver.TEMPORARY : schema.orElseGet(resolver::creationSchema);
    if (Resolver.isTemporary(place)) {
      findings.touches(Operation.DEFINE, kind, Resolver.TEMPORARY, last);
      findings.leaves(Consequence.MOVES_OBJECTS);
      return Set.of(new io.gatehouse.appliance.catalog.QualifiedName(Resolver.TEMPORARY, last));
    }
    findings.touches(Operation.DEFINE, kind, place, last);
    return Set.of(new io.gatehouse.appliance.catalog.QualifiedName(place, last));
  }

  private Set<io.gatehouse.appliance.catalog.QualifiedName> existing(QualifiedName name) {
    return switch (resolver.relation(name)) {
      case Resolver.Found.Unlisted(String schema, String last) -> {
        findings.touches(Operation.DEFINE, Resource.Kind.TABLE, schema, last);
        findings.leaves(Consequence.MOVES_OBJECTS);
        yield Set.of(new io.gatehouse.appliance.catalog.QualifiedName(schema, last));
      }
      case Resolver.Found.Base(Relation relation) -> {
        findings.touches(
            relation.system() ? Operation.ADMINISTER : Operation.DEFINE,
            relation.kind() == Relation.Kind.SEQUENCE
                ? Resource.Kind.SEQUENCE
                : Resource.Kind.TABLE,
            relation.schema(),
            relation.name());
        yield Set.of(relation.qualifiedName());
      }
    };
  }

  /** Rights on something change. */
  void granted(String kind, QualifiedName name) {
    boolean relation = kind.equals("table") || kind.equals("sequence");
    Resource.Kind resource = relation ? Resource.Kind.TABLE : resourceKind(kind);
    if (relation && resolver.relation(name) instanceof Resolver.Found.Base(Relation base)) {
      findings.touches(Operation.GRANT, resource, base.schema(), base.name());
    } else {
      findings.touches(Operation.GRANT, new Resource(resource, texts(name)));
    }
  }
}
