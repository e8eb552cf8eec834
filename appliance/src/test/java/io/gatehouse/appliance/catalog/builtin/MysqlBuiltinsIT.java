package io.gatehouse.appliance.catalog.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MysqlBuiltinsIT {
  /** ER_SP_DOES_NOT_EXIST, after which nothing of that name comes with the server. */
  private static final int NO_SUCH_FUNCTION = 1305;

  private static final int MOST_ARGUMENTS = 7;

  /** Those that neither the oldest server of the tests nor the other one has. */
  private static final Set<String> OF_NEWER_SERVERS =
      Set.of(
          "distance",
          "format_bytes",
          "from_vector",
          "json_schema_validation_report",
          "ps_current_thread_id",
          "ps_thread_id",
          "source_pos_wait",
          "st_collect",
          "st_frechetdistance",
          "st_hausdorffdistance",
          "st_lineinterpolatepoint",
          "st_lineinterpolatepoints",
          "st_pointatdistance",
          "string_to_vector",
          "to_vector",
          "uuid_v4",
          "uuid_v7",
          "vec_distance_cosine",
          "vec_distance_euclidean",
          "vec_fromtext",
          "vec_totext",
          "vector_dim",
          "vector_to_string");

  /** A keyword that MariaDB lists with its functions, and calls none. */
  private static final String NO_FUNCTION = "schemas";

  private static Connection connect(Flavour flavour) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://localhost:%d/%s?sslMode=trust"
            .formatted(RealServer.of(flavour).port(), RealServer.DATABASE),
        Held.NATIVE.user(),
        Held.NATIVE.password());
  }

  @Test
  void everyNameOfTheList_isKnownToAServer() throws SQLException {
    Collection<String> unknown = new TreeSet<>(MysqlBuiltins.names());
    for (Flavour flavour : Flavour.values()) {
      try (Connection connection = connect(flavour);
          Statement statement = connection.createStatement()) {
        unknown.removeIf(name -> known(statement, name));
      }
    }
    assertThat(unknown).containsExactlyInAnyOrderElementsOf(OF_NEWER_SERVERS);
  }

  /** Only what is no function at all is none with any number of arguments. */
  private static boolean known(Statement statement, String name) {
    List<String> arguments = new ArrayList<>();
    while (arguments.size() < MOST_ARGUMENTS) {
      try (ResultSet _ =
          statement.executeQuery(
              "EXPLAIN SELECT " + name + "(" + String.join(",", arguments) + ")")) {
        return true;
      } catch (SQLException e) {
        if (e.getErrorCode() == NO_SUCH_FUNCTION) {
          return false;
        }
      }
      arguments.add("1");
    }
    return true;
  }

  @Test
  void everyFunctionThatMariaDbLists_isOnTheList() throws SQLException {
    List<String> listed = new ArrayList<>();
    try (Connection connection = connect(Flavour.MARIADB);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT FUNCTION FROM information_schema.SQL_FUNCTIONS")) {
      while (rows.next()) {
        listed.add(rows.getString(1).toLowerCase(Locale.ROOT));
      }
    }
    assertThat(listed).hasSizeGreaterThan(200);
    assertThat(listed)
        .filteredOn(name -> !name.equals(NO_FUNCTION) && MysqlBuiltins.of(name) == null)
        .as("functions that nobody reviewed")
        .isEmpty();
  }
}
