package io.gatehouse.appliance.sql.mysql;

import static io.gatehouse.appliance.sql.mysql.Readings.MARIADB;
import static io.gatehouse.appliance.sql.mysql.Readings.MYSQL;
import static io.gatehouse.appliance.sql.mysql.Readings.OLD_MYSQL;
import static io.gatehouse.appliance.sql.mysql.Readings.one;
import static io.gatehouse.appliance.sql.mysql.Readings.query;
import static io.gatehouse.appliance.sql.mysql.Readings.refused;
import static io.gatehouse.appliance.sql.mysql.Readings.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.FromItem.Join;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SelectInto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueriesTest {

  private static FromItem from(String items) {
    return select("SELECT * FROM " + items, MYSQL).from().getFirst();
  }

  /** Joins in brackets, with the names of the tables. */
  private static String shape(FromItem item) {
    return switch (item) {
      case Join join ->
          "[" + shape(join.left()) + " " + join.kind() + " " + shape(join.right()) + "]";
      case FromItem.Table table -> table.name().toString();
      default -> item.getClass().getSimpleName();
    };
  }

  @Test
  void joins_nest_as_the_server_nests_them() {
    assertThat(shape(from("a JOIN b ON 1 LEFT JOIN c USING (x)")))
        .isEqualTo("[[a INNER b] LEFT c]");
    assertThat(shape(from("a JOIN b JOIN c ON 1 ON 2"))).isEqualTo("[a INNER [b INNER c]]");
    assertThat(shape(from("a JOIN b LEFT JOIN c ON a.x = c.x"))).isEqualTo("[[a CROSS b] LEFT c]");
    assertThat(shape(from("a CROSS JOIN (b LEFT JOIN c ON 1)"))).isEqualTo("[a CROSS [b LEFT c]]");
    assertThat(shape(from("(a, b) STRAIGHT_JOIN c ON 1"))).isEqualTo("[[a CROSS b] INNER c]");
    assertThat(shape(from("{OJ a NATURAL RIGHT JOIN b}"))).isEqualTo("[a RIGHT b]");
  }

  @Test
  void tables_queries_and_json_are_told_apart() {
    assertThat(from("d.t PARTITION (p) AS x USE INDEX (PRIMARY) IGNORE KEY FOR ORDER BY (k)"))
        .isInstanceOfSatisfying(
            FromItem.Table.class,
            table -> {
              assertThat(table.name()).hasToString("d.t");
              assertThat(table.alias()).isPresent();
            });
    assertThat(from("((SELECT 1) UNION SELECT 2) x")).isInstanceOf(FromItem.Derived.class);
    assertThat(from("LATERAL (SELECT 1) x (y)"))
        .isInstanceOfSatisfying(
            FromItem.Derived.class, derived -> assertThat(derived.lateral()).isTrue());
    assertThat(
            from(
                "JSON_TABLE(a, '$' COLUMNS (b INT PATH '$' DEFAULT '1' ON EMPTY, NESTED '$.c'"
                    + " COLUMNS (d FOR ORDINALITY))) j"))
        .isInstanceOfSatisfying(
            FromItem.TableExpression.class, table -> assertThat(table.columns()).hasSize(2));
    assertThat(select("SELECT 1 FROM DUAL", MYSQL).from()).isEmpty();
  }

  @Test
  void clauses_of_select_are_kept() {
    Query query =
        query(
            "SELECT SQL_CALC_FOUND_ROWS DISTINCT a FROM t WHERE b GROUP BY c, d WITH ROLLUP HAVING"
                + " e WINDOW w AS (ORDER BY f) ORDER BY g DESC LIMIT 1, 2 FOR SHARE OF t NOWAIT",
            MYSQL);
    Query.Select select = (Query.Select) query.body();
    assertThat(select.distinctness()).isInstanceOf(Query.DistinctRows.class);
    assertThat(select.where()).isPresent();
    assertThat(select.groupBy()).singleElement().isInstanceOf(Query.GroupingSet.class);
    assertThat(select.having()).isPresent();
    assertThat(select.windows()).hasSize(1);
    assertThat(query.orderBy().getFirst().descending()).isTrue();
    assertThat(query.limit().orElseThrow().offset()).isPresent();
    assertThat(query.locking().getFirst().strength()).isEqualTo(Query.LockStrength.SHARE);
  }

  @Test
  void set_operations_bind_from_left_and_intersect_more_tightly() {
    Query.SetOperation except =
        (Query.SetOperation)
            query("SELECT 1 UNION SELECT 2 INTERSECT SELECT 3 EXCEPT SELECT 4", MYSQL).body();
    assertThat(except.kind()).isEqualTo(Query.SetKind.EXCEPT);
    Query.SetOperation union = (Query.SetOperation) except.left().body();
    assertThat(union.right().body()).isInstanceOf(Query.SetOperation.class);
    refused("SELECT 1 INTERSECT SELECT 2", OLD_MYSQL);
  }

  @Test
  void rows_that_go_elsewhere_are_no_query() {
    assertThat(one("SELECT a FROM t LIMIT 1 INTO @x, @y", MYSQL, SelectInto.class).target())
        .isEqualTo(new SelectInto.Variables(java.util.List.of("x", "y")));
    assertThat(
            one(
                    "SELECT a INTO OUTFILE '/f' FIELDS TERMINATED BY ',' FROM t",
                    MYSQL,
                    SelectInto.class)
                .target())
        .isEqualTo(new SelectInto.ServerFile("/f", false));
    assertThat(one("TABLE t INTO DUMPFILE '/f'", MYSQL, SelectInto.class).target())
        .isEqualTo(new SelectInto.ServerFile("/f", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (SELECT 1 INTO @a)",
        "SELECT 1 INTO @a UNION SELECT 2",
        "INSERT INTO t SELECT 1 INTO @a",
        "SELECT 1 INTO a",
        "SELECT 1 FROM t PROCEDURE ANALYSE()",
        "SELECT 1 FROM t LIMIT a",
        "(SELECT 1 LIMIT 1) LIMIT 2",
        "SELECT 1 FROM (SELECT 1)",
        "SELECT 1; ; SELECT 2",
        "SELECT /*+ SET_VAR(sql_mode='ANSI_QUOTES') */ 1",
      })
  void what_is_not_known_to_mean_one_thing_is_not_read(String sql) {
    refused(sql, MYSQL);
  }

  @Test
  void tables_and_rows_are_queries_where_the_server_has_them() {
    assertThat(query("TABLE d.t ORDER BY 1", MYSQL).body()).isInstanceOf(Query.WholeTable.class);
    assertThat(query("VALUES ROW(1, 2), ROW(3, 4)", MYSQL).body()).isInstanceOf(Query.Values.class);
    assertThat(query("VALUES (1, 2), (3, 4)", MARIADB).body()).isInstanceOf(Query.Values.class);
    refused("TABLE t", MARIADB);
    refused("VALUES (1)", MYSQL);
    refused("TABLE t", OLD_MYSQL);
  }

  @Test
  void common_tables_hold_queries() {
    Query query =
        query("WITH RECURSIVE a (b) AS (SELECT 1 UNION ALL SELECT b FROM a) SELECT 1", MYSQL);
    assertThat(query.with().orElseThrow().recursive()).isTrue();
    assertThat(query.with().orElseThrow().tables().getFirst().columns()).hasSize(1);
  }

  @Test
  void comments_for_the_server_are_part_of_its_text() {
    Query.SetOperation union =
        (Query.SetOperation)
            query("SELECT a FROM t UNION/*!SELECT*/ssn/*!FROM*/customers", MYSQL).body();
    assertThat(((Query.Select) union.right().body()).items()).hasSize(1);
  }

  @Test
  void several_statements_are_read_one_after_the_other() {
    assertThat(Readings.all("SELECT 1; SELECT 'a;b' ;", MYSQL))
        .extracting(Reading.Located::fingerprint)
        .containsExactly("select ?", "select ?");
    assertThat(MysqlReader.read("SELECT 1; SELECT 2", MYSQL, false))
        .isInstanceOf(Reading.NotRead.class);
  }
}
