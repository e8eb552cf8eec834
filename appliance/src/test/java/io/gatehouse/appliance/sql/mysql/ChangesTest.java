package io.gatehouse.appliance.sql.mysql;

import static io.gatehouse.appliance.sql.mysql.Readings.MARIADB;
import static io.gatehouse.appliance.sql.mysql.Readings.MYSQL;
import static io.gatehouse.appliance.sql.mysql.Readings.one;
import static io.gatehouse.appliance.sql.mysql.Readings.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SequentialChange.DeleteRows;
import io.gatehouse.appliance.sql.tree.SequentialChange.InsertRows;
import io.gatehouse.appliance.sql.tree.SequentialChange.UpdateRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTest {

  private static InsertRows insert(String sql) {
    return one(sql, MYSQL, InsertRows.class);
  }

  private static Query rows(InsertRows insert) {
    return ((Change.Rows) insert.source()).query();
  }

  @Test
  void inserts_keep_columns_rows_and_what_becomes_of_duplicates() {
    InsertRows insert =
        insert(
            "INSERT IGNORE d.t PARTITION (p) (a, t.b) VALUES (1, DEFAULT), (2, DEFAULT(a)) AS n (x,"
                + " y) ON DUPLICATE KEY UPDATE a = n.x, b = VALUES(b)");
    assertThat(insert.replaces()).isFalse();
    assertThat(insert.ignoresErrors()).isTrue();
    assertThat(insert.table()).isEqualTo(QualifiedName.of("d", "t"));
    assertThat(insert.columns()).hasSize(2);
    Query.Values values = (Query.Values) rows(insert).body();
    assertThat(values.rows().getFirst().getLast()).isInstanceOf(Expression.Default.class);
    assertThat(values.rows().getLast().getLast()).isInstanceOf(Expression.Special.class);
    assertThat(insert.onDuplicate().orElseThrow().assignments()).hasSize(2);
    assertThat(insert.onDuplicate().orElseThrow().newRow().orElseThrow().columns()).hasSize(2);
  }

  @Test
  void set_and_queries_are_sources_like_values() {
    InsertRows set = insert("INSERT INTO t SET a = 1, b := 2");
    assertThat(set.columns()).hasSize(2);
    assertThat(((Query.Values) rows(set).body()).rows()).hasSize(1);
    assertThat(rows(insert("INSERT INTO t (a) (SELECT 1)")).body())
        .isInstanceOf(Query.Select.class);
    assertThat(rows(insert("INSERT INTO t TABLE u")).body()).isInstanceOf(Query.WholeTable.class);
    assertThat(insert("INSERT INTO t () VALUES ()").source()).isEqualTo(new Change.DefaultValues());
    assertThat(insert("REPLACE LOW_PRIORITY t VALUES (1)").replaces()).isTrue();
  }

  @Test
  void updates_keep_all_tables_and_which_rows_are_chosen() {
    UpdateRows update =
        one(
            "UPDATE LOW_PRIORITY IGNORE a JOIN b USING (x), c SET a.y = b.y, z = DEFAULT WHERE c.z",
            MYSQL,
            UpdateRows.class);
    assertThat(update.tables()).hasSize(2);
    assertThat(update.assignments()).hasSize(2);
    assertThat(update.where()).isPresent();
    update = one("UPDATE t SET a = 1 ORDER BY ssn LIMIT 1", MYSQL, UpdateRows.class);
    assertThat(update.chosen().orderBy()).hasSize(1);
    assertThat(update.chosen().limit()).isPresent();
  }

  @Test
  void deletes_tell_targets_from_tables_in_every_notation() {
    DeleteRows delete =
        one("DELETE FROM t AS x WHERE x.a ORDER BY b LIMIT 2", MYSQL, DeleteRows.class);
    assertThat(delete.targets()).containsExactly(QualifiedName.of("t"));
    assertThat(delete.chosen().limit()).isPresent();
    delete = one("DELETE a.*, d.b FROM a JOIN d.b JOIN c WHERE 1", MYSQL, DeleteRows.class);
    assertThat(delete.targets()).containsExactly(QualifiedName.of("a"), QualifiedName.of("d", "b"));
    delete = one("DELETE QUICK FROM a, b.* USING a JOIN b", MYSQL, DeleteRows.class);
    assertThat(delete.targets()).hasSize(2);
    assertThat(delete.tables()).hasSize(1);
  }

  @Test
  void returning_and_with_are_read_where_the_server_has_them() {
    assertThat(one("DELETE FROM t RETURNING *", MARIADB, DeleteRows.class).returning()).isPresent();
    assertThat(one("INSERT INTO t VALUES (1) RETURNING a", MARIADB, InsertRows.class).returning())
        .isPresent();
    refused("DELETE FROM t RETURNING *", MYSQL);
    assertThat(one("WITH x AS (SELECT 1) DELETE FROM t", MYSQL, DeleteRows.class).with())
        .isPresent();
    refused("WITH x AS (SELECT 1) UPDATE t SET a = 1", MARIADB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE HISTORY FROM t",
        "DELETE FROM t a JOIN b",
        "UPDATE t FOR PORTION OF p FROM 1 TO 2 SET a = 1",
        "UPDATE t SET a = 1 LIMIT 1, 2",
        "INSERT INTO t (a.*) VALUES (1)",
        "REPLACE INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 1",
        "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE",
      })
  void what_no_server_takes_for_what_it_looks_like_is_not_read(String sql) {
    refused(sql, MYSQL);
    refused(sql, MARIADB);
  }
}
