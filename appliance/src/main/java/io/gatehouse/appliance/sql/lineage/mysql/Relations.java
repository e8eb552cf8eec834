package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.analysis.Resolver.Found;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.analysis.mysql.SessionSettings;
import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.Stored;
import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.mysql.LexerSettings;
import io.gatehouse.appliance.sql.mysql.MysqlReader;
import io.gatehouse.appliance.sql.mysql.Reading;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the columns of tables and views depend on: those of a view on what it is defined over. */
final class Relations {
  private static final int MAX_TOKENS = 200_000;
  private static final int MAX_VIEWS = 30;

  private final MysqlNames names;
  private final Trace trace;

  /** How many views are around what is read here; in none, names are the session's. */
  private final int views;

  Relations(MysqlNames names, Trace trace) {
    this(names, trace, 0);
  }

  private Relations(MysqlNames names, Trace trace, int views) {
    this.names = names;
    this.trace = trace;
    this.views = views;
  }

  Range range(QualifiedName name) {
    Relation relation = relation(name);
    List<Column> columns = columns(relation);
    trace.notes().touches(Flow.of(columns.stream().map(Column::flow).toList()));
    return new Range(
        Spelling.table(name.last(), names),
        Optional.of(relation.schema()),
        columns,
        true,
        relation.anatomy().hidden());
  }

  private Relation relation(QualifiedName name) {
    if (views > 0) {
      return behindView(name);
    }
    return switch (names.relation(name)) {
      case Found.Unlisted(String schema, String own) ->
          throw UnprovedException.of("the session's own table " + schema + "." + own);
      case Found.Base(Relation relation) -> relation;
    };
  }

  /** A temporary table is never what a view reads. */
  private Relation behindView(QualifiedName name) {
    var full = names.full(name);
    Relation found = names.catalog().relation(full.schema(), full.name());
    if (found == null) {
      throw UnprovedException.of("what a view reads, \"" + full + "\"");
    }
    return found;
  }

  private List<Column> columns(Relation relation) {
    List<Column> below = view(relation) ? below(relation) : List.of();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < relation.columns().size(); i++) {
      ColumnOrigin place = Stored.column(relation, relation.columns().get(i));
      columns.add(below.isEmpty() ? stored(relation, i, place) : through(below.get(i), place));
    }
    return columns;
  }

  private static Column stored(Relation relation, int index, ColumnOrigin place) {
    Flow flow = Stored.flow(relation, place);
    // What is generated may be computed when it is read.
    boolean total = flow instanceof Flow.Identity;
    return new Column(place.column(), true, flow, type(relation, index), total, place);
  }

  private static Column through(Column below, ColumnOrigin place) {
    return new Column(place.column(), true, below.flow(), below.type(), below.total(), place);
  }

  private static Type type(Relation relation, int index) {
    return index < relation.columnTypes().size()
        ? Type.ofColumn(relation.columnTypes().get(index).name())
        : Type.UNKNOWN;
  }

  /** The server's own views are leaves: what they give is known by name. */
  private static boolean view(Relation relation) {
    return !relation.system() && relation.kind() == Relation.Kind.VIEW;
  }

  private List<Column> below(Relation view) {
    String definition = view.anatomy().definition();
    // A server that was told not to take backslashes for escapes writes such texts in another way.
    if (views < MAX_VIEWS
        && definition.indexOf('\\') < 0
        && MysqlReader.read(definition, reading(), false) instanceof Reading.Read(var statements)
        && statements.size() == 1
        && statements.getFirst().statement() instanceof Statement.QueryStatement(Query query)) {
      Relations inner = new Relations(names, trace, views + 1);
      List<Column> columns = new Queries(trace, new Lookup(names, trace), inner).query(query, null);
      if (columns.size() == view.columns().size()) {
        return columns;
      }
    }
    throw UnprovedException.of("the view \"" + view.qualifiedName() + "\"");
  }

  /** The server writes definitions as if no mode was set. */
  private LexerSettings reading() {
    SessionSettings settings = names.settings();
    return new LexerSettings(settings.flavour(), settings.version(), false, true, MAX_TOKENS);
  }
}
