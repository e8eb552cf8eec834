package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.catalog.SearchPath;
import io.gatehouse.appliance.sql.NamesQuestion;
import io.gatehouse.plugin.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks a PostgreSQL session for its search path and its own objects. */
final class PostgresNames implements NamesQuestion {

  /**
   * Everything with its schema, so that nothing of the session's own can stand in for it. Types
   * come before those of pg_catalog too, hence both lists of names.
   */
  private static final String NAMES =
      "SELECT 'path'::pg_catalog.text, CASE WHEN pg_catalog.length(s.p) OPERATOR(pg_catalog.<=)"
          + " 10000 THEN s.p END FROM (SELECT pg_catalog.current_setting('search_path') AS p) s"
          + " UNION ALL SELECT 'user', current_user::pg_catalog.text"
          + " UNION ALL SELECT 'temporary', c.relname::pg_catalog.text FROM pg_catalog.pg_class c"
          + " WHERE pg_catalog.pg_my_temp_schema() OPERATOR(pg_catalog.<>) 0::pg_catalog.oid"
          + " AND c.relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()"
          + " UNION ALL SELECT 'temporary', t.typname::pg_catalog.text FROM pg_catalog.pg_type t"
          + " WHERE pg_catalog.pg_my_temp_schema() OPERATOR(pg_catalog.<>) 0::pg_catalog.oid"
          + " AND t.typnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema()"
          + " UNION ALL SELECT 'prepared', q.name FROM pg_catalog.pg_prepared_statements q"
          + " WHERE q.from_sql LIMIT 20001";

  /** One less than it may send. */
  private static final int MAX_ROWS = 20_000;

  @Override
  public String sql() {
    return NAMES;
  }

  @Override
  public int maxRows() {
    return MAX_ROWS;
  }

  @Override
  public Optional<Told> told(List<List<Value>> rows) {
    Set<String> temporary = new HashSet<>();
    Set<String> prepared = new HashSet<>();
    String path = null;
    String user = null;
    for (List<Value> row : rows) {
      if (!(row.get(0) instanceof Value.Text(String kind))
          || !(row.get(1) instanceof Value.Text(String name))) {
        return Optional.empty();
      }
      switch (kind) {
        case "path" -> path = name;
        case "user" -> user = name;
        case "temporary" -> temporary.add(name);
        case "prepared" -> prepared.add(name);
        default -> {
          return Optional.empty();
        }
      }
    }
    return path == null || user == null ? Optional.empty() : told(path, user, temporary, prepared);
  }

  /** A path that cannot be read is one that nobody knows. */
  private static Optional<Told> told(
      String path, String user, Set<String> temporary, Set<String> prepared) {
    try {
      return Optional.of(
          new Told(SearchPath.parse(path), user, Optional.of(temporary), prepared, Map.of()));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
