package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation.Kind;
import io.gatehouse.appliance.catalog.mysql.Entry.Storage;
import io.gatehouse.appliance.catalog.mysql.Picture.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All tables and views that the held user sees. Numbered by us, in the order of their names. */
final class Entries {
  /** Those whose tables hold their rows themselves. */
  private static final Set<String> ENGINES =
      Set.of(
          "innodb",
          "myisam",
          "aria",
          "memory",
          "csv",
          "archive",
          "blackhole",
          "rocksdb",
          "ndbcluster",
          "columnstore",
          "performance_schema");

  private static final String MERGE = "mrg_myisam";

  private final Server server;
  private final Map<QualifiedName, Entry> entries = new TreeMap<>();

  Entries(Picture picture, Server server) {
    this.server = server;
    picture.of("relation").forEach(this::relation);
    List<Row> columns = new ArrayList<>(picture.of("column"));
    columns.sort(Comparator.comparingInt(row -> row.number(3)));
    columns.forEach(this::column);
    long number = 0;
    for (Entry entry : entries.values()) {
      entry.number = ++number;
    }
  }

  private void relation(Row row) {
    QualifiedName name = server.relation(row.text(0), row.text(1));
    entries.put(
        name,
        switch (row.text(2)) {
          case "VIEW" -> new Entry(name, Kind.VIEW, Storage.ITS_OWN);
          case "SYSTEM VIEW" -> new Entry(name, Kind.TABLE, Storage.ITS_OWN);
          case "SEQUENCE" -> new Entry(name, Kind.SEQUENCE, Storage.ITS_OWN);
          case "BASE TABLE", "SYSTEM VERSIONED" -> table(name, storage(row.nullable(3)));
          default -> throw new IllegalArgumentException("a relation of an unknown kind");
        });
  }

  private static Entry table(QualifiedName name, Storage storage) {
    return new Entry(name, kind(storage), storage);
  }

  private static Storage storage(@Nullable String engine) {
    if (engine == null) {
      return Storage.ELSEWHERE;
    }
    if (ENGINES.contains(engine.toLowerCase(Locale.ROOT))) {
      return Storage.ITS_OWN;
    }
    return engine.equalsIgnoreCase(MERGE) ? Storage.OTHER_TABLES : Storage.ELSEWHERE;
  }

  /** One that shows the rows of others is a view that nobody can read. */
  private static Kind kind(Storage storage) {
    return switch (storage) {
      case ITS_OWN -> Kind.TABLE;
      case OTHER_TABLES -> Kind.VIEW;
      case ELSEWHERE -> Kind.FOREIGN;
    };
  }

  private void column(Row row) {
    Entry entry = find(row);
    if (entry == null) {
      return;
    }
    String column = row.text(2);
    entry.columns.add(column);
    entry.types.add(new QualifiedName("", row.text(4).toLowerCase(Locale.ROOT)));
    String extra = row.text(5).toUpperCase(Locale.ROOT);
    if (extra.contains("INVISIBLE")) {
      entry.hidden.add(column);
    }
    String expression = row.nullable(6);
    if (expression != null && !expression.isEmpty()) {
      entry.generated.put(column, expression);
    }
  }

  /** That of a row which begins with its name. */
  @Nullable Entry find(Row row) {
    return find(row.text(0), row.text(1));
  }

  @Nullable Entry find(String schema, String name) {
    return entries.get(server.relation(schema, name));
  }

  Collection<Entry> all() {
    return entries.values();
  }
}
