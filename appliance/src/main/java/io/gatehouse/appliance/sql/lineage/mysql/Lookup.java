package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.tree.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds columns by their names. Where a name may stand for several, it depends on all of them: the
 * server refuses most such names, and where it does not, it takes one of these.
 */
final class Lookup {
  private final MysqlNames names;
  private final Trace trace;

  Lookup(MysqlNames names, Trace trace) {
    this.names = names;
    this.trace = trace;
  }

  MysqlNames names() {
    return names;
  }

  /** What a name with dots stands for. */
  Column column(Scope from, List<Name> parts) {
    String name = parts.getLast().text();
    Predicate<Range> meant = meant(parts);
    boolean alone = parts.size() == 1;
    List<Column> maybe = new ArrayList<>();
    for (Scope scope = from; scope != null; scope = scope.outer()) {
      List<Column> here = scope.ranges().stream().filter(meant).flatMap(Lookup::columns).toList();
      List<Column> exact = here.stream().filter(one -> Spelling.same(one.name(), name)).toList();
      if (alone) {
        scope.labels().stream()
            .filter(one -> Spelling.same(one.name(), name) || Spelling.maybe(one.name(), name))
            .forEach(maybe::add);
      }
      if (!exact.isEmpty() && !scope.further()) {
        return mentioned(found(exact, maybe));
      }
      maybe.addAll(exact);
      here.stream().filter(one -> Spelling.maybe(one.name(), name)).forEach(maybe::add);
    }
    if (maybe.isEmpty()) {
      throw UnprovedException.of("the name \"" + text(parts) + "\"");
    }
    return mentioned(found(List.of(), maybe));
  }

  private static Stream<Column> columns(Range range) {
    return range.columns().stream();
  }

  private static Column found(List<Column> exact, List<Column> maybe) {
    List<Column> all = new ArrayList<>(exact);
    all.addAll(maybe);
    Column one = all.removeFirst();
    for (Column other : all) {
      one = one.or(other);
    }
    // What it is called is certain only if it was found by that name.
    return exact.isEmpty() && !maybe.isEmpty() ? one.named("").holding(one.flow().derived()) : one;
  }

  Column mentioned(Column column) {
    trace.mentions(column.flow());
    return column;
  }

  /** What a column may depend on that is named in this scope and in none around it. */
  Column written(Scope scope, List<Name> parts) {
    String name = parts.getLast().text();
    List<Column> found =
        scope.ranges().stream()
            .filter(meant(parts))
            .flatMap(Lookup::columns)
            .filter(one -> Spelling.same(one.name(), name))
            .toList();
    if (found.size() != 1) {
      throw UnprovedException.of("the column \"" + text(parts) + "\" that is written");
    }
    return found.getFirst();
  }

  /** The ranges that a qualifier stands for, of the innermost query that has any. */
  List<Range> ranges(Scope from, List<Name> qualifier) {
    List<Name> parts = new ArrayList<>(qualifier);
    parts.add(Name.of("*"));
    Predicate<Range> meant = meant(parts);
    List<Range> found = from.ranges().stream().filter(meant).toList();
    if (found.isEmpty()) {
      throw UnprovedException.of("the star of \"" + text(qualifier) + "\"");
    }
    return found;
  }

  private Predicate<Range> meant(List<Name> parts) {
    if (parts.size() == 1) {
      return Range::open;
    }
    String alias = Spelling.table(parts.get(parts.size() - 2), names);
    Optional<String> database =
        parts.size() > 2 ? Optional.of(database(parts.get(parts.size() - 3))) : Optional.empty();
    return range ->
        range.alias().equals(alias)
            && !alias.isEmpty()
            && (database.isEmpty()
                || range.database().isEmpty()
                || range.database().equals(database));
  }

  private String database(Name name) {
    return name.text().equalsIgnoreCase(MysqlNames.METADATA)
        ? MysqlNames.METADATA
        : Spelling.table(name, names);
  }

  /** All of a row. */
  static Flow row(List<Range> ranges) {
    return Flow.of(ranges.stream().flatMap(Lookup::columns).map(Column::flow).toList());
  }

  private static String text(List<Name> parts) {
    return String.join(".", parts.stream().map(Name::text).toList());
  }
}
