package io.gatehouse.appliance.sql.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.analysis.HandMade;
import java.util.Collection;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineageTest {

  /**
   * A column as it stands there is {@code customers.ssn}, what is computed {@code ~customers.ssn}.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select ssn from customers | customers.ssn",
        "select ssn as id, c.id from customers c | customers.ssn, customers.id",
        "select * from customers | customers.id, customers.name, customers.ssn",
        "table customers | customers.id, customers.name, customers.ssn",
        "select o.*, c.ssn from customers c, orders o | orders.id, orders.customer_id,"
            + " orders.total, customers.ssn",
        "select * from (select id, total from orders) o natural join customers | orders.id,"
            + " orders.total, customers.name, customers.ssn",
        "select * from orders o join customers c using (id) | orders.id, orders.customer_id,"
            + " orders.total, customers.name, customers.ssn",
        "select * from orders o full join customers c using (id) | ~customers.id+orders.id,"
            + " orders.customer_id, orders.total, customers.name, customers.ssn",
        "select * from orders o right join customers c using (id) | customers.id,"
            + " orders.customer_id, orders.total, customers.name, customers.ssn",
        "select j.a, j.c from (customers c cross join orders) as j(a,b,c) | customers.id,"
            + " customers.ssn",
        "with t(a,b) as (select id, ssn from customers) select b from t | customers.ssn",
        "select x from (select ssn from customers) t(x) | customers.ssn",
        "select name from customers union all select ssn from customers |"
            + " ~customers.name+customers.ssn",
        "select ssn from customers union all select ssn from customers | customers.ssn",
        "select (select ssn from customers limit 1) | ~customers.ssn",
        "values ((select ssn from customers limit 1)) | ~customers.ssn",
        "select l.note from orders o, lateral (select c.ssn as note from customers c where c.id ="
            + " o.customer_id) l | customers.ssn",
        "select customers from customers | ~customers.id+customers.name+customers.ssn",
        "select c from customers c | ~customers.id+customers.name+customers.ssn",
        "select (c).ssn from customers c | customers.ssn",
        "select (c).* from customers c | customers.id, customers.name, customers.ssn",
        "select c.upper from customers c | ~customers.id+customers.name+customers.ssn",
        "select row_to_json(c) from customers c | ~customers.id+customers.name+customers.ssn",
        "select row(c.*) from customers c | ~customers.id+customers.name+customers.ssn",
        "select count(*) from customers | ~",
        "select max(ssn), count(id) from customers | ~customers.ssn, ~customers.id",
        "select rank() over (order by ssn) from customers | ~customers.ssn",
        "select rank() over w from customers window w as (partition by name) | ~customers.name",
        "select ssn::text, ssn::varchar(3) from customers | customers.ssn, ~customers.ssn",
        "select name::text, name collate \"C\" from customers | customers.name, customers.name",
        "select case when id = 1 then name end from customers | ~customers.id+customers.name",
        "select exists (select 1 from customers where ssn = 'x') | ~",
        "select ssn = any (select name from customers) from customers |"
            + " ~customers.name+customers.ssn",
        "select ctid, xmin from customers | ~customers.id+customers.name+customers.ssn, ~",
        "select note from v_old | customers.ssn",
        "select note from v_over | customers.ssn",
        "select note from v_new | ~customers.name+customers.ssn",
        "select note from v | ~customers.ssn",
        "delete from customers where id = 1 returning ssn, old.name | customers.ssn,"
            + " customers.name",
        "update customers set name = 'x' where id = 1 returning * | customers.id, customers.name,"
            + " customers.ssn",
        "merge into orders o using customers c on o.id = c.id when matched then delete returning *"
            + " | customers.id, customers.name, customers.ssn, orders.id, orders.customer_id,"
            + " orders.total",
        "with recursive r(i, v) as (select 1, name from customers union all select i + 1, (select"
            + " ssn from customers where id = r.i) from r) select v from r |"
            + " ~customers.name+customers.ssn",
        "with recursive r(a, b) as (select id, name from customers union all select b, ssn from r,"
            + " customers) select a from r | ~customers.id+customers.name+customers.ssn",
        "select (select (o).id from orders o limit 1) from (select customers as o from customers) x"
            + " | ~customers.id+customers.name+customers.ssn",
        "select e from customers c, unnest(array[c.ssn]) e | ~customers.ssn",
        "select f.x from customers c, json_to_record(to_json(c)) f(x text) |"
            + " ~customers.id+customers.name+customers.ssn",
        "select * from generate_series(1, 3) g | ~",
        "copy customers (id, ssn) to stdout | customers.id, customers.ssn",
        "prepare p as select ssn from customers | customers.ssn",
        "declare c cursor for select ssn from customers | customers.ssn",
      })
  void output_dependsOn(String sql, String expected) {
    Lineage lineage = lineage(sql);
    assertThat(lineage.unproved()).isEmpty();
    assertThat(
            lineage.outputs().stream()
                .map(output -> words(output.flow()))
                .collect(Collectors.joining(", ")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select id from customers where ssn like 'a%' | customers.ssn",
        "select id from customers order by ssn | customers.ssn",
        "select ssn as id from customers order by id | customers.id+customers.ssn",
        "select id, ssn from customers order by 2 | customers.ssn",
        "select count(*) from customers group by ssn | customers.ssn",
        "select 1 from customers group by grouping sets ((ssn), ()) | customers.ssn",
        "select name from customers group by name having max(ssn) > 'a' |"
            + " customers.name+customers.ssn",
        "select distinct ssn from customers | customers.ssn",
        "select distinct on (ssn) id from customers | customers.ssn",
        "select ssn from customers union select ssn from customers | customers.ssn",
        "select ssn from customers intersect all select '1' | customers.ssn",
        "select 1 from customers c join orders o on o.total = c.ssn | customers.ssn+orders.total",
        "select 1 from customers a natural join customers b | customers.id+customers.name"
            + "+customers.ssn",
        "select 1 limit (select count(ssn) from customers) | customers.ssn",
        "select 1 from customers c, generate_series(1, c.id) | customers.id",
        "select 1 from customers tablesample system (1) |"
            + " customers.id+customers.name+customers.ssn",
        "select 1 from v_old | customers.id",
        "select exists (select 1 from customers where ssn = 'x') | customers.ssn",
        "with recursive r(i, v) as (select id, ssn from customers union all select 0, 'm' order by"
            + " v limit 3) select i from r | customers.ssn",
        "select 1 where 'x' in (select ssn from customers) | customers.ssn",
        "update orders set total = 1 from customers where customers.ssn = 'x' | customers.ssn",
        "insert into customers (id) values (1) on conflict (ssn) do nothing | customers.ssn",
      })
  void rows_areDecidedBy(String sql, String expected) {
    Lineage lineage = lineage(sql);
    assertThat(lineage.unproved()).isEmpty();
    assertThat(words(lineage.decides())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select ssn::int from customers | customers.ssn",
        "select 1 / id from customers | customers.id",
        "select case when ssn = 'x' then 1 / id end from customers | customers.id+customers.ssn",
        "^select upper(ssn) || 'x' from customers^ | ^^",
        "select ssn like 'a%', ssn is null, coalesce(ssn, '') from customers | ^^",
        "select ssn like '%\\' from customers | customers.ssn",
        "select ssn ~ 'a' from customers | customers.ssn",
        "select substring(ssn from 1 for 2) from customers | customers.ssn",
        "select evil.leak(ssn) from customers | customers.ssn",
        "select count(ssn), max(ssn), row_number() over () from customers | ^^",
        "select case when ssn = 'x' then (select 1 / (id - id) from orders limit 1) end from"
            + " customers | customers.ssn+orders.id",
        "select case when ssn = 'x' then (select id from orders) end from customers |"
            + " customers.ssn+orders.id",
        "select case when ssn = 'x' then v end from (select ssn, 1 / id v from customers) d |"
            + " customers.id+customers.ssn",
        "select case when ssn = 'x' then v end from (select c.ssn, (select id from orders) v from"
            + " customers c) d | customers.ssn+orders.id",
        "select case when ssn = 'x' then exists (select 1 / id from orders) end from customers |"
            + " customers.ssn+orders.id",
        "select case when ssn = 'x' then (select max(name) from customers) end from customers | ^^",
        "select (select ssn from customers) | ^^",
      })
  void failing_dependsOn(String sql, String expected) {
    assertThat(words(lineage(sql).risky())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "insert into orders (total, id) select ssn, id from customers | orders.total<customers.ssn",
        "update orders set total = customers.ssn from customers | orders.total<customers.ssn",
        "insert into customers (id) values (1) on conflict (id) do update set name = customers.ssn"
            + " | customers.name<customers.ssn",
        "insert into customers (id, ssn) values (1, 'x') on conflict (id) do update set name ="
            + " excluded.ssn | ^^",
        "merge into orders o using customers c on o.id = c.id when not matched then insert (total)"
            + " values (c.ssn) | orders.total<customers.ssn",
        "with w as (update orders set total = (select ssn from customers) returning 1) select 1 |"
            + " orders.total<~customers.ssn",
      })
  void values_areWritten(String sql, String expected) {
    Lineage lineage = lineage(sql);
    assertThat(lineage.unproved()).isEmpty();
    assertThat(
            lineage.writes().stream()
                .filter(write -> words(write.flow().columns()).contains("ssn"))
                .map(write -> words(write.target()) + "<" + words(write.flow()))
                .distinct()
                .collect(Collectors.joining(", ")))
        .isEqualTo(expected);
  }

  @Test
  void plan_isShapedByAllColumns() {
    assertThat(words(lineage("explain select id from customers").planned()))
        .isEqualTo("customers.id+customers.name+customers.ssn");
    assertThat(lineage("select id from customers").planned()).isEmpty();
  }

  @Test
  void whatIsHandedToCode_escapes() {
    assertThat(words(lineage("select evil.leak(ssn) from customers").escapes()))
        .isEqualTo("customers.ssn");
    assertThat(words(lineage("select upper(ssn) from customers").escapes())).isEmpty();
    assertThat(words(lineage("select nextval(ssn) from customers").escapes()))
        .isEqualTo("customers.ssn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "with recursive a as (select * from b), b as (select 1 as x) select * from a",
        "select * from json_each_value('{}') f",
        "select (evil.leak(1)).* from customers",
        "select nobody from customers",
      })
  void whatCannotBeFollowed_isSaid(String sql) {
    Analysed analysed = HandMade.one(sql);
    assertThat(analysed.lineage().unproved().isPresent() || !analysed.command().doubt().isEmpty())
        .isTrue();
  }

  private static Lineage lineage(String sql) {
    Analysed analysed = HandMade.one(sql);
    assertThat(analysed.command().doubt()).isEmpty();
    return analysed.lineage();
  }

  private static String words(Flow flow) {
    return switch (flow) {
      case Flow.Identity(ColumnOrigin column) -> words(column);
      case Flow.Derived(var columns) -> "~" + words(columns);
    };
  }

  private static String words(Collection<ColumnOrigin> columns) {
    return columns.stream().map(LineageTest::words).sorted().collect(Collectors.joining("+"));
  }

  private static String words(ColumnOrigin column) {
    return column.table() + "." + column.column();
  }
}
