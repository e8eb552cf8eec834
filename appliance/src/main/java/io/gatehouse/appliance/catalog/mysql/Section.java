package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.sql.mysql.Flavour;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of rows of a reading.
 *
 * @param fields columns of information_schema, in the order that they are read in
 * @param source what stands behind FROM
 */
record Section(String name, List<String> fields, String source) {
  private static final String SCHEMATA = "information_schema.SCHEMATA";
  private static final String KEYS =
      "information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_NAME IS NOT NULL";
  private static final String UNIQUE = "information_schema.STATISTICS WHERE NON_UNIQUE = 0";

  /** Of everybody, as far as the user may see them. */
  private static final String RIGHTS = " WHERE PRIVILEGE_TYPE IN ('TRIGGER', 'SELECT')";

  private static final List<Section> BOTH =
      List.of(
          of("schema", SCHEMATA, "SCHEMA_NAME"),
          of(
              "relation",
              "information_schema.TABLES",
              "TABLE_SCHEMA",
              "TABLE_NAME",
              "TABLE_TYPE",
              "ENGINE"),
          of(
              "column",
              "information_schema.COLUMNS",
              "TABLE_SCHEMA",
              "TABLE_NAME",
              "COLUMN_NAME",
              "ORDINAL_POSITION",
              "DATA_TYPE",
              "EXTRA",
              "GENERATION_EXPRESSION"),
          of("view", "information_schema.VIEWS", "TABLE_SCHEMA", "TABLE_NAME", "VIEW_DEFINITION"),
          of(
              "trigger",
              "information_schema.TRIGGERS",
              "EVENT_OBJECT_SCHEMA",
              "EVENT_OBJECT_TABLE",
              "TRIGGER_NAME",
              "ACTION_STATEMENT",
              "SQL_MODE"),
          of(
              "routine",
              "information_schema.ROUTINES",
              "ROUTINE_SCHEMA",
              "ROUTINE_NAME",
              "ROUTINE_TYPE",
              "ROUTINE_DEFINITION",
              "SECURITY_TYPE",
              "SQL_MODE",
              "ROUTINE_BODY"),
          of(
              "parameter",
              "information_schema.PARAMETERS WHERE PARAMETER_NAME IS NOT NULL",
              "SPECIFIC_SCHEMA",
              "SPECIFIC_NAME",
              "ROUTINE_TYPE",
              "PARAMETER_NAME"),
          of(
              "key",
              KEYS,
              "TABLE_SCHEMA",
              "TABLE_NAME",
              "CONSTRAINT_NAME",
              "COLUMN_NAME",
              "REFERENCED_TABLE_SCHEMA",
              "REFERENCED_TABLE_NAME",
              "REFERENCED_COLUMN_NAME"),
          of(
              "action",
              "information_schema.REFERENTIAL_CONSTRAINTS",
              "CONSTRAINT_SCHEMA",
              "TABLE_NAME",
              "CONSTRAINT_NAME",
              "UPDATE_RULE",
              "DELETE_RULE"),
          of(
              "server-right",
              "information_schema.USER_PRIVILEGES" + RIGHTS,
              "GRANTEE",
              "PRIVILEGE_TYPE"),
          of(
              "schema-right",
              "information_schema.SCHEMA_PRIVILEGES" + RIGHTS,
              "GRANTEE",
              "PRIVILEGE_TYPE",
              "TABLE_SCHEMA"),
          of(
              "table-right",
              "information_schema.TABLE_PRIVILEGES" + RIGHTS,
              "GRANTEE",
              "PRIVILEGE_TYPE",
              "TABLE_SCHEMA",
              "TABLE_NAME"));

  private static final List<Section> OF_MARIADB =
      List.of(
          of("unique", UNIQUE, "TABLE_SCHEMA", "TABLE_NAME", "INDEX_NAME", "COLUMN_NAME"),
          of(
              "check",
              "information_schema.CHECK_CONSTRAINTS",
              "CONSTRAINT_SCHEMA",
              "TABLE_NAME",
              "CONSTRAINT_NAME",
              "CHECK_CLAUSE"));

  private static final List<Section> OF_MYSQL =
      List.of(
          of(
              "unique",
              UNIQUE,
              "TABLE_SCHEMA",
              "TABLE_NAME",
              "INDEX_NAME",
              "COLUMN_NAME",
              "EXPRESSION"),
          of(
              "partial",
              "performance_schema.global_variables WHERE VARIABLE_NAME = 'partial_revokes'",
              "VARIABLE_VALUE"));

  /** A version before that one has the syntax, and keeps no check. */
  private static final int CHECKS_OF_MYSQL = 80_016;

  private static final Section CHECKS =
      of(
          "check",
          "information_schema.CHECK_CONSTRAINTS AS c JOIN information_schema.TABLE_CONSTRAINTS AS t"
              + " ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA"
              + " AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME AND t.CONSTRAINT_TYPE = 'CHECK'",
          "c.CONSTRAINT_SCHEMA",
          "t.TABLE_NAME",
          "c.CONSTRAINT_NAME",
          "c.CHECK_CLAUSE");

  private static final Section LOADABLE_OF_MYSQL =
      of("loadable", "performance_schema.user_defined_functions", "UDF_NAME", "UDF_TYPE");
  private static final Section LOADABLE_OF_MARIADB = of("loadable", "mysql.func", "name", "type");

  Section {
    fields = List.copyOf(fields);
  }

  private static Section of(String name, String source, String... fields) {
    return new Section(name, List.of(fields), source);
  }

  /** The functions of libraries, which not every user may list. */
  static Section loadable(Flavour flavour) {
    return switch (flavour) {
      case MYSQL -> LOADABLE_OF_MYSQL;
      case MARIADB -> LOADABLE_OF_MARIADB;
    };
  }

  /**
   * All that is read of a server.
   *
   * @param loadable whether functions of libraries are listed
   */
  static List<Section> of(Flavour flavour, int version, boolean loadable) {
    List<Section> all = new ArrayList<>(BOTH);
    switch (flavour) {
      case MARIADB -> all.addAll(OF_MARIADB);
      case MYSQL -> {
        all.addAll(OF_MYSQL);
        if (version >= CHECKS_OF_MYSQL) {
          all.add(CHECKS);
        }
      }
    }
    if (loadable) {
      all.add(loadable(flavour));
    }
    return List.copyOf(all);
  }
}
