package io.gatehouse.appliance.sql.postgres;

import static io.gatehouse.appliance.sql.postgres.Readings.query;
import static io.gatehouse.appliance.sql.postgres.Readings.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.With;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueriesTest {

  private static FromItem from(String items) {
    return select("SELECT * FROM " + items).from().getFirst();
  }

  @Test
  void labels_are_taken_with_and_without_as() {
    Query.Select select = select("SELECT ssn name, ssn AS select, ssn FROM t");
    assertThat(select.items().get(0).label()).contains(Name.of("name"));
    assertThat(select.items().get(1).label()).contains(Name.of("select"));
    assertThat(select.items().get(2).label()).isEmpty();
  }

  @Test
  void tables_keep_only_alias_and_sample() {
    FromItem.Table table = (FromItem.Table) from("ONLY s.t AS a (b, c) TABLESAMPLE system (10)");
    assertThat(table.name()).hasToString("s.t");
    assertThat(table.only()).isTrue();
    assertThat(table.alias().orElseThrow().columns()).hasSize(2);
    assertThat(table.sample().orElseThrow().method()).hasToString("system");
    assertThat(((FromItem.Table) from("t *")).only()).isFalse();
  }

  @Test
  void functions_tables_and_queries_are_told_apart() {
    assertThat(from("f(1) WITH ORDINALITY")).isInstanceOf(FromItem.Functions.class);
    assertThat(from("t (a)")).isInstanceOf(FromItem.Functions.class);
    assertThat(from("left('a', 1)")).isInstanceOf(FromItem.Functions.class);
    assertThat(from("current_date")).isInstanceOf(FromItem.Functions.class);
    assertThat(from("ROWS FROM (f(1), g(2) AS (a int))")).isInstanceOf(FromItem.Functions.class);
    assertThat(from("((SELECT 1) UNION SELECT 2) a")).isInstanceOf(FromItem.Derived.class);
    assertThat(from("json_table(a, '$' COLUMNS (b int, NESTED '$.c' COLUMNS (d int)))"))
        .isInstanceOfSatisfying(
            FromItem.TableExpression.class, table -> assertThat(table.columns()).hasSize(2));
  }

  @Test
  void functions_with_column_definitions_keep_them() {
    FromItem.Functions functions = (FromItem.Functions) from("LATERAL f(1) AS a (b int, c text)");
    assertThat(functions.lateral()).isTrue();
    assertThat(functions.columns()).hasSize(2);
    assertThat(functions.alias().orElseThrow().columns()).isEmpty();
  }

  @Test
  void joins_nest_as_the_server_nests_them() {
    FromItem.Join join = (FromItem.Join) from("a JOIN b JOIN c ON d ON e");
    assertThat(join.right()).isInstanceOf(FromItem.Join.class);
    join = (FromItem.Join) from("a JOIN b ON d LEFT JOIN c USING (e) AS f");
    assertThat(join.left()).isInstanceOf(FromItem.Join.class);
    assertThat(join.kind()).isEqualTo(FromItem.JoinKind.LEFT);
    assertThat(((FromItem.Using) join.condition()).alias()).contains(Name.of("f"));
    join = (FromItem.Join) from("a NATURAL FULL JOIN b CROSS JOIN c");
    assertThat(join.kind()).isEqualTo(FromItem.JoinKind.CROSS);
  }

  @Test
  void set_operations_bind_from_left_and_intersect_more_tightly() {
    Query.SetOperation union =
        (Query.SetOperation)
            query("SELECT 1 UNION SELECT 2 INTERSECT SELECT 3 EXCEPT SELECT 4").body();
    assertThat(union.kind()).isEqualTo(Query.SetKind.EXCEPT);
    Query.SetOperation left = (Query.SetOperation) union.left().body();
    assertThat(left.kind()).isEqualTo(Query.SetKind.UNION);
    assertThat(left.right().body()).isInstanceOf(Query.SetOperation.class);
  }

  @Test
  void clauses_outside_of_parentheses_join_those_inside() {
    Query query = query("(SELECT 1 ORDER BY 1 LIMIT 1) OFFSET 2");
    assertThat(query.orderBy()).hasSize(1);
    assertThat(query.limit().flatMap(Query.Limit::count)).isPresent();
    assertThat(query.limit().flatMap(Query.Limit::offset)).isPresent();
    assertThat(Readings.refused("(SELECT 1 LIMIT 1) LIMIT 2").reason()).isNotEmpty();
  }

  @Test
  void every_clause_of_select_is_kept() {
    Query.Select select =
        select(
            "SELECT DISTINCT ON (a) b INTO TEMP c FROM d WHERE e GROUP BY DISTINCT f, (), ROLLUP"
                + " (g), GROUPING SETS ((h), CUBE (i)) HAVING j WINDOW k AS (ORDER BY l)");
    assertThat(select.distinctness()).isInstanceOf(Query.DistinctOn.class);
    assertThat(select.into().orElseThrow().persistence()).isEqualTo(Query.Persistence.TEMPORARY);
    assertThat(select.where()).isPresent();
    assertThat(select.groupDistinct()).isTrue();
    assertThat(select.groupBy()).hasSize(4);
    assertThat(select.having()).isPresent();
    assertThat(select.windows()).hasSize(1);
  }

  @Test
  void locking_and_ties_are_kept() {
    Query query = query("SELECT 1 FROM a ORDER BY 1 FETCH FIRST 2 ROWS WITH TIES FOR SHARE OF a");
    assertThat(query.limit().orElseThrow().withTies()).isTrue();
    assertThat(query.locking()).hasSize(1);
    assertThat(query.locking().getFirst().of()).hasSize(1);
  }

  @Test
  void common_tables_hold_statements() {
    Query query =
        query(
            "WITH RECURSIVE a (b) AS NOT MATERIALIZED (DELETE FROM c RETURNING *) SEARCH DEPTH"
                + " FIRST BY b SET d CYCLE b SET e USING f SELECT 1");
    With with = query.with().orElseThrow();
    assertThat(with.recursive()).isTrue();
    With.CommonTable table = with.tables().getFirst();
    assertThat(table.body()).isInstanceOf(Change.Delete.class);
    assertThat(table.materialized()).contains(false);
    assertThat(table.search()).isPresent();
    assertThat(table.cycle()).isPresent();
    assertThat(query("WITH recursive AS (SELECT 1) SELECT 2").with().orElseThrow().recursive())
        .isFalse();
  }

  @Test
  void insert_keeps_columns_source_conflict_and_returning() {
    Change.Insert insert =
        Readings.one(
            "WITH w AS (SELECT 1) INSERT INTO s.t AS a (b, c.d, e[1]) OVERRIDING USER VALUE SELECT"
                + " 1 ON CONFLICT (f) WHERE g DO UPDATE SET h = 1, (i, j) = (1, 2) WHERE k"
                + " RETURNING WITH (OLD AS o) o.l",
            Change.Insert.class);
    assertThat(insert.with()).isPresent();
    assertThat(insert.columns()).hasSize(3);
    assertThat(insert.columns().get(1).fields()).containsExactly(Name.of("d"));
    assertThat(insert.columns().get(2).subscripts()).hasSize(1);
    assertThat(insert.onConflict().orElseThrow().update()).hasSize(2);
    assertThat(insert.returning().orElseThrow().oldName()).contains(Name.of("o"));
    assertThat(Readings.one("INSERT INTO t DEFAULT VALUES", Change.Insert.class).source())
        .isEqualTo(new Change.DefaultValues());
    assertThat(Readings.one("INSERT INTO t (SELECT 1)", Change.Insert.class).columns()).isEmpty();
  }

  @Test
  void update_and_delete_keep_target_tables_and_condition() {
    Change.Update update =
        Readings.one("UPDATE ONLY t a SET b = 1 FROM c, d WHERE e", Change.Update.class);
    assertThat(update.table().only()).isTrue();
    assertThat(update.from()).hasSize(2);
    assertThat(update.where()).isPresent();
    Change.Delete delete =
        Readings.one("DELETE FROM t USING u WHERE CURRENT OF c", Change.Delete.class);
    assertThat(delete.using()).hasSize(1);
    assertThat(delete.where()).isPresent();
    assertThat(Readings.one("DELETE FROM t", Change.Delete.class).where())
        .isEqualTo(Optional.empty());
  }

  @Test
  void merge_keeps_every_branch() {
    Change.Merge merge =
        Readings.one(
            "MERGE INTO t USING s ON a WHEN MATCHED AND b THEN DELETE WHEN MATCHED THEN UPDATE SET"
                + " c = 1 WHEN NOT MATCHED THEN INSERT (d) VALUES (1) WHEN NOT MATCHED BY SOURCE"
                + " THEN DO NOTHING RETURNING *",
            Change.Merge.class);
    assertThat(merge.branches())
        .extracting(branch -> branch.action().getClass().getSimpleName())
        .containsExactly("MergeDelete", "MergeUpdate", "MergeInsert", "MergeNothing");
    assertThat(merge.returning()).isPresent();
  }

  @Test
  void explain_holds_the_statement_and_its_options() {
    Statement.Explain explain =
        Readings.one("EXPLAIN (ANALYSE, FORMAT json) DELETE FROM t", Statement.Explain.class);
    assertThat(explain.options())
        .extracting(Statement.Option::name)
        .containsExactly("analyze", "format");
    assertThat(explain.statement()).isInstanceOf(Change.Delete.class);
    assertThat(Readings.one("EXPLAIN ANALYZE (SELECT 1)", Statement.Explain.class).options())
        .hasSize(1);
    assertThat(Readings.one("EXPLAIN (SELECT 1)", Statement.Explain.class).options()).isEmpty();
  }
}
