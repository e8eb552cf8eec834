package io.gatehouse.appliance.sql.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogContent;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlDialect;
import io.gatehouse.appliance.sql.analysis.mysql.SessionSettings;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Resource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The server itself says which columns a statement reads and writes: a user who was granted exactly
 * what the analysis found must be allowed to explain it.
 */
class MysqlPrivilegesIT {
  private static final String DATABASE = "rights";
  private static final String PROBE = "probe";
  private static final int STATEMENTS = 700;

  /** ER_DBACCESS_DENIED, ER_ACCESS_DENIED, ER_TABLEACCESS_DENIED, ER_COLUMNACCESS_DENIED. */
  private static final Set<Integer> DENIED = Set.of(1044, 1045, 1142, 1143, 1356);

  private static Connection connect(RealServer.Flavour flavour, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://localhost:%d/?sslMode=trust&allowMultiQueries=true"
            .formatted(RealServer.of(flavour).port()),
        user,
        password);
  }

  @ParameterizedTest
  @EnumSource(RealServer.Flavour.class)
  void statements_grantedWhatWasFound_serverAllows(RealServer.Flavour flavour) throws Exception {
    long seed = Long.getLong("gatehouse.seed", 20_261_122);
    List<String> refused = new ArrayList<>();
    List<String> doubts = new ArrayList<>();
    int compared = 0;
    try (Connection admin = connect(flavour, Held.NATIVE.user(), Held.NATIVE.password());
        Statement statement = admin.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS rights");
      statement.execute("CREATE DATABASE rights");
      statement.execute("USE rights");
      for (String table : MysqlTexts.SCHEMA.split(";", -1)) {
        statement.execute(table);
      }
      Scene scene = scene(statement);
      MysqlTexts texts = new MysqlTexts(seed);
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = texts.next();
        if (!explained(statement, sql).isEmpty()) {
          continue;
        }
        Analysed analysed = dialect(flavour).analyse(sql, scene).getFirst();
        if (analysed.command().certainty() != Certainty.EXACT) {
          doubts.add(sql + ": " + analysed.command().doubt());
          continue;
        }
        String error = asProbe(flavour, statement, analysed, sql);
        compared++;
        if (!error.isEmpty()) {
          refused.add(sql + ": " + error + ": " + analysed.command().accesses());
        }
      }
      statement.execute("DROP DATABASE rights");
    }
    assertThat(refused).as("seed %d", seed).isEmpty();
    assertThat(doubts).as("seed %d", seed).isEmpty();
    assertThat(compared).as("seed %d", seed).isGreaterThan(STATEMENTS / 4);
  }

  private static MysqlDialect dialect(RealServer.Flavour flavour) {
    return new MysqlDialect(
        switch (flavour) {
          case MYSQL -> Flavour.MYSQL;
          case MARIADB -> Flavour.MARIADB;
        });
  }

  private static String explained(Statement statement, String sql) {
    try {
      statement.executeQuery("EXPLAIN " + sql).close();
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Empty, or that the server denies it. */
  private static String asProbe(
      RealServer.Flavour flavour, Statement admin, Analysed analysed, String sql)
      throws SQLException {
    admin.execute("DROP USER IF EXISTS " + PROBE);
    admin.execute("CREATE USER " + PROBE + " IDENTIFIED BY 'probe'");
    for (String grant : grants(analysed)) {
      admin.execute("GRANT " + grant + " TO " + PROBE);
    }
    try (Connection probe = connect(flavour, PROBE, "probe");
        Statement statement = probe.createStatement()) {
      statement.execute("USE " + DATABASE);
      statement.executeQuery("EXPLAIN " + sql).close();
      return "";
    } catch (SQLException e) {
      return DENIED.contains(e.getErrorCode()) ? String.valueOf(e.getMessage()) : "";
    }
  }

  /** One column of each table beside those that were found: none is needed to count rows. */
  private static List<String> grants(Analysed analysed) {
    List<String> grants = new ArrayList<>();
    for (Access access : analysed.command().accesses()) {
      List<String> path = access.resource().path();
      if (access.resource().kind() == Resource.Kind.TABLE) {
        String table = " ON rights." + path.get(1);
        grants.add("SELECT (only_" + path.get(1) + ")" + table);
        switch (access.operation()) {
          case DELETE -> grants.add("DELETE" + table);
          default -> {}
        }
      } else if (access.resource().kind() == Resource.Kind.COLUMN) {
        String column = " (" + path.get(2) + ") ON rights." + path.get(1);
        switch (access.operation()) {
          case READ -> grants.add("SELECT" + column);
          case WRITE -> {
            grants.add("INSERT" + column);
            grants.add("UPDATE" + column);
          }
          default -> {}
        }
      }
    }
    return grants;
  }

  private static Scene scene(Statement statement) throws SQLException {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    try (ResultSet columns =
        statement.executeQuery(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema ="
                + " 'rights' ORDER BY table_name, ordinal_position")) {
      while (columns.next()) {
        tables
            .computeIfAbsent(columns.getString(1), _ -> new ArrayList<>())
            .add(columns.getString(2));
      }
    }
    List<Relation> relations = new ArrayList<>();
    tables.forEach((name, columns) -> relations.add(relation(name, columns)));
    return new Scene(catalog(relations), names(statement), false, false);
  }

  private static NameState names(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT @@version, @@sql_mode")) {
      row.next();
      return new NameState.Known(
          List.of(DATABASE),
          Held.NATIVE.user(),
          Set.of(),
          Set.of(),
          Map.of(
              SessionSettings.VERSION,
              row.getString(1),
              SessionSettings.SQL_MODE,
              row.getString(2),
              SessionSettings.CHARSET,
              "utf8mb4"));
    }
  }

  private static Catalog catalog(List<Relation> relations) {
    return new Catalog(
        1,
        new CatalogContent(
            DATABASE,
            8,
            Held.NATIVE.user(),
            List.of(DATABASE),
            Set.of(DATABASE),
            relations,
            List.of(),
            Set.of(),
            List.of(),
            Set.of(),
            false,
            false,
            Set.of()));
  }

  private static Relation relation(String name, List<String> columns) {
    return new Relation(
        name.hashCode(),
        DATABASE,
        name,
        Relation.Kind.TABLE,
        columns,
        columns.stream().map(_ -> new QualifiedName("", "int")).toList(),
        false,
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Set.of(),
        Relation.Anatomy.plain(columns.size()));
  }
}
