package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogContent;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Conditions;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.Relation.Kind;
import io.gatehouse.appliance.catalog.Routine;
import io.gatehouse.appliance.catalog.UserType;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.plugin.Access;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A catalog with one of each that the analysis treats in its own way, and what is read of it. */
public final class HandMade {
  static final NameState NAMES =
      new NameState.Known(List.of("hr", "evil"), "app", Set.of("mine"), Set.of());

  private static final List<Relation> RELATIONS =
      List.of(
          table("hr", "customers", "id", "name", "ssn"),
          table("hr", "orders", "id", "customer_id", "total"),
          table("pub", "customers", "id", "name", "ssn"),
          table("hr", "twice", "id"),
          table("evil", "twice", "id"),
          view("v", Set.of("customers"), "ssn"),
          view("counted", Set.of("customers")),
          view("vfar", Set.of("far")),
          defined("v_old", "SELECT c.ssn AS note FROM hr.customers c WHERE (c.id > 1)"),
          defined("v_over", "SELECT v_old.note FROM hr.v_old"),
          defined("v_new", "SELECT c.ssn || c.name FROM hr.customers c ORDER BY c.name"),
          of("hr", "far", Kind.FOREIGN, false, false, List.of("id")),
          of("hr", "policed", Kind.TABLE, true, false, List.of("id")),
          of("hr", "trapped", Kind.TABLE, false, true, List.of("id")),
          related("part", List.of(), List.of("part_1"), List.of()),
          related("part_1", List.of("part"), List.of(), List.of()),
          related("parent", List.of(), List.of(), List.of("orders")),
          system("pg_class", "oid", "relname"),
          system("pg_authid", "rolname", "rolpassword"),
          system("pg_settings", "name", "setting"));

  private HandMade() {}

  static Catalog catalog(boolean userCasts, boolean codeOnDefine) {
    return new Catalog(
        1,
        new CatalogContent(
            "corp",
            18,
            "app",
            List.of("hr", "evil"),
            Set.of("hr", "evil", "pub", "pg_catalog"),
            RELATIONS,
            List.of(routine("leak"), routine("total"), routine("name")),
            Set.of(new QualifiedName("evil", "="), new QualifiedName("evil", "<")),
            List.of(
                new UserType(90001, "hr", "mood", UserType.Kind.ENUM, false, "", List.of()),
                new UserType(90002, "hr", "trap", UserType.Kind.ENUM, false, "", List.of()),
                new UserType(90003, "evil", "trap", UserType.Kind.DOMAIN, true, "", List.of())),
            Set.of("int4", "int8", "text", "varchar", "bool", "numeric", "unknown", "date"),
            userCasts,
            codeOnDefine,
            Set.of()));
  }

  /** Without the operators of somebody else, so that comparing is just that. */
  static Catalog plain() {
    return withClosed();
  }

  /** As {@link #plain}, with schemas that the user may not use. */
  static Catalog withClosed(String... schemas) {
    CatalogContent all = catalog(false, false).content();
    return new Catalog(
        2,
        new CatalogContent(
            all.database(),
            all.serverMajor(),
            all.user(),
            all.defaultSearchPath(),
            all.schemas(),
            all.relations(),
            all.routines(),
            Set.of(),
            all.types(),
            all.builtinTypes(),
            false,
            false,
            Set.of(schemas)));
  }

  public static Analysed one(String sql) {
    return all(sql, plain(), NAMES).getFirst();
  }

  static List<Analysed> all(String sql, Catalog catalog, NameState names) {
    return new PostgresDialect().analyse(sql, new Scene(catalog, names, true, true));
  }

  /** In the words of the tables: {@code read hr.customers.ssn}, {@code read via hr.customers}. */
  public static Set<String> accesses(Analysed analysed) {
    return analysed.command().accesses().stream().map(HandMade::words).collect(Collectors.toSet());
  }

  private static String words(Access access) {
    String resource =
        access.resource().path().isEmpty()
            ? access.resource().kind().name().toLowerCase(Locale.ROOT)
            : String.join(".", access.resource().path());
    String via = access.indirect() ? " via " : " ";
    return access.operation().name().toLowerCase(Locale.ROOT) + via + resource;
  }

  private static Routine routine(String name) {
    return new Routine(
        "evil", name, Routine.Kind.FUNCTION, Routine.Volatility.VOLATILE, "sql", true, "");
  }

  private static Relation table(String schema, String name, String... columns) {
    return of(schema, name, Kind.TABLE, false, false, List.of(columns));
  }

  private static Relation of(
      String schema,
      String name,
      Kind kind,
      boolean onRead,
      boolean onWrite,
      List<String> columns) {
    return relation(
        schema, name, kind, columns, new Code(onRead, onWrite), new Kin(List.of(), List.of()));
  }

  private record Code(boolean onRead, boolean onWrite) {}

  private record Kin(List<ColumnOrigin> origins, List<QualifiedName> reads) {}

  private static Relation relation(
      String schema, String name, Kind kind, List<String> columns, Code code, Kin kin) {
    return new Relation(
        (schema + "." + name).hashCode(),
        schema,
        name,
        kind,
        columns,
        types(columns),
        code.onRead(),
        code.onWrite(),
        schema.equals("pg_catalog"),
        kin.origins(),
        kin.reads(),
        List.of(),
        List.of(),
        List.of(),
        Set.of(),
        Relation.Anatomy.plain(columns.size()));
  }

  private static Relation view(String name, Set<String> reads, String... origins) {
    return relation(
        "hr",
        name,
        Kind.VIEW,
        List.of("note"),
        new Code(false, false),
        new Kin(
            List.of(origins).stream()
                .map(column -> new ColumnOrigin("hr", "customers", column))
                .toList(),
            reads.stream().map(read -> new QualifiedName("hr", read)).toList()));
  }

  private static Relation defined(String name, String definition) {
    Relation plain = view(name, Set.of("customers"), "ssn");
    return new Relation(
        plain.oid(),
        plain.schema(),
        plain.name(),
        plain.kind(),
        plain.columns(),
        plain.columnTypes(),
        plain.codeOnRead(),
        plain.codeOnWrite(),
        plain.system(),
        plain.origins(),
        plain.reads(),
        plain.parents(),
        plain.children(),
        plain.cascades(),
        plain.effects(),
        new Relation.Anatomy(List.of(1), definition, java.util.Map.of(), Conditions.NONE));
  }

  private static Relation system(String name, String... columns) {
    return of("pg_catalog", name, Kind.TABLE, false, false, List.of(columns));
  }

  private static Relation related(
      String name, List<String> parents, List<String> children, List<String> cascades) {
    List<String> columns = List.of("id", "ssn");
    return new Relation(
        ("hr." + name).hashCode(),
        "hr",
        name,
        Kind.TABLE,
        columns,
        types(columns),
        false,
        false,
        false,
        List.of(),
        List.of(),
        names(parents),
        names(children),
        names(cascades),
        Set.of(),
        Relation.Anatomy.plain(2));
  }

  private static List<QualifiedName> names(List<String> names) {
    return names.stream().map(name -> new QualifiedName("hr", name)).toList();
  }

  private static List<QualifiedName> types(List<String> columns) {
    return columns.stream().map(_ -> new QualifiedName("pg_catalog", "text")).toList();
  }
}
