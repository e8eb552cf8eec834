package io.gatehouse.appliance.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real PostgreSQL that tests have one after the other: making one takes more than a second. Each
 * finds it as the first did, and where that cannot be, another one. The last ones end with the JVM.
 */
public final class LentServer implements AutoCloseable {
  private static final Map<Map<String, String>, Deque<LentServer>> FREE = new HashMap<>();

  private static final String DATABASES =
      "SELECT quote_ident(datname) FROM pg_database"
          + " WHERE datname NOT IN ('postgres', 'template0', 'template1')";
  private static final String ROLES =
      "SELECT quote_ident(rolname) FROM pg_roles"
          + " WHERE rolname <> 'postgres' AND NOT starts_with(rolname, 'pg_')";
  private static final String OTHERS =
      "SELECT pg_terminate_backend(pid, 60000)::text FROM pg_stat_activity"
          + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";

  /** What a test could have changed beside databases and roles. */
  private static final String STATE =
      """
      SELECT concat_ws(' ',
        (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_proc),
        (SELECT count(*) FROM pg_namespace), (SELECT count(*) FROM pg_type),
        (SELECT count(*) FROM pg_extension), (SELECT count(*) FROM pg_event_trigger),
        (SELECT count(*) FROM pg_largeobject_metadata), (SELECT count(*) FROM pg_default_acl),
        (SELECT count(*) FROM pg_db_role_setting), (SELECT count(*) FROM pg_parameter_acl),
        (SELECT count(*) FROM pg_tablespace), (SELECT count(*) FROM pg_replication_slots),
        (SELECT count(*) FROM pg_prepared_xacts),
        (SELECT string_agg(concat(datname, datacl, datallowconn), ' ' ORDER BY datname)
           FROM pg_database),
        (SELECT string_agg(concat(nspname, nspacl), ' ' ORDER BY nspname) FROM pg_namespace),
        (SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles),
        (SELECT md5(string_agg(concat(name, setting), ' ' ORDER BY name)) FROM pg_settings
           WHERE source NOT IN ('client', 'session')),
        (SELECT md5(string_agg(r::text, ' ' ORDER BY rule_number)) FROM pg_hba_file_rules r))
      """;

  private final Map<String, String> settings;
  private final EmbeddedPostgres postgres;
  private final String state;

  private LentServer(Map<String, String> settings) throws IOException, SQLException {
    this.settings = settings;
    EmbeddedPostgres.Builder builder = BriefServer.builder();
    settings.forEach(builder::setServerConfig);
    postgres = builder.start();
    state = only(STATE);
  }

  /**
   * @param settings beside those of every {@link BriefServer}
   */
  public static LentServer borrow(Map<String, String> settings) throws IOException, SQLException {
    synchronized (FREE) {
      Deque<LentServer> free = FREE.getOrDefault(settings, new ArrayDeque<>());
      if (!free.isEmpty()) {
        return free.pop();
      }
    }
    return new LentServer(settings);
  }

  public EmbeddedPostgres postgres() {
    return postgres;
  }

  /** Gives it back. */
  @Override
  public void close() throws IOException {
    if (isAsItWas()) {
      synchronized (FREE) {
        FREE.computeIfAbsent(settings, none -> new ArrayDeque<>()).push(this);
      }
    } else {
      postgres.close();
    }
  }

  private boolean isAsItWas() {
    try {
      for (String database : all(DATABASES)) {
        run("DROP DATABASE " + database + " WITH (FORCE)");
      }
      all(OTHERS);
      run("ALTER SYSTEM RESET ALL");
      all("SELECT pg_reload_conf()::text");
      for (String role : all(ROLES)) {
        run("DROP OWNED BY " + role + " CASCADE");
      }
      for (String role : all(ROLES)) {
        run("DROP ROLE " + role);
      }
      String now = only(STATE);
      if (!now.equals(state)) {
        System.out.println("a server was lent as " + state + " and came back as " + now);
      }
      return now.equals(state);
    } catch (SQLException e) {
      System.out.println("a server that was lent cannot be cleaned: " + e.getMessage());
      return false;
    }
  }

  private Connection connect() throws SQLException {
    return postgres.getDatabase("postgres", "postgres").getConnection();
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String only(String sql) throws SQLException {
    return all(sql).getFirst();
  }

  private List<String> all(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(1)));
      }
      return found;
    }
  }
}
