package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.Definitions.Entry;
import io.gatehouse.appliance.catalog.Relation.Kind;
import io.gatehouse.appliance.catalog.Sections.Row;
import io.gatehouse.appliance.catalog.builtin.Effect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What reading and writing each relation runs. One thread, as {@link CodeReview}. */
final class RelationReview {
  /** Foreign keys whose action changes the referencing table: cascade, set null, set default. */
  private static final String CHANGING_ACTIONS = "cnd";

  private final CodeReview code;
  private final TypeReview types;
  private final Definitions definitions;
  private final ConditionReview conditions;
  private final Map<Long, List<ObjectId>> policies = new HashMap<>();
  private final Edges cascades = new Edges();
  private final Edges readEdges = new Edges();
  private final Set<Long> readSeeds = new HashSet<>();
  private final Set<Long> writeSeeds = new HashSet<>();

  RelationReview(Sections sections, CodeReview code, TypeReview types) {
    this.code = code;
    this.types = types;
    this.definitions = new Definitions(sections);
    this.conditions = new ConditionReview(sections, definitions);
    policies(sections);
    constraints(sections);
    defaults(sections);
    triggersAndRules(sections);
    indexes(sections);
    foreignTables(sections);
    definitions.relations.values().stream().filter(this::user).forEach(this::own);
    readEdges.addAll(definitions.children);
    definitions.relations.values().stream()
        .filter(entry -> entry.kind() != Kind.MATERIALIZED_VIEW)
        .forEach(entry -> definitions.reads.from(entry.oid()).forEach(to -> reads(entry, to)));
  }

  private void reads(Entry entry, long to) {
    readEdges.add(entry.oid(), to);
  }

  private boolean user(Entry entry) {
    return !ObjectId.builtin(entry.oid());
  }

  private boolean runsCode(ObjectId object) {
    return code.code(object) || usesCodeType(object);
  }

  private boolean usesCodeType(ObjectId object) {
    return code.uses(object).stream()
        .anyMatch(used -> used.catalog() == ObjectId.TYPE && types.codeOnUse(used.oid()));
  }

  private void policies(Sections sections) {
    for (Row row : sections.of("policy")) {
      ObjectId policy = new ObjectId(ObjectId.POLICY, row.oid(0));
      policies.computeIfAbsent(row.oid(1), _ -> new ArrayList<>()).add(policy);
      if (runsCode(policy)) {
        readSeeds.add(row.oid(1));
        writeSeeds.add(row.oid(1));
      }
    }
  }

  private void constraints(Sections sections) {
    for (Row row : sections.of("constraint")) {
      if (runsCode(new ObjectId(ObjectId.CONSTRAINT, row.oid(0)))) {
        planned(row.oid(1));
      }
      boolean changing =
          CHANGING_ACTIONS.indexOf(row.letter(5)) >= 0
              || CHANGING_ACTIONS.indexOf(row.letter(6)) >= 0;
      if (row.letter(3) == 'f' && changing && definitions.relations.containsKey(row.oid(1))) {
        cascades.add(row.oid(4), row.oid(1));
      }
    }
  }

  private void defaults(Sections sections) {
    for (Row row : sections.of("default")) {
      ObjectId object = new ObjectId(ObjectId.DEFAULT, row.oid(0));
      if (code.codeBesideSequences(object) || usesCodeType(object)) {
        writeSeeds.add(row.oid(1));
        if (row.letter(2) == 'v') {
          readSeeds.add(row.oid(1));
        }
      }
    }
  }

  private void triggersAndRules(Sections sections) {
    for (Row row : sections.of("trigger")) {
      boolean function = !ObjectId.builtin(row.oid(2)) && code.routineCode(row.oid(2));
      if (function || runsCode(new ObjectId(ObjectId.TRIGGER, row.oid(0)))) {
        writeSeeds.add(row.oid(1));
      }
    }
    for (Row row : sections.of("rule")) {
      ObjectId rule = new ObjectId(ObjectId.RULE, row.oid(0));
      if (!rule.equals(definitions.rules.get(row.oid(1)))) {
        // It does something else than what was asked for.
        writeSeeds.add(row.oid(1));
      }
    }
  }

  private void indexes(Sections sections) {
    for (Row row : sections.of("index")) {
      @Nullable Entry index = definitions.relations.get(row.oid(0));
      if (index == null
          || runsCode(new ObjectId(ObjectId.RELATION, row.oid(0)))
          || unreviewedAccess(index)) {
        planned(row.oid(1));
      }
    }
    for (Row row : sections.of("statistics")) {
      if (runsCode(new ObjectId(ObjectId.STATISTICS, row.oid(0)))) {
        planned(row.oid(1));
      }
    }
  }

