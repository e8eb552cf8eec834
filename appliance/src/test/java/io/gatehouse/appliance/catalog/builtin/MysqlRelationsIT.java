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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MysqlRelationsIT {

  private static List<String> relations(Flavour flavour) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:mariadb://localhost:%d/%s?sslMode=trust"
                    .formatted(RealServer.of(flavour).port(), RealServer.DATABASE),
                Held.NATIVE.user(),
                Held.NATIVE.password());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) FROM information_schema.TABLES WHERE"
                    + " TABLE_SCHEMA IN ('information_schema', 'performance_schema', 'mysql',"
                    + " 'sys')")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @ParameterizedTest
  @EnumSource
  void everyRelationOfTheServer_isOnTheList(Flavour flavour) throws SQLException {
    List<String> names = relations(flavour);

    assertThat(names).hasSizeGreaterThan(150);
    assertThat(names)
        .filteredOn(
            name ->
                MysqlRelations.of(
                        name.substring(0, name.indexOf('.')), name.substring(name.indexOf('.') + 1))
                    == null)
        .as("relations that nobody reviewed")
        .isEmpty();
  }

  @Test
  void whatHoldsValuesTextOrSecrets_isKnownToDoSo() {
    assertThat(MysqlRelations.of("information_schema", "PROCESSLIST"))
        .isEqualTo(SystemRelation.OTHERS_SQL);
    assertThat(MysqlRelations.of("mysql", "user")).isEqualTo(SystemRelation.SECRETS);
    assertThat(MysqlRelations.of("mysql", "column_stats"))
        .isEqualTo(SystemRelation.STATISTICS_WITH_DATA);
    assertThat(MysqlRelations.of("mysql", "made_up")).isNull();
  }
}
