package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.Relation.Kind;
import io.gatehouse.appliance.catalog.Sections.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Relations by number, and which relations and columns their definitions name. */
final class Definitions {
  /** pg_rewrite's ev_type of the rule that makes a view. */
  private static final char ON_SELECT = '1';

  private static final Comparator<ColumnOrigin> ORDER =
      Comparator.comparing(ColumnOrigin::schema)
          .thenComparing(ColumnOrigin::table)
          .thenComparing(ColumnOrigin::column);

  /** In the order of their numbers. */
  final Map<Long, Entry> relations = new TreeMap<>();

  /** A view or materialized view to its rule. */
  final Map<Long, ObjectId> rules = new HashMap<>();

  /** What a view, a materialized view or a policy's table names. */
  final Edges reads = new Edges();

  final Edges children = new Edges();
  final Edges parents = new Edges();

  private final Map<Long, Set<ColumnNumber>> columns = new HashMap<>();
  private final Map<Long, String> texts = new HashMap<>();
  private final Map<Long, Map<String, Set<String>>> computed = new HashMap<>();
  private final Set<Long> wholeRows = new HashSet<>();

  private record ColumnNumber(long relation, int number) {}

  /**
   * @param columns by number less one; null where a column was dropped
   */
  record Entry(
      long oid,
      QualifiedName name,
      Kind kind,
      long accessMethod,
      List<@Nullable String> columns,
      List<Long> types) {

    boolean view() {
      return kind == Kind.VIEW || kind == Kind.MATERIALIZED_VIEW;
    }

    List<String> presentColumns() {
      List<String> present = new ArrayList<>();
      for (String column : columns) {
        if (column != null) {
          present.add(column);
        }
      }
      return present;
    }
  }

  Definitions(Sections sections) {
    for (Row row : sections.of("relation")) {
      relations.put(row.oid(0), entry(row));
    }
    for (Row row : sections.of("inherits")) {
      if (isTable(row.oid(0)) && isTable(row.oid(1))) {
        parents.add(row.oid(0), row.oid(1));
        children.add(row.oid(1), row.oid(0));
      }
    }
    views(sections);
    sections.of("view").forEach(row -> texts.put(row.oid(0), row.text(1)));
    sections.of("computed").forEach(this::computed);
  }

  private void computed(Row row) {
    List<@Nullable String> names = relation(row.oid(0)).columns();
    @Nullable String column = names.get(row.number(1) - 1);
    @Nullable String from = names.get(row.number(2) - 1);
    if (column != null && from != null) {
      computed
          .computeIfAbsent(row.oid(0), _ -> new HashMap<>())
          .computeIfAbsent(column, _ -> new HashSet<>())
          .add(from);
    }
  }

  Relation.Anatomy anatomy(long oid, Conditions conditions) {
    List<@Nullable String> names = relation(oid).columns();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i) != null) {
        numbers.add(i + 1);
      }
    }
    return new Relation.Anatomy(
        numbers, texts.getOrDefault(oid, ""), computed.getOrDefault(oid, Map.of()), conditions);
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.oid(0),
        new QualifiedName(row.text(1), row.text(2)),
        kind(row.letter(3)),
        row.oid(4),
        row.list(5),
        row.oids(6));
  }

  private static Kind kind(char letter) {
    return switch (letter) {
      case 'r' -> Kind.TABLE;
      case 'p' -> Kind.PARTITIONED;
      case 'v' -> Kind.VIEW;
      case 'm' -> Kind.MATERIALIZED_VIEW;
      case 'f' -> Kind.FOREIGN;
      case 'S' -> Kind.SEQUENCE;
      case 'i', 'I' -> Kind.INDEX;
      case 'c' -> Kind.COMPOSITE;
      default -> throw new IllegalArgumentException("a relation of kind " + letter);
    };
  }

  private boolean isTable(long oid) {
    @Nullable Entry entry = relations.get(oid);
    return entry != null && entry.kind() != Kind.INDEX;
  }

  private void views(Sections sections) {
    Map<ObjectId, Long> owners = new HashMap<>();
    for (Row row : sections.of("rule")) {
      if (row.letter(2) == ON_SELECT) {
        ObjectId rule = new ObjectId(ObjectId.RULE, row.oid(0));
        owners.put(rule, row.oid(1));
        rules.put(row.oid(1), rule);
      }
    }
    for (Row row : sections.of("policy")) {
      owners.put(new ObjectId(ObjectId.POLICY, row.oid(0)), row.oid(1));
    }
    for (Row row : sections.of("depend")) {
      @Nullable Long owner = owners.get(new ObjectId(row.oid(0), row.oid(1)));
      if (owner != null && row.oid(2) == ObjectId.RELATION) {
        names(owner, row.oid(3), row.number(4));
      }
    }
    for (Row row : sections.of("tree")) {
      @Nullable Long owner = owners.get(new ObjectId(row.oid(0), row.oid(1)));
      if (owner != null) {
        // What comes with the server is pinned: pg_depend does not have it.
        row.oids(4).forEach(relation -> names(owner, relation, 0));
        if (row.yes(2)) {
          wholeRows.add(owner);
        }
      }
    }
  }

  private void names(long owner, long relation, int column) {
    if (relation == owner || !relations.containsKey(relation)) {
      return;
    }
    reads.add(owner, relation);
    if (column > 0) {
      columns
          .computeIfAbsent(owner, _ -> new LinkedHashSet<>())
          .add(new ColumnNumber(relation, column));
    }
  }

  Entry relation(long oid) {
    @Nullable Entry entry = relations.get(oid);
    if (entry == null) {
      throw new IllegalArgumentException("no relation " + oid);
    }
    return entry;
  }

  /** Sorted: the same content is to be read as equal whatever order the server gave it in. */
  List<QualifiedName> names(Collection<Long> oids) {
    return oids.stream().map(oid -> relation(oid).name()).sorted().toList();
  }

  /** Every base column that a view's definition depends on. */
  List<ColumnOrigin> origins(long view) {
    Set<ColumnOrigin> origins = new LinkedHashSet<>();
    addOrigins(view, origins);
    for (long below : reads.reachable(view)) {
      if (followed(below)) {
        addOrigins(below, origins);
      }
    }
    return origins.stream().sorted(ORDER).toList();
  }

  /** The server's own views are leaves: what they give is known by name. */
  private boolean followed(long relation) {
    return rules.containsKey(relation);
  }

  private void addOrigins(long view, Set<ColumnOrigin> origins) {
    Set<Long> withColumns = new HashSet<>();
    for (ColumnNumber column : columns.getOrDefault(view, Set.of())) {
      withColumns.add(column.relation());
      if (!followed(column.relation())) {
        addColumn(relation(column.relation()), column.number(), origins);
      }
    }
    for (long base : reads.from(view)) {
      boolean pinned = ObjectId.builtin(base) && !withColumns.contains(base);
      if (!followed(base) && (pinned || wholeRows.contains(view))) {
        addAll(relation(base), origins);
      }
    }
  }

  private static void addColumn(Entry base, int number, Set<ColumnOrigin> origins) {
    @Nullable String column =
        number <= base.columns().size() ? base.columns().get(number - 1) : null;
    if (column == null) {
      addAll(base, origins);
    } else {
      origins.add(new ColumnOrigin(base.name().schema(), base.name().name(), column));
    }
  }

  private static void addAll(Entry base, Set<ColumnOrigin> origins) {
    for (String column : base.presentColumns()) {
      origins.add(new ColumnOrigin(base.name().schema(), base.name().name(), column));
    }
  }
}
