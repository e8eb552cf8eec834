package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.catalog.builtin.SystemRelation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the server's own tables give to who reads them. */
final class SystemTables {
  /** Names, types and definitions: what drivers and tools ask for. */
  private static final Set<String> METADATA =
      Set.of(
          ("CHARACTER_SETS CHECK_CONSTRAINTS COLLATIONS COLLATION_CHARACTER_SET_APPLICABILITY"
               + " COLUMNS ENGINES EVENTS KEYWORDS KEY_COLUMN_USAGE PARAMETERS PARTITIONS PLUGINS"
               + " REFERENTIAL_CONSTRAINTS ROUTINES SCHEMATA STATISTICS TABLES TABLE_CONSTRAINTS"
               + " TRIGGERS VIEWS")
              .split(" "));

  private SystemTables() {}

  static @Nullable SystemRelation reviewed(String schema, String name) {
    return MysqlNames.metadata(schema) && METADATA.contains(name)
        ? SystemRelation.SAFE_METADATA
        : null;
  }
}
