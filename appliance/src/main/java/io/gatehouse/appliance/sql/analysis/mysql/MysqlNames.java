package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.Routine;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Resolver.Found;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a name stands for, as the server would in this session: a temporary table of that
 * database first, whether the database is written or not, then the database's own.
 */
public final class MysqlNames {
  /** The metadata that every user sees, and whose names ignore case on every server. */
  public static final String METADATA = "information_schema";

  /** Where the catalog has functions of libraries, which belong to no database. */
  public static final String LIBRARY = "";

  private final Catalog catalog;
  private final NameState.Known session;
  private final SessionSettings settings;

  public MysqlNames(Catalog catalog, NameState.Known session) {
    this.catalog = catalog;
    this.session = session;
    this.settings = SessionSettings.of(session.settings());
  }

  public Catalog catalog() {
    return catalog;
  }

  public SessionSettings settings() {
    return settings;
  }

  /** The database that names without one are looked for in. */
  public Optional<String> database() {
    return session.path().stream().findFirst();
  }

  /** The table or view that a statement reads or changes. */
  public Found relation(QualifiedName name) {
    io.gatehouse.appliance.catalog.QualifiedName full = full(name);
    boolean maybeTemporary =
        settings.hiddenTables() || session.temporary().contains(full.toString());
    Relation relation = catalog.relation(full.schema(), full.name());
    if (maybeTemporary && relation != null) {
      throw DoubtException.of(
          "\""
              + full
              + "\" may be a temporary table of this session or the table of that name; use another"
              + " name, or a new session");
    }
    if (maybeTemporary) {
      return new Found.Unlisted(full.schema(), full.name());
    }
    if (session.made().contains(full)) {
      return new Found.Unlisted(full.schema(), full.name());
    }
    if (relation == null) {
      throw DoubtException.of("table \"" + full + "\" is not in the gate's catalog");
    }
    return new Found.Base(relation);
  }

  /** A name with its database, both as the catalog spells them. */
  public io.gatehouse.appliance.catalog.QualifiedName full(QualifiedName name) {
    List<Name> parts = name.parts();
    if (parts.size() > 2) {
      throw DoubtException.of("a name of " + parts.size() + " parts");
    }
    String schema =
        name.schema()
            .map(Name::text)
            .or(this::database)
            .orElseThrow(() -> DoubtException.of("no database is chosen; say which"));
    return metadata(schema)
        ? new io.gatehouse.appliance.catalog.QualifiedName(
            METADATA, name.last().text().toUpperCase(Locale.ROOT))
        : new io.gatehouse.appliance.catalog.QualifiedName(
            stored(schema), stored(name.last().text()));
  }

  static boolean metadata(String schema) {
    return schema.equalsIgnoreCase(METADATA);
  }

  /** The name of a database or table as the catalog has it. */
  public String stored(String name) {
    return settings.namesIgnoreCase() ? name.toLowerCase(Locale.ROOT) : name;
  }

  /**
   * Columns, aliases of columns, functions and variables ignore case on every server. Letters
   * beyond ASCII are compared as they are: what only the server's collation would find is not found
   * here.
   */
  public static String folded(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
        return foldedAscii(name);
      }
    }
    return name;
  }

  private static String foldedAscii(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    name.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
    return folded.toString();
  }

  /** The catalog's own spelling of a column; null if the relation has none of that name. */
  public static @Nullable String column(Relation relation, String name) {
    String wanted = folded(name);
    for (String column : relation.columns()) {
      if (folded(column).equals(wanted)) {
        return column;
      }
    }
    return null;
  }

  /** All routines that a call by this name may reach, beside the server's own. */
  public List<Routine> routines(QualifiedName name) {
    String routine = folded(name.last().text());
    Stream<Routine> stored =
        name.schema().map(Name::text).or(this::database).stream()
            .flatMap(schema -> catalog.routines(stored(schema), routine).stream());
    Stream<Routine> loaded =
        name.parts().size() == 1 ? catalog.routines(LIBRARY, routine).stream() : Stream.of();
    return Stream.concat(stored, loaded).toList();
  }
}
