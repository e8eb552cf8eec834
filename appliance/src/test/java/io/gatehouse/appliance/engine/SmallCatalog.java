package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogContent;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.Routine;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A database with a table of the same name in two schemas, and a function that nobody read. */
final class SmallCatalog {
  private SmallCatalog() {}

  /**
   * @param codeOnRead whether reading {@code open.items} runs code by now
   */
  static Catalog of(long version, boolean codeOnRead) {
    return of(
        version, List.of(table("open", "items", codeOnRead), table("secret", "items", false)));
  }

  /** The usual tables, and one more in the open. */
  static Catalog with(long version, String more) {
    return of(
        version,
        List.of(
            table("open", "items", false),
            table("secret", "items", false),
            table("open", more, false)));
  }

  /** Code that nobody read runs at definitions, or at logins. */
  static Catalog withEventTrigger(long version) {
    return of(version, List.of(table("open", "items", false)), true);
  }

  private static Catalog of(long version, List<Relation> tables) {
    return of(version, tables, false);
  }

  private static Catalog of(long version, List<Relation> tables, boolean codeOnDefine) {
    return new Catalog(
        version,
        new CatalogContent(
            "shop",
            18,
            "gate",
            List.of("open"),
            Set.of("open", "secret", "pg_catalog"),
            tables,
            List.of(
                new Routine(
                    "open",
                    "unread",
                    Routine.Kind.FUNCTION,
                    Routine.Volatility.VOLATILE,
                    "plpgsql",
                    false,
                    "")),
            Set.of(),
            List.of(),
            Set.of("int4", "int8", "text", "bool", "numeric", "date", "varchar", "unknown"),
            false,
            codeOnDefine,
            Set.of()));
  }

  private static Relation table(String schema, String name, boolean codeOnRead) {
    QualifiedName number = new QualifiedName("pg_catalog", "int4");
    QualifiedName text = new QualifiedName("pg_catalog", "text");
    return new Relation(
        (schema + name).hashCode(),
        schema,
        name,
        Relation.Kind.TABLE,
        List.of("id", "name"),
        List.of(number, text),
        codeOnRead,
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Collections.emptySet(),
        Relation.Anatomy.plain(2));
  }
}
