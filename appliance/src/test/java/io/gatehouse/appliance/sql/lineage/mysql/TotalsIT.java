package io.gatehouse.appliance.sql.lineage.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.Relation;
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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is held to be total neither fails nor warns on real servers, whatever the values are. */
class TotalsIT {
  private static final List<String> TEXTS =
      List.of(
          "NULL",
          "''",
          "' '",
          "'0'",
          "'-'",
          "'1e999'",
          "'12abc'",
          "'2020-13-40'",
          "'%_'",
          "'é€😀'",
          "char(0)",
          "char(92)",
          "'{'",
          "'<a'",
          "repeat('x', 16000)",
          "repeat('😀', 16000)");

  private static final List<String> NUMBERS =
      List.of("NULL", "0", "-1", "9223372036854775807", "-9223372036854775808");

  private static final List<String> EXPRESSIONS =
      List.of(
          "concat(t, u)",
          "concat(t, n)",
          "concat_ws(t, u, n)",
          "upper(t)",
          "lower(n)",
          "trim(t)",
          "ltrim(t)",
          "rtrim(t)",
          "reverse(t)",
          "quote(t)",
          "quote(n)",
          "hex(t)",
          "hex(n)",
          "md5(t)",
          "md5(n)",
          "sha1(t)",
          "left(t, 3)",
          "right(n, 2)",
          "substring(t, 2)",
          "substring(t, 2, 3)",
          "length(t)",
          "char_length(t)",
          "bit_length(n)",
          "locate(t, u)",
          "instr(t, u)",
          "field(t, u, 'x')",
          "find_in_set(t, u)",
          "strcmp(t, u)",
          "t = u",
          "t <=> u",
          "t < u",
          "n >= 5",
          "n <> n",
          "t like u",
          "t like 'a%' escape '|'",
          "n like t",
          "t is null",
          "not t = u",
          "t = u and n = 5",
          "t = u or n",
          "t = u xor n",
          "t between u and 'x'",
          "t in (u, 'x')",
          "n in (1, 2)",
          "coalesce(t, u)",
          "ifnull(t, n)",
          "nullif(t, u)",
          "greatest(t, u)",
          "least(n, 5)",
          "if(t = u, t, n)",
          "if(n, t, u)",
          "case when t = u then t else n end",
          "case t when u then 1 end",
          "binary t",
          "cast(t as binary)",
          "isnull(t)",
          "hex(hex(t))",
          "concat(t, 'x', 1.5)",
          "count(t)",
          "min(t)",
          "max(n)",
          "sum(n)",
          "avg(n)",
          "count(distinct t)",
          "(select max(t) from bank.wild)",
          "exists (select 1 from bank.wild where t = u)",
          "row_number() over (order by t)",
          "lag(t, 1) over (order by n)",
          "first_value(t) over (order by n)",
          "sum(n) over (order by t)");

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void whatIsTotal_neitherFailsNorWarns(Flavour flavour) throws SQLException {
    Relation wild =
        MysqlHandMade.relation(
            RealServer.DATABASE,
            "wild",
            Relation.Kind.TABLE,
            List.of("t varchar", "u varchar", "n bigint"),
            "",
            Map.of());
    List<String> wrong = new ArrayList<>();
    try (Connection connection = connect(flavour);
        Statement statement = connection.createStatement()) {
      fill(statement);
      for (String expression : expressions()) {
        String sql = "select " + expression + " from bank.wild";
        var lineage =
            MysqlHandMade.trace(
                sql,
                RealServer.DATABASE,
                List.of(wild),
                flavour == Flavour.MYSQL ? MysqlHandMade.MYSQL : MysqlHandMade.MARIADB,
                Map.of());
        if (lineage.unproved().isPresent() || !lineage.risky().isEmpty()) {
          wrong.add(expression + " is not held to be total");
        }
        String said = said(statement, sql);
        if (!said.isEmpty()) {
          wrong.add(expression + ": " + said);
        }
      }
      // Else nothing of it would show anything.
      assertThat(said(statement, "select u + 0 from bank.wild")).isNotEmpty();
      statement.execute("drop table bank.wild");
    }
    assertThat(wrong).isEmpty();
  }

  /** Of either text, because long ones are other fields for the servers. */
  private static List<String> expressions() {
    return EXPRESSIONS.stream()
        .flatMap(one -> Stream.of(one, one.replaceAll("\\bt\\b", "u")))
        .toList();
  }

  private static Connection connect(Flavour flavour) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://localhost:%d/%s?sslMode=trust"
            .formatted(RealServer.of(flavour).port(), RealServer.DATABASE),
        Held.NATIVE.user(),
        Held.NATIVE.password());
  }

  private static void fill(Statement statement) throws SQLException {
    statement.execute("set names utf8mb4");
    statement.execute("drop table if exists bank.wild");
    statement.execute(
        "create table bank.wild (t text, u varchar(16000), n bigint) character set utf8mb4");
    for (String text : TEXTS) {
      for (String number : NUMBERS) {
        statement.execute(
            "insert into bank.wild values (%s, %s, %s)".formatted(text, text, number));
        statement.execute("insert into bank.wild values (%s, 'x', %s)".formatted(text, number));
      }
    }
  }

  /** The error or the first warning; empty if there is none. */
  private static String said(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        result.getString(1);
      }
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
    try (ResultSet warnings = statement.executeQuery("show warnings")) {
      return warnings.next() ? warnings.getString(3) : "";
    }
  }
}
