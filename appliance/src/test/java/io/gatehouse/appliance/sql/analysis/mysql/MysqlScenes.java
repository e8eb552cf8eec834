package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogContent;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Conditions;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.Relation.Kind;
import io.gatehouse.appliance.catalog.Routine;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.mysql.Flavour;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A catalog with one of each that the analysis treats in its own way, and sessions on it. */
final class MysqlScenes {
  private static final String CORP = "corp";

  private static final List<Relation> RELATIONS =
      List.of(
          table(CORP, "customers", "id", "name", "ssn", "email", "salary"),
          table(CORP, "orders", "id", "customer_id", "amount"),
          table(CORP, "orders_empty", "id"),
          table(CORP, "status", "id", "status"),
          table("pub", "customers", "id", "Name", "ssn"),
          table(CORP, "śtrange", "śsn", "id"),
          view("v_old", "select `corp`.`customers`.`ssn` AS `note` from `corp`.`customers`"),
          view("v_hidden", ""),
          relation(CORP, "trapped", Kind.TABLE, true, List.of("id", "x")),
          relation("information_schema", "TABLES", Kind.VIEW, false, List.of("TABLE_NAME")),
          relation("information_schema", "PROCESSLIST", Kind.VIEW, false, List.of("ID", "INFO")),
          relation("mysql", "user", Kind.TABLE, false, List.of("User", "authentication_string")));

  private MysqlScenes() {}

  static Catalog catalog() {
    return new Catalog(
        1,
        new CatalogContent(
            CORP,
            8,
            "app",
            List.of(CORP),
            Set.of(CORP, "pub", "mysql", "information_schema"),
            RELATIONS,
            List.of(
                routine(CORP, "leak", Routine.Kind.FUNCTION),
                routine(CORP, "pr1", Routine.Kind.PROCEDURE),
                routine(CORP, "to_char", Routine.Kind.FUNCTION),
                routine("", "lib_run", Routine.Kind.FUNCTION)),
            Set.of(),
            List.of(),
            Set.of(),
            false,
            false,
            Set.of()));
  }

  private static Map<String, String> settings(Flavour flavour, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        SessionSettings.VERSION,
        switch (flavour) {
          case MYSQL -> "9.4.0";
          case MARIADB -> "11.4.5-MariaDB-log";
        });
    settings.put(SessionSettings.CHARSET, "utf8mb4");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  /** In {@code corp}, with a temporary table {@code mine} and one that hides orders. */
  static NameState names(Flavour flavour, String... settings) {
    return new NameState.Known(
        List.of(CORP),
        "app",
        Set.of("corp.mine", "corp.orders_empty", "pub.t1"),
        Set.of(new QualifiedName(CORP, "fresh")),
        settings(flavour, settings));
  }

  static Analysed one(Flavour flavour, String sql) {
    return all(flavour, sql, names(flavour)).getFirst();
  }

  static List<Analysed> all(Flavour flavour, String sql, NameState names) {
    return new MysqlDialect(flavour).analyse(sql, new Scene(catalog(), names, false, true));
  }

  private static Routine routine(String schema, String name, Routine.Kind kind) {
    return new Routine(schema, name, kind, Routine.Volatility.VOLATILE, "SQL", true, "");
  }

  static Relation table(String schema, String name, String... columns) {
    return relation(schema, name, Kind.TABLE, false, List.of(columns));
  }

  private static Relation view(String name, String definition) {
    Relation plain = relation(CORP, name, Kind.VIEW, false, List.of("note"));
    return new Relation(
        plain.oid(),
        plain.schema(),
        plain.name(),
        plain.kind(),
        plain.columns(),
        plain.columnTypes(),
        false,
        false,
        false,
        List.of(new ColumnOrigin(CORP, "customers", "ssn")),
        List.of(new QualifiedName(CORP, "customers")),
        List.of(),
        List.of(),
        List.of(),
        Set.of(),
        new Relation.Anatomy(List.of(1), definition, Map.of(), Conditions.NONE));
  }

  private static Relation relation(
      String schema, String name, Kind kind, boolean onWrite, List<String> columns) {
    return new Relation(
        (schema + "." + name).hashCode(),
        schema,
        name,
        kind,
        columns,
        columns.stream().map(_ -> new QualifiedName("", "varchar")).toList(),
        false,
        onWrite,
        schema.equals("mysql") || schema.equals("information_schema"),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Set.of(),
        Relation.Anatomy.plain(columns.size()));
  }
}
