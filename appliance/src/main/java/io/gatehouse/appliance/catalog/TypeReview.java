package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.Sections.Row;
import io.gatehouse.appliance.catalog.builtin.Builtins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The types of a database and what using them runs. One thread, as {@link CodeReview}. */
final class TypeReview {
  private final CodeReview code;
  private final Map<Long, Entry> types = new TreeMap<>();
  private final Map<Long, List<Long>> rowTypes = new HashMap<>();
  private final Map<Long, List<ObjectId>> checks = new HashMap<>();

  private final Map<Long, List<String>> labels = new HashMap<>();

  private record Entry(
      long oid, QualifiedName name, UserType.Kind kind, long relation, List<Long> parts) {}

  TypeReview(Sections sections, CodeReview code) {
    this.code = code;
    for (Row row : sections.of("type")) {
      types.put(row.oid(0), entry(row));
    }
    for (Row row : sections.of("relation")) {
      rowTypes.put(row.oid(0), row.oids(6).stream().filter(type -> type != 0).toList());
    }
    for (Row row : sections.of("labels")) {
      labels.put(row.oid(0), row.texts(1));
    }
    for (Row row : sections.of("constraint")) {
      checks
          .computeIfAbsent(row.oid(2), _ -> new ArrayList<>())
          .add(new ObjectId(ObjectId.CONSTRAINT, row.oid(0)));
    }
  }

  private static Entry entry(Row row) {
    UserType.Kind kind =
        switch (row.letter(3)) {
          case 'e' -> UserType.Kind.ENUM;
          case 'd' -> UserType.Kind.DOMAIN;
          case 'c' -> UserType.Kind.COMPOSITE;
          case 'r' -> UserType.Kind.RANGE;
          case 'm' -> UserType.Kind.MULTIRANGE;
          case 'p' -> UserType.Kind.PSEUDO;
          case 'b' ->
              row.letter(7) == 'A' && row.oid(4) != 0 ? UserType.Kind.ARRAY : UserType.Kind.BASE;
          default -> throw new IllegalArgumentException("a type of kind " + row.letter(3));
        };
    List<Long> parts = new ArrayList<>(List.of(row.oid(4), row.oid(5)));
    if (row.nullable(8) != null) {
      parts.add(row.oid(8));
    }
    parts.removeIf(part -> part == 0);
    return new Entry(
        row.oid(0), new QualifiedName(row.text(1), row.text(2)), kind, row.oid(6), parts);
  }

  QualifiedName name(long type) {
    @Nullable Entry entry = types.get(type);
    // A type of a schema that is left out: no name that anyone could ask for.
    return entry == null ? new QualifiedName("", "") : entry.name();
  }

  /** Whether making, checking or printing a value may run code that nobody reviewed. */
  boolean codeOnUse(long type) {
    return code(type, true, new HashSet<>());
  }

  /** As {@link #codeOnUse} for values that are there already: no check of a domain runs. */
  boolean codeOnOutput(long type) {
    return code(type, false, new HashSet<>());
  }

  private boolean code(long type, boolean input, Set<Long> seen) {
    if (ObjectId.builtin(type) || !seen.add(type)) {
      return false;
    }
    @Nullable Entry entry = types.get(type);
    if (entry == null) {
      return true;
    }
    ObjectId object = new ObjectId(ObjectId.TYPE, type);
    // Only a superuser makes a base type; any owner of an extension adds a domain to it.
    if (entry.kind() == UserType.Kind.BASE && Builtins.reviewedExtension(code.extension(object))) {
      return false;
    }
    if (input || entry.kind() != UserType.Kind.DOMAIN) {
      if (code.codeBesideSequences(object)
          || checks.getOrDefault(type, List.of()).stream().anyMatch(code::code)) {
        return true;
      }
    }
    return parts(entry).stream().anyMatch(part -> code(part, input, seen));
  }

  private List<Long> parts(Entry entry) {
    return entry.relation() == 0
        ? entry.parts()
        : rowTypes.getOrDefault(entry.relation(), List.of());
  }

  List<UserType> userTypes() {
    List<UserType> found = new ArrayList<>();
    for (Entry entry : types.values()) {
      if (!ObjectId.builtin(entry.oid())) {
        found.add(
            new UserType(
                entry.oid(),
                entry.name().schema(),
                entry.name().name(),
                entry.kind(),
                codeOnUse(entry.oid()),
                code.extension(new ObjectId(ObjectId.TYPE, entry.oid())),
                labels.getOrDefault(entry.oid(), List.of())));
      }
    }
    return found;
  }

  /** Types of pg_catalog that are not rows of its relations. */
  Set<String> builtinNames() {
    Set<String> names = new HashSet<>();
    for (Entry entry : types.values()) {
      if (ObjectId.builtin(entry.oid())
          && entry.relation() == 0
          && entry.name().schema().equals("pg_catalog")) {
        names.add(entry.name().name());
      }
    }
    return names;
  }
}
