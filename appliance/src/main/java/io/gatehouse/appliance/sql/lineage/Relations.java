package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.analysis.Resolver;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the columns of relations depend on: those of a view on what it is defined over. */
final class Relations {
  private static final Set<String> TEXT = Set.of("text", "varchar");
  private static final Set<String> WHOLE = Set.of("int2", "int4", "int8", "numeric");

  private final Resolver resolver;
  private final Notes notes;
  private final Views views;

  Relations(Resolver resolver, Notes notes, Views views) {
    this.resolver = resolver;
    this.notes = notes;
    this.views = views;
  }

  Range range(QualifiedName name) {
    return switch (resolver.relation(name)) {
      case Resolver.Found.Unlisted(String schema, String own) ->
          throw UnprovedException.of("the session's own relation " + schema + "." + own);
      case Resolver.Found.Base(Relation relation) -> range(relation);
    };
  }

  Range range(Relation relation) {
    List<Column> columns = new ArrayList<>();
    int risks = notes.risks();
    List<Flow> below = view(relation) ? below(relation) : List.of();
    boolean total = notes.risks() == risks;
    for (int i = 0; i < relation.columns().size(); i++) {
      ColumnOrigin visible = Stored.column(relation, relation.columns().get(i));
      Flow flow = below.isEmpty() ? Stored.flow(relation, visible) : below.get(i);
      // What is generated may be computed when it is read.
      boolean plain = below.isEmpty() ? flow instanceof Flow.Identity : total;
      columns.add(new Column(visible.column(), flow, visible, plain));
    }
    Flow row = Flow.of(columns.stream().map(Column::flow).toList());
    notes.touches(row);
    return new Range(
        relation.name(),
        Optional.of(relation.qualifiedName()),
        columns,
        true,
        Optional.empty(),
        Optional.of(row));
  }

  /** Those of a relation's columns that are not computed from others. */
  List<Column> stored(QualifiedName name, List<Column> columns) {
    return resolver.relation(name) instanceof Resolver.Found.Base(Relation relation)
        ? columns.stream()
            .filter(column -> !relation.anatomy().computed().containsKey(column.name()))
            .toList()
        : columns;
  }

  /**
   * A query for columns of a relation alone, without what inherits from it. By the name that was
   * written: what it means is for the server to say.
   */
  static String query(QualifiedName name, List<Column> columns) {
    String relation =
        name.parts().stream().map(part -> quoted(part.text())).collect(Collectors.joining("."));
    return columns.stream()
        .map(column -> quoted(column.name()))
        .collect(Collectors.joining(", ", "SELECT ", " FROM ONLY " + relation));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The server's own views are leaves: what they give is known by name. */
  private static boolean view(Relation relation) {
    return !relation.system()
        && (relation.kind() == Relation.Kind.VIEW
            || relation.kind() == Relation.Kind.MATERIALIZED_VIEW);
  }

  /** What the columns of a view's query depend on; on everything, where that cannot be followed. */
  private List<Flow> below(Relation view) {
    List<Flow> flows = views.columns(view);
    if (flows.size() == view.columns().size()) {
      return flows;
    }
    Flow everything = new Flow.Derived(Set.copyOf(view.origins()));
    notes.decides(everything);
    return view.columns().stream().map(_ -> everything).toList();
  }

  private @Nullable String type(ColumnOrigin column) {
    Relation relation = resolver.catalog().relation(column.schema(), column.table());
    int index = relation == null ? -1 : relation.columns().indexOf(column.column());
    if (relation == null || index < 0) {
      return null;
    }
    var type = relation.columnTypes().get(index);
    return type.schema().equals("pg_catalog") ? type.name() : null;
  }

  /** Whether a column's values stay what they are when they are cast to this. */
  boolean sameText(ColumnOrigin column, String type) {
    String own = type(column);
    return own != null && TEXT.contains(own) && TEXT.contains(type);
  }

  /** Whether a column holds exact numbers, of which a sum does not fail. */
  boolean whole(ColumnOrigin column) {
    String own = type(column);
    return own != null && WHOLE.contains(own);
  }
}