  /**
   * Expressions of indexes, checks and extended statistics: the planner simplifies them for whoever
   * reads the table, and runs a function of theirs whose arguments are constants.
   */
  private void planned(long relation) {
    readSeeds.add(relation);
    writeSeeds.add(relation);
  }

  private void foreignTables(Sections sections) {
    for (Row row : sections.of("foreign")) {
      if (code.unreviewed(new ObjectId(ObjectId.WRAPPER, row.oid(1)))) {
        readSeeds.add(row.oid(0));
        writeSeeds.add(row.oid(0));
      }
    }
  }

  private boolean unreviewedAccess(Entry entry) {
    return entry.accessMethod() != 0
        && code.unreviewed(new ObjectId(ObjectId.ACCESS_METHOD, entry.accessMethod()));
  }

  /** What is said by the relation itself: its columns, its partition key, its defining rule. */
  private void own(Entry entry) {
    boolean shape =
        entry.kind() != Kind.INDEX
            && (runsCode(new ObjectId(ObjectId.RELATION, entry.oid())) || unreviewedAccess(entry));
    @Nullable ObjectId rule = definitions.rules.get(entry.oid());
    boolean definition = rule != null && runsCode(rule);
    if (shape
        || entry.types().stream().anyMatch(types::codeOnOutput)
        || (definition && entry.kind() == Kind.VIEW)) {
      readSeeds.add(entry.oid());
    }
    if (shape || definition || entry.types().stream().anyMatch(types::codeOnUse)) {
      writeSeeds.add(entry.oid());
    }
    if (shape) {
      // A row that goes to a partition is checked against the key of what it is a partition of.
      writeSeeds.addAll(definitions.children.reachable(entry.oid()));
    }
  }

  List<Relation> relations() {
    Set<Long> codeOnRead = readEdges.leadingTo(readSeeds);
    Edges writeEdges = new Edges();
    writeEdges.addAll(definitions.children);
    writeEdges.addAll(cascades);
    List<Relation> relations = new ArrayList<>();
    for (Entry entry : definitions.relations.values()) {
      if (entry.view()) {
        definitions.reads.from(entry.oid()).forEach(to -> writeEdges.add(entry.oid(), to));
        if (codeOnRead.contains(entry.oid())
            || definitions.reads.from(entry.oid()).stream().anyMatch(codeOnRead::contains)) {
          writeSeeds.add(entry.oid());
        }
      }
    }
    Set<Long> codeOnWrite = writeEdges.leadingTo(writeSeeds);
    for (Entry entry : definitions.relations.values()) {
      relations.add(
          relation(entry, codeOnRead.contains(entry.oid()), codeOnWrite.contains(entry.oid())));
    }
    return relations;
  }

  private Relation relation(Entry entry, boolean codeOnRead, boolean codeOnWrite) {
    long oid = entry.oid();
    boolean defined = definitions.rules.containsKey(oid);
    return new Relation(
        oid,
        entry.name().schema(),
        entry.name().name(),
        entry.kind(),
        entry.presentColumns(),
        columnTypes(entry),
        user(entry) && codeOnRead,
        user(entry) && codeOnWrite,
        !user(entry),
        defined ? definitions.origins(oid) : List.of(),
        defined ? definitions.names(definitions.reads.reachable(oid)) : List.of(),
        definitions.names(definitions.parents.reachable(oid)),
        definitions.names(definitions.children.reachable(oid)),
        definitions.names(cascades.reachable(oid)),
        effects(oid),
        definitions.anatomy(oid, conditions.of(oid)));
  }

  private List<QualifiedName> columnTypes(Entry entry) {
    List<QualifiedName> names = new ArrayList<>();
    for (int i = 0; i < entry.columns().size(); i++) {
      if (entry.columns().get(i) != null) {
        names.add(types.name(entry.types().get(i)));
      }
    }
    return names;
  }

  private Set<Effect> effects(long relation) {
    Set<Effect> effects = EnumSet.noneOf(Effect.class);
    addEffects(relation, effects);
    readEdges.reachable(relation).forEach(below -> addEffects(below, effects));
    return effects;
  }

  private void addEffects(long relation, Set<Effect> effects) {
    @Nullable ObjectId rule = definitions.rules.get(relation);
    if (rule != null && definitions.relation(relation).kind() == Kind.VIEW) {
      effects.addAll(code.effectsIn(rule));
    }
    policies.getOrDefault(relation, List.of()).forEach(p -> effects.addAll(code.effectsIn(p)));
  }
}
