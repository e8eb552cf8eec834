package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A relation as its rows tell of it. Grows while they are read. */
final class Entry {
  final QualifiedName name;
  final Kind kind;
  final Storage storage;
  final List<String> columns = new ArrayList<>();
  final List<QualifiedName> types = new ArrayList<>();
  final Set<String> hidden = new HashSet<>();

  /** The text of the expression that a generated column has. */
  final Map<String, String> generated = new LinkedHashMap<>();

  long number;

  /** Where its rows are. */
  enum Storage {
    ITS_OWN,
    /** Other tables', which the server does not tell. */
    OTHER_TABLES,
    /** Another server, a file, or nobody knows. */
    ELSEWHERE
  }

  Entry(QualifiedName name, Kind kind, Storage storage) {
    this.name = name;
    this.kind = kind;
    this.storage = storage;
  }

  boolean system() {
    return Server.SYSTEM.contains(name.schema());
  }

  boolean view() {
    return kind == Kind.VIEW;
  }

  /** The columns that each generated one is computed from, through other generated ones. */
  Map<String, Set<String>> computed() {
    Map<String, Set<String>> computed = new LinkedHashMap<>();
    generated.forEach(
        (column, expression) -> computed.put(column, Mentioned.in(expression, columns)));
    for (boolean grows = true; grows; ) {
      grows = false;
      for (Set<String> from : computed.values()) {
        Set<String> more = new HashSet<>();
        from.forEach(column -> more.addAll(computed.getOrDefault(column, Set.of())));
        grows |= from.addAll(more);
      }
    }
    Map<String, Set<String>> immutable = new LinkedHashMap<>();
    computed.forEach((column, from) -> immutable.put(column, Set.copyOf(from)));
    return immutable;
  }
}
