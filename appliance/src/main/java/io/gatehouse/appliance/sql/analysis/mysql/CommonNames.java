package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.analysis.DoubtException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that WITH gives to queries, at one place of a statement. Immutable.
 *
 * @param known those that can be read here
 * @param later those of the same WITH RECURSIVE that follow: one server reads them, another a table
 */
record CommonNames(Set<String> known, Set<String> later) {
  static final CommonNames NONE = new CommonNames(Set.of(), Set.of());

  CommonNames {
    known = Set.copyOf(known);
    later = Set.copyOf(later);
  }

  /** Whether a name without a database stands for a query of WITH. */
  boolean has(String name) {
    if (later.contains(name)) {
      throw DoubtException.of("\"" + name + "\" of WITH RECURSIVE, before it is defined");
    }
    if (known.contains(name)) {
      return true;
    }
    for (Set<String> names : List.of(known, later)) {
      if (names.stream().anyMatch(name::equalsIgnoreCase)) {
        throw DoubtException.of("\"" + name + "\" differs in case from a name of WITH");
      }
    }
    return false;
  }

  CommonNames with(String name) {
    Set<String> more = new HashSet<>(known);
    more.add(name);
    Set<String> rest = new HashSet<>(later);
    rest.remove(name);
    return new CommonNames(more, rest);
  }

  CommonNames before(Set<String> names) {
    Set<String> rest = new HashSet<>(later);
    rest.addAll(names);
    return new CommonNames(known, rest);
  }
}
