package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.CatalogContent;
import io.gatehouse.appliance.catalog.Edges;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.Routine;
import io.gatehouse.appliance.catalog.mysql.Entry.Storage;
import io.gatehouse.appliance.catalog.mysql.Picture.Row;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Puts a {@link CatalogContent} together from the rows of one reading. */
final class MysqlAssembly {
  private static final Comparator<Routine> ORDER =
      Comparator.comparing(Routine::schema)
          .thenComparing(Routine::name)
          .thenComparing(Routine::toString);

  private final Picture picture;
  private final Server server;
  private final Entries entries;
  private final ViewReview views;
  private final KeyReview keys;
  private final BodyReview bodies;

  MysqlAssembly(Picture picture, Server server) {
    this.picture = picture;
    this.server = server;
    this.entries = new Entries(picture, server);
    this.views = new ViewReview(picture, entries, server);
    this.keys = new KeyReview(picture, entries);
    this.bodies = new BodyReview(picture, server, new Rights(picture, server));
  }

  CatalogContent content() {
    return new CatalogContent(
        "",
        server.major(),
        server.user(),
        List.of(),
        schemas(),
        relations(),
        routines(),
        Set.of(),
        List.of(),
        Set.of(),
        false,
        false,
        Set.of(),
        bodies.changesSession(entries));
  }

  private Set<String> schemas() {
    Set<String> schemas = new HashSet<>();
    picture.of("schema").forEach(row -> schemas.add(server.schema(row.text(0))));
    return schemas;
  }

  private List<Routine> routines() {
    List<Routine> routines = new ArrayList<>();
    for (Row row : picture.of("routine")) {
      switch (row.text(2)) {
        case "FUNCTION" -> routines.add(routine(row, Routine.Kind.FUNCTION));
        case "PROCEDURE" -> routines.add(routine(row, Routine.Kind.PROCEDURE));
        // What is in a package is called by three names, which are not looked for.
        default -> {}
      }
    }
    picture.of("loadable").forEach(row -> routines.add(loadable(row)));
    routines.sort(ORDER);
    return routines;
  }

  private static Routine loadable(Row row) {
    return new Routine(
        "",
        MysqlNames.folded(row.text(0)),
        row.text(1).equalsIgnoreCase("aggregate") ? Routine.Kind.AGGREGATE : Routine.Kind.FUNCTION,
        Routine.Volatility.VOLATILE,
        "native",
        false,
        "");
  }

  private Routine routine(Row row, Routine.Kind kind) {
    return new Routine(
        server.schema(row.text(0)),
        MysqlNames.folded(row.text(1)),
        kind,
        Routine.Volatility.VOLATILE,
        row.text(6),
        row.text(4).equals("DEFINER"),
        "");
  }

  private List<Relation> relations() {
    Set<Long> codeOnRead = new HashSet<>(views.callers());
    Set<Long> codeOnWrite = new HashSet<>();
    for (Entry entry : entries.all()) {
      if (entry.storage == Storage.ELSEWHERE || views.doubtful(entry)) {
        codeOnRead.add(entry.number);
      }
    }
    codeOnRead = views.reads().leadingTo(codeOnRead);
    for (Entry entry : entries.all()) {
      if (codeOnRead.contains(entry.number) || (!entry.view() && bodies.triggers(entry))) {
        codeOnWrite.add(entry.number);
      }
    }
    Edges writes = new Edges();
    writes.addAll(views.reads());
    writes.addAll(keys.cascades());
    codeOnWrite = writes.leadingTo(codeOnWrite);
    List<Relation> relations = new ArrayList<>();
    for (Entry entry : entries.all()) {
      relations.add(
          relation(entry, codeOnRead.contains(entry.number), codeOnWrite.contains(entry.number)));
    }
    return relations;
  }

  private Relation relation(Entry entry, boolean codeOnRead, boolean codeOnWrite) {
    return new Relation(
        entry.number,
        entry.name.schema(),
        entry.name.name(),
        entry.kind,
        entry.columns,
        entry.types,
        !entry.system() && codeOnRead,
        !entry.system() && codeOnWrite,
        entry.system(),
        views.origins(entry),
        views.names(entry),
        List.of(),
        List.of(),
        cascades(entry),
        views.effects(entry),
        new Relation.Anatomy(
            IntStream.rangeClosed(1, entry.columns.size()).boxed().toList(),
            views.definition(entry),
            entry.computed(),
            keys.of(entry),
            entry.hidden));
  }

  private List<QualifiedName> cascades(Entry entry) {
    Set<Long> changed = keys.cascades().reachable(entry.number);
    return changed.isEmpty()
        ? List.of()
        : entries.all().stream()
            .filter(other -> changed.contains(other.number))
            .map(other -> other.name)
            .toList();
  }
}
