package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.sql.tree.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where names are looked up: what one query reads from, then what the queries around it read from.
 *
 * @param outer the query around
 * @param ranges what this one reads from, in order
 */
record Scope(@Nullable Scope outer, List<Range> ranges) {
  static final Scope NONE = new Scope(null, List.of());

  Scope {
    ranges = List.copyOf(ranges);
  }

  /** What else can be named for a part of the query. */
  Scope with(List<Range> more) {
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(more);
    return new Scope(outer, all);
  }

  /** What a name with dots stands for. */
  Column column(List<Name> parts) {
    Column found = parts.size() == 1 ? unqualified(parts.getFirst().text()) : qualified(parts);
    if (found == null) {
      throw UnprovedException.of(
          "the name \"" + String.join(".", parts.stream().map(Name::text).toList()) + "\"");
    }
    return found;
  }

  /** Whether a name without a qualifier is a column, of here or of further out. */
  boolean isColumn(String name) {
    return openColumn(name) != null;
  }

  private @Nullable Column unqualified(String name) {
    Column column = openColumn(name);
    if (column != null) {
      return column;
    }
    return range(Optional.empty(), name)
        .map(range -> Column.derived(name, range.wholeRow()))
        .orElse(null);
  }

  private @Nullable Column openColumn(String name) {
    for (Range range : ranges) {
      Column column = range.open() ? range.column(name) : null;
      if (column != null) {
        return column;
      }
    }
    for (Range range : ranges) {
      Column hidden = range.open() ? range.hidden(name) : null;
      if (hidden != null) {
        return hidden;
      }
    }
    Column further = outer == null ? null : outer.openColumn(name);
    List<Flow> unnamed =
        ranges.stream().filter(Range::open).flatMap(range -> range.rest().stream()).toList();
    if (unnamed.isEmpty()) {
      return further;
    }
    // It may be one of the columns that nobody named, or one of further out.
    List<Flow> either = new ArrayList<>(unnamed);
    if (further != null) {
      either.add(further.flow());
    }
    return Column.derived(name, Flow.of(either));
  }

  private @Nullable Column qualified(List<Name> parts) {
    String name = parts.getLast().text();
    Optional<Range> found = range(parts.subList(0, parts.size() - 1));
    if (found.isEmpty()) {
      // A field of a column of a row type has to be written in parentheses.
      return null;
    }
    Range range = found.get();
    Column column = range.column(name);
    if (column == null) {
      column = range.hidden(name);
    }
    // Else it is a function that is called with the row.
    return column == null ? Column.derived(name, range.wholeRow()) : column;
  }

  /** What a qualifier stands for. */
  Optional<Range> range(List<Name> qualifier) {
    Optional<String> schema =
        qualifier.size() > 1
            ? Optional.of(qualifier.get(qualifier.size() - 2).text())
            : Optional.empty();
    return range(schema, qualifier.getLast().text());
  }

  private Optional<Range> range(Optional<String> schema, String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      for (Range range : scope.ranges) {
        boolean meant =
            schema.isEmpty()
                ? range.alias().equals(name) && !name.isEmpty()
                : range
                    .relation()
                    .filter(new QualifiedName(schema.get(), name)::equals)
                    .isPresent();
        if (meant) {
          return Optional.of(range);
        }
      }
    }
    return Optional.empty();
  }
}
