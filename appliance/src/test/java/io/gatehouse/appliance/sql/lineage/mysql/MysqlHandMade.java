package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogContent;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Conditions;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.catalog.Relation.Kind;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.appliance.sql.mysql.MysqlReader;
import io.gatehouse.appliance.sql.mysql.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A catalog with one of each that lineage treats in its own way, and what is traced of it. */
final class MysqlHandMade {
  static final String MYSQL = "8.0.15";
  static final String NEWER_MYSQL = "9.1.0";
  static final String MARIADB = "11.4.5-MariaDB";

  private static final List<Relation> RELATIONS =
      List.of(
          table("customers", "id int", "name varchar", "ssn varchar", "salary int", "doc json"),
          table("orders", "id int", "customer_id int", "amount int", "note varchar"),
          table("Cased", "ID int", "Ssn varchar"),
          computed(),
          view(
              "v_old",
              "select `hr`.`customers`.`id` AS `id`,`c`.`ssn` AS `note` from (`hr`.`customers`"
                  + " join `hr`.`customers` `c` on((`hr`.`customers`.`id` = `c`.`id`)))",
              "id",
              "note"),
          view("v_over", "select `v`.`note` AS `memo` from `hr`.`v_old` `v`", "memo"),
          view(
              "v_lazy",
              "select `hr`.`customers`.`ssn` AS `ssn`,(1 / `hr`.`customers`.`id`) AS `v` from"
                  + " `hr`.`customers`",
              "ssn",
              "v"),
          view("v_lost", "", "note"),
          view("v_odd", "select 'a\\\\' AS `note`", "note"));

  private MysqlHandMade() {}

  static Lineage trace(String sql, String version) {
    return trace(sql, version, Map.of());
  }

  static Lineage trace(String sql, String version, Map<String, String> more) {
    return trace(sql, "hr", RELATIONS, version, more);
  }

  static Lineage trace(
      String sql,
      String database,
      List<Relation> relations,
      String version,
      Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("version", version);
    settings.put("character_set_client", "utf8mb4");
    NameState.Known session =
        new NameState.Known(
            List.of(database), "app", Set.of(database + ".mine"), Set.of(), settings);
    MysqlNames names = new MysqlNames(catalog(database, relations), session);
    Reading reading = MysqlReader.read(sql, names.settings().reading(sql), false);
    if (!(reading instanceof Reading.Read(var statements))) {
      throw new AssertionError(sql + ": " + reading);
    }
    return MysqlTracing.of(statements.getFirst().statement(), names);
  }

  private static Catalog catalog(String database, List<Relation> relations) {
    return new Catalog(
        1,
        new CatalogContent(
            database,
            8,
            "app",
            List.of(),
            Set.of(database),
            relations,
            List.of(),
            Set.of(),
            List.of(),
            Set.of(),
            false,
            false,
            Set.of()));
  }

  private static Relation table(String name, String... columns) {
    return relation("hr", name, Kind.TABLE, List.of(columns), "", Map.of());
  }

  private static Relation computed() {
    return relation(
        "hr", "made", Kind.TABLE, List.of("a int", "b int", "c int"), "", Map.of("c", Set.of("a")));
  }

  private static Relation view(String name, String definition, String... columns) {
    return relation(
        "hr",
        name,
        Kind.VIEW,
        List.of(columns).stream().map(one -> one + " varchar").toList(),
        definition,
        Map.of());
  }

  /**
   * @param columns each with its type
   */
  static Relation relation(
      String schema,
      String name,
      Kind kind,
      List<String> columns,
      String definition,
      Map<String, Set<String>> computed) {
    List<Integer> numbers = new ArrayList<>();
    columns.forEach(_ -> numbers.add(numbers.size() + 1));
    return new Relation(
        name.hashCode(),
        schema,
        name,
        kind,
        columns.stream().map(one -> one.split(" ", 2)[0]).toList(),
        columns.stream().map(one -> new QualifiedName("", one.split(" ", 2)[1])).toList(),
        false,
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Set.of(),
        new Relation.Anatomy(numbers, definition, computed, Conditions.NONE));
  }

  /** A column as it stands there is {@code customers.ssn}, what is computed its columns in ~. */
  static String words(Lineage lineage) {
    return lineage.outputs().stream()
        .map(output -> words(output.flow()))
        .collect(Collectors.joining(", "));
  }

  static String words(Flow flow) {
    return switch (flow) {
      case Flow.Identity(ColumnOrigin column) -> words(column);
      case Flow.Derived(var columns) -> "~" + words(columns);
    };
  }

  static String words(Collection<ColumnOrigin> columns) {
    return columns.stream().map(MysqlHandMade::words).sorted().collect(Collectors.joining("+"));
  }

  private static String words(ColumnOrigin column) {
    String table =
        switch (column.table()) {
          case "customers" -> "c";
          case "orders" -> "o";
          default -> column.table();
        };
    return table + "." + column.column();
  }
}
