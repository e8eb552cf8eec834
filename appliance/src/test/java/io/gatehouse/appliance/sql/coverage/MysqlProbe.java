package io.gatehouse.appliance.sql.coverage;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.analysis.mysql.SessionSettings;
import io.gatehouse.appliance.sql.mysql.MysqlReader;
import io.gatehouse.appliance.sql.mysql.Reading;
import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Statement.QueryStatement;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A user of a real server who is granted one thing after the other, and what it may then run. */
final class MysqlProbe implements AutoCloseable {
  static final String USER = "probe";

  /** For a table or a column, or what is behind a view. Who may call what is not asked here. */
  static final Set<Integer> DENIED = Set.of(1142, 1143, 1345, 1356);

  /** MariaDB cannot grant columns of a view over a view. */
  private static final int NO_SUCH_GRANT = 1356;

  private static final String PASSWORD = "of the probe";

  private final Connection owner;
  private final Connection connection;
  private final Statement granting;
  private final Statement statement;
  private String lastError = "";

  private MysqlProbe(Connection owner, Connection connection) throws SQLException {
    this.owner = owner;
    this.connection = connection;
    granting = owner.createStatement();
    statement = connection.createStatement();
  }

  /** What must be granted on each table, in a word each or as columns that are read. */
  record Needs(Map<String, Set<String>> columns, Map<String, Set<String>> words) {

    static Needs of(Command command, Catalog catalog) {
      Needs needs = new Needs(new TreeMap<>(), new TreeMap<>());
      boolean locks = command.traits().contains(Trait.LOCKS);
      for (Access access : command.accesses()) {
        List<String> path = access.resource().path();
        Relation relation = path.size() < 2 ? null : catalog.relation(path.get(0), path.get(1));
        if (!access.indirect()
            && relation != null
            && !relation.schema().equals("information_schema")) {
          needs.add(access, relation, locks);
        }
      }
      return needs;
    }

    private void add(Access access, Relation relation, boolean locks) {
      String table = "`" + relation.schema() + "`.`" + relation.name() + "`";
      boolean whole = access.resource().kind() == Resource.Kind.TABLE;
      Set<String> read = columns.computeIfAbsent(table, _ -> new TreeSet<>());
      Set<String> changed = words.computeIfAbsent(table, _ -> new LinkedHashSet<>());
      switch (access.operation()) {
        case READ -> {
          if (!whole) {
            read.add(access.resource().name());
          } else if (locks) {
            changed.add("UPDATE");
          }
        }
        case WRITE -> changed.addAll(List.of("INSERT", "UPDATE"));
        case DELETE -> changed.add("DELETE");
        default -> {}
      }
      if (whole && access.operation() == io.gatehouse.plugin.Operation.READ) {
        // To count its rows one column is enough, and which does not matter.
        words.get(table).add("READ " + relation.columns().getFirst());
      }
    }

    /** Without one of the columns that are read; null if there is none. */
    @Nullable Needs without(SplittableRandom random) {
      List<String> all = new ArrayList<>();
      columns.forEach((table, read) -> read.forEach(column -> all.add(table + " " + column)));
      if (all.isEmpty()) {
        return null;
      }
      String[] gone = all.get(random.nextInt(all.size())).split(" ", 2);
      Map<String, Set<String>> fewer = new TreeMap<>();
      columns.forEach(
          (table, read) ->
              fewer.put(
                  table,
                  read.stream()
                      .filter(column -> !table.equals(gone[0]) || !column.equals(gone[1]))
                      .collect(Collectors.toCollection(TreeSet::new))));
      Map<String, Set<String>> plain = new TreeMap<>();
      words.forEach(
          (table, changed) ->
              plain.put(
                  table,
                  changed.stream()
                      .filter(word -> !table.equals(gone[0]) || !word.equals("READ " + gone[1]))
                      .collect(Collectors.toCollection(LinkedHashSet::new))));
      return new Needs(fewer, plain);
    }

    List<String> grants() {
      List<String> grants = new ArrayList<>();
      columns.forEach(
          (table, read) -> {
            Set<String> parts = new LinkedHashSet<>();
            Set<String> selected = new LinkedHashSet<>(read);
            for (String word : words.getOrDefault(table, Set.of())) {
              if (!word.startsWith("READ ")) {
                parts.add(word);
              } else if (read.isEmpty()) {
                selected.add(word.substring("READ ".length()));
              }
            }
            if (!selected.isEmpty()) {
              parts.add(
                  selected.stream()
                      .map(column -> "`" + column + "`")
                      .collect(Collectors.joining(", ", "SELECT (", ")")));
            }
            if (!parts.isEmpty()) {
              grants.add("GRANT " + String.join(", ", parts) + " ON " + table + " TO probe");
            }
          });
      return grants;
    }
  }

  static MysqlProbe open(Flavour flavour, String database) throws SQLException {
    Connection owner = connect(flavour, database, "root", "");
    try (Statement statement = owner.createStatement()) {
      statement.execute("DROP USER IF EXISTS probe");
      statement.execute("CREATE USER probe IDENTIFIED BY '" + PASSWORD + "'");
      // What lets into the database, and nothing in there.
      statement.execute("GRANT EVENT ON `" + database + "`.* TO probe");
    }
    return new MysqlProbe(owner, connect(flavour, database, USER, PASSWORD));
  }

  private static Connection connect(Flavour flavour, String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://localhost:%d/%s?sslMode=trust"
            .formatted(RealServer.of(flavour).port(), database),
        user,
        password);
  }

  /** What the gate would ask the session's server. */
  Map<String, String> settings() throws SQLException {
    Map<String, String> settings = new HashMap<>();
    for (String variable :
        List.of(
            SessionSettings.VERSION,
            SessionSettings.SQL_MODE,
            SessionSettings.CHARSET,
            SessionSettings.NAMES_IGNORE_CASE)) {
      try (ResultSet rows = statement.executeQuery("SELECT @@" + variable)) {
        rows.next();
        settings.put(variable, rows.getString(1));
      }
    }
    return settings;
  }

  /** Whether it is one query or change, which can be run and taken back. */
  static boolean comparable(String sql, Scene scene) {
    if (!(scene.names() instanceof NameState.Known known)) {
      return false;
    }
    return MysqlReader.read(sql, SessionSettings.of(known.settings()).reading(sql), false)
            instanceof Reading.Read(var statements)
        && statements.size() == 1
        && (statements.getFirst().statement() instanceof QueryStatement
            || statements.getFirst().statement() instanceof Change);
  }

  /** Whether it could be granted. */
  boolean grant(Needs needs) throws SQLException {
    granting.execute("REVOKE ALL PRIVILEGES, GRANT OPTION FROM probe");
    try {
      for (String grant : needs.grants()) {
        granting.execute(grant);
      }
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_GRANT) {
        return false;
      }
      throw e;
    }
  }

  /** The server's error, or 0. */
  int run(String sql) throws SQLException {
    statement.execute("START TRANSACTION");
    try {
      statement.execute(sql);
      return 0;
    } catch (SQLException e) {
      lastError = e.getErrorCode() + " " + e.getMessage();
      return e.getErrorCode();
    } finally {
      statement.execute("ROLLBACK");
    }
  }

  String lastError() {
    return lastError;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    granting.execute("DROP USER probe");
    owner.close();
  }
}
