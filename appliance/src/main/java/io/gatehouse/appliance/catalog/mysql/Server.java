package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.analysis.mysql.SessionSettings;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.appliance.sql.mysql.LexerSettings;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose catalog it is.
 *
 * @param banner what {@code VERSION()} says
 * @param user {@code CURRENT_USER()}
 * @param namesIgnoreCase whether databases and tables of names that differ in case are one
 */
record Server(String banner, Flavour flavour, int version, String user, boolean namesIgnoreCase) {
  /** Those that come with a server. */
  static final Set<String> SYSTEM =
      Set.of(MysqlNames.METADATA, "performance_schema", "mysql", "sys");

  private static final int OLDEST_MYSQL = 80_000;
  private static final int OLDEST_MARIADB = 101_100;

  static Server of(String banner, String user, String lowerCaseTableNames) {
    SessionSettings told = SessionSettings.of(told(banner, ""));
    boolean reviewed =
        switch (told.flavour()) {
          case MYSQL -> told.version() >= OLDEST_MYSQL;
          case MARIADB -> told.version() >= OLDEST_MARIADB;
        };
    if (!reviewed) {
      throw new IllegalArgumentException("the server is older than MySQL 8.0 and MariaDB 10.11");
    }
    return new Server(
        banner, told.flavour(), told.version(), user, !lowerCaseTableNames.equals("0"));
  }

  private static Map<String, String> told(String banner, String modes) {
    return Map.of(
        SessionSettings.VERSION,
        banner,
        SessionSettings.SQL_MODE,
        modes,
        SessionSettings.CHARSET,
        "utf8mb4");
  }

  /** How text is read that was stored under these modes; empty if the gate cannot. */
  Optional<LexerSettings> reading(String modes) {
    try {
      return Optional.of(SessionSettings.of(told(banner, modes)).reading(""));
    } catch (DoubtException e) {
      return Optional.empty();
    }
  }

  /** Spelled as names of statements are looked up. */
  String schema(String name) {
    return name.equalsIgnoreCase(MysqlNames.METADATA) ? MysqlNames.METADATA : stored(name);
  }

  QualifiedName relation(String schema, String name) {
    String spelled = schema(schema);
    return new QualifiedName(
        spelled,
        spelled.equals(MysqlNames.METADATA) ? name.toUpperCase(Locale.ROOT) : stored(name));
  }

  private String stored(String name) {
    return namesIgnoreCase ? name.toLowerCase(Locale.ROOT) : name;
  }

  int major() {
    return version / 10_000;
  }
}
