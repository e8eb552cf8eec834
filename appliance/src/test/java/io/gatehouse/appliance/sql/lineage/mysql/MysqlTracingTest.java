package io.gatehouse.appliance.sql.lineage.mysql;

import static io.gatehouse.appliance.sql.lineage.mysql.MysqlHandMade.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.lineage.Lineage;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MysqlTracingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select ssn from customers | c.ssn",
        "SELECT SSN, c.SSN, hr.c.ssn FROM customers c | c.ssn, c.ssn, c.ssn",
        "select ssn as name, name from customers | c.ssn, c.name",
        "select id 'ssn', ssn 'id' from customers | c.id, c.ssn",
        "select * from customers | c.id, c.name, c.ssn, c.salary, c.doc",
        "select o.*, c.ssn from customers c, orders o | o.id, o.customer_id, o.amount, o.note,"
            + " c.ssn",
        "select hr.orders.* from orders | o.id, o.customer_id, o.amount, o.note",
        "select(ssn)from(customers) | c.ssn",
        "select {x ssn} from customers | c.ssn",
        "select /*!50000 ssn */ from customers | c.ssn",
        "select * from (select id, note from orders) o natural join customers | ~c.id+o.id,"
            + " o.note, c.name, c.ssn, c.salary, c.doc",
        "select * from orders o join customers c using (id) | ~c.id+o.id,"
            + " o.customer_id, o.amount, o.note, c.name, c.ssn, c.salary, c.doc",
        "select * from orders o right join customers c using (id) | ~c.id+o.id, c.name,"
            + " c.ssn, c.salary, c.doc, o.customer_id, o.amount, o.note",
        "select id from orders o right join customers c using (id) | ~c.id+o.id",
        "select * from orders o right join customers c on o.id = c.id | o.id, o.customer_id,"
            + " o.amount, o.note, c.id, c.name, c.ssn, c.salary, c.doc",
        "with t as (select ssn from customers) select * from t | c.ssn",
        "with t(a, b) as (select id, ssn from customers) select B from t as x | c.ssn",
        "select x from (select ssn as x from customers) t | c.ssn",
        "select t.n from (select ssn as n from customers) t | c.ssn",
        "select name from customers union all select ssn from customers | ~c.name+c.ssn",
        "select ssn from customers union all select ssn from customers | c.ssn",
        "select (select ssn from customers limit 1) | ~c.ssn",
        "select max(ssn), count(id) from customers | ~c.ssn, ~c.id",
        "select hex(ssn), to_base64(ssn), quote(ssn) from customers | ~c.ssn, ~c.ssn, ~c.ssn",
        "select ssn collate utf8mb4_bin, binary ssn, cast(ssn as char) from customers | ~c.ssn,"
            + " ~c.ssn, ~c.ssn",
        "select if(id = 1, name, '') from customers | ~c.id+c.name",
        "select exists (select 1 from customers where ssn = 'x') | ~",
        "select ssn = any (select name from customers) from customers | ~c.name+c.ssn",
        "select (1, 'x') = (select id, ssn from customers where id = 1) | ~c.id+c.ssn",
        "select rank() over (order by ssn) from customers | ~c.ssn",
        "select rank() over W from customers window w as (partition by name) | ~c.name",
        "select group_concat(name order by ssn) from customers | ~c.name+c.ssn",
        "select note from v_old | c.ssn",
        "select memo from v_over | c.ssn",
        "select c from made | ~made.a+made.c",
        "select ssn n, (select n) from customers | c.ssn, ~c.ssn",
        "select ssn `upper(x)`, `upper(x)` from (select upper(ssn), ssn from customers) d | c.ssn,"
            + " ~c.ssn",
        "with recursive r(i, v) as (select 1, name from customers union all select i + 1, (select"
            + " ssn from customers where id = r.i) from r where i < 5) select v from r |"
            + " ~c.name+c.ssn",
        "with recursive r as (select id, ssn from customers union all select id, ssn from r where"
            + " id < 3) select ssn from r | c.ssn",
        "with recursive r(a, b) as (select id, name from customers union all select b, ssn from r,"
            + " customers union all select a, a from r) select a from r | ~c.id+c.name+c.ssn",
        "select (select key_ from (select ssn as `ſsn` from customers) d limit 1) from (select 1 as"
            + " key_) e | ~c.ssn",
        "select @a, @@version, ? from customers | ~, ~, ~",
        "select @e := ssn from customers | ~c.ssn",
        "select case when id then ssn else 'x' end from customers | ~c.id+c.ssn",
        "select sum(salary) over (partition by name) from customers | ~c.name+c.salary",
      })
  void output_dependsOn(String sql, String expected) {
    for (String version : new String[] {MysqlHandMade.MYSQL, MysqlHandMade.MARIADB}) {
      Lineage lineage = MysqlHandMade.trace(sql, version);
      assertThat(lineage.unproved()).isEmpty();
      assertThat(words(lineage)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "table customers | c.id, c.name, c.ssn, c.salary, c.doc",
        "values row(1, (select ssn from customers limit 1)) | ~, ~c.ssn",
        "select column_1 from (values row(1, (select ssn from customers limit 1))) t | ~c.ssn",
        "select x from (select ssn from customers) t(x) | c.ssn",
        "select l.n from orders o, lateral (select c.ssn n from customers c where c.id ="
            + " o.customer_id) l | c.ssn",
        "select j.v from customers c, json_table(json_array(c.ssn), '$[*]' columns (v text path"
            + " '$')) j | ~c.ssn",
        "select doc->'$.a', doc->>'$.b' from customers | ~c.doc, ~c.doc",
        "select ssn from customers intersect select ssn from customers | c.ssn",
      })
  void outputOfNewerMysql_dependsOn(String sql, String expected) {
    Lineage lineage = MysqlHandMade.trace(sql, MysqlHandMade.NEWER_MYSQL);
    assertThat(lineage.unproved()).isEmpty();
    assertThat(words(lineage)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "delete from customers where id = 1 returning ssn, id | c.ssn, c.id",
        "insert into orders (id) values (1) returning * | o.id, o.customer_id, o.amount, o.note",
        "values ((select ssn from customers limit 1), 1) | ~c.ssn, ~",
        "select json_value(doc, '$.a') from customers | ~c.doc",
      })
  void outputOfMariadb_dependsOn(String sql, String expected) {
    Lineage lineage = MysqlHandMade.trace(sql, MysqlHandMade.MARIADB);
    assertThat(lineage.unproved()).isEmpty();
    assertThat(words(lineage)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select name from customers where ssn like 'a%' | c.ssn",
        "select id from customers order by ssn | c.ssn",
        "select ssn as id from customers order by id | c.id+c.ssn",
        "select id, ssn from customers order by 2 | c.ssn",
        "select upper(ssn) u from customers group by u | c.ssn",
        "select upper(ssn) u from customers order by concat(u, 1) | c.ssn",
        "select count(*) from customers group by ssn with rollup | c.ssn",
        "select id from customers group by id having max(ssn) = 'x' | c.id+c.ssn",
        "select ssn s from customers having s = 'x' | c.ssn",
        "select distinct ssn from customers | c.ssn",
        "select ssn from customers union select ssn from customers | c.ssn",
        "select ssn a from customers union all select 1 order by a | c.ssn",
        "select 1 from customers c join orders o on o.note = c.ssn | c.ssn+o.note",
        "select 1 from customers a natural join customers b |"
            + " c.doc+c.id+c.name+c.salary+c.ssn",
        "select 1 from v_old | c.id",
        "select exists (select 1 from customers where ssn = 'x') | c.ssn",
        "select 1 from orders o where 'x' in (select ssn from customers) | c.ssn",
        "select 1 from orders where (select max(salary) from customers) > 5 | c.salary",
        "update orders set note = 1 where (select ssn from customers limit 1) = 'x' | c.ssn",
        "update orders o join customers c on c.ssn = o.note set o.amount = 1 | c.ssn+o.note",
        "delete o from orders o join customers c using (id) where o.id < 0 | c.id+o.id",
        "delete from customers where id = 1 order by ssn limit 1 | c.id+c.ssn",
        "insert ignore into customers (id) values (1) | c.doc+c.id+c.name+c.salary+c.ssn",
        "replace into customers (id) values (1) | c.doc+c.id+c.name+c.salary+c.ssn",
        "insert into customers (id) values (1) on duplicate key update id = 2 |"
            + " c.doc+c.id+c.name+c.salary+c.ssn",
        "select (select 1 from orders o2 having id > 5 limit 1) from customers c | c.id+o.id",
        "show tables where (select ssn from customers limit 1) = 'x' | c.ssn",
        "create table t9 as select id from customers where ssn = 'x' | c.ssn",
      })
  void rows_areDecidedBy(String sql, String expected) {
    for (String version : new String[] {MysqlHandMade.MYSQL, MysqlHandMade.MARIADB}) {
      Lineage lineage = MysqlHandMade.trace(sql, version);
      assertThat(lineage.unproved()).isEmpty();
      assertThat(words(lineage.decides())).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select ssn + 0 from customers | c.ssn",
        "select -salary, salary * 2 from customers | c.salary",
        "select 1 / id from customers | c.id",
        "select ssn = 0 from customers | c.ssn",
        "select ssn = ? from customers | c.ssn",
        "select if(ssn, 1, 2) from customers | c.ssn",
        "select not ssn, ssn and 1 from customers | c.ssn",
        "^select ssn || 'x' from customers^ | c.ssn",
        "select cast(ssn as char(2)), cast(ssn as signed) from customers | c.ssn",
        "select convert(concat(unhex('FF'), cast(ssn as binary)) using utf8mb4) from customers |"
            + " c.ssn",
        "select extractvalue(1, concat(0x7e, (select ssn from customers limit 1))) | c.ssn",
        "select updatexml(1, concat(0x7e, (select ssn from customers limit 1)), 1) | c.ssn",
        "select json_extract(concat('{\"a\":', ssn, '}'), '$.a') from customers | c.ssn",
        "select ssn regexp '^S' from customers | c.ssn",
        "select group_concat(ssn) from customers | c.ssn",
        "select repeat(ssn, 9999999), space(salary), lpad(ssn, 9, '') from customers |"
            + " c.salary+c.ssn",
        "select left(ssn, salary) from customers | c.salary+c.ssn",
        "select if(ssn like 'S%', sleep(1), 0) from customers | c.ssn",
        "select if(ssn = 'x', (select 1 union select 2), 0) from customers | c.ssn",
        "select if(ssn = 'x', (select 1 / 0), 0) from customers | c.ssn",
        "select if(ssn = 'x', v, 0) from (select ssn, 1 / id v from customers) d | c.id+c.ssn",
        "select if(ssn = 'x', v, 0) from v_lazy | c.id+c.ssn",
        "select if(ssn = 'x', v, 0) from (select ssn, (select 1 union select 2) v from customers) d"
            + " | c.ssn",
        "select if(ssn = 'x', c, 0) from customers x, made | c.ssn+made.a+made.c",
        "with recursive r as (select ssn s from customers union all select concat(s, 'x') from r"
            + " limit 9) select 1 from r | c.ssn",
        "^select upper(ssn), concat(ssn, 'x', salary), left(ssn, 2), hex(ssn) from customers^ | ^^",
        "select ssn like 'a%', ssn is null, coalesce(ssn, '') = name from customers | ^^",
        "select count(ssn), max(ssn), row_number() over () from customers | ^^",
        "select case when ssn = 'x' then name else upper(ssn) end from customers | ^^",
        "select if(ssn = 'x', (select max(name) from customers), 0) from customers | ^^",
        "select sum(salary), avg(salary), md5(ssn), char_length(ssn) from customers | ^^",
      })
  void failing_dependsOn(String sql, String expected) {
    for (String version : new String[] {MysqlHandMade.MYSQL, MysqlHandMade.MARIADB}) {
      Lineage lineage = MysqlHandMade.trace(sql, version);
      assertThat(lineage.unproved()).isEmpty();
      assertThat(words(lineage.risky())).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select id from customers where (@e := ssn) is not null | c.ssn",
        "do @f := (select ssn from customers limit 1) | c.ssn",
        "set @x = (select ssn from customers limit 1) | c.ssn",
        "update orders set amount = 1 where last_insert_id((select salary from customers limit 1))"
            + " | c.salary",
        "select get_lock(ssn, 1), is_free_lock(name) from customers | c.ssn",
        "select sleep(salary), benchmark(salary, 1) from customers | c.salary",
        "select hr.f(ssn), unknown_f(name) from customers | c.name+c.ssn",
        "select rand(salary) from customers | ^^",
        "call p((select ssn from customers limit 1)) | c.ssn",
        "signal sqlstate '45000' set message_text = @m | ^^",
        "kill (select salary from customers limit 1) | c.salary",
        "checksum table customers | c.doc+c.id+c.name+c.salary+c.ssn",
        "explain select id from customers where ssn = 'x' | c.id+c.ssn",
        "explain select 1 from customers where exists (select ssn from customers) | c.ssn",
        "explain update orders set note = (select ssn from customers limit 1) | c.ssn",
      })
  void handedOver_are(String sql, String expected) {
    for (String version : new String[] {MysqlHandMade.MYSQL, MysqlHandMade.MARIADB}) {
      Lineage lineage = MysqlHandMade.trace(sql, version);
      assertThat(lineage.unproved()).isEmpty();
      assertThat(words(lineage.escapes())).isEqualTo(expected);
    }
  }

  @Test
  void whereNamesIgnoreCase_aliasesDo() {
    Map<String, String> folding = Map.of("lower_case_table_names", "1");
    String sql = "select C.ssn, CUSTOMERS2.ssn from CUSTOMERS c, HR.customers Customers2";
    assertThat(words(MysqlHandMade.trace(sql, MysqlHandMade.MYSQL, folding)))
        .isEqualTo("c.ssn, c.ssn");
    assertThat(MysqlHandMade.trace(sql, MysqlHandMade.MYSQL).unproved()).isPresent();
    assertThat(
            MysqlHandMade.trace("select 1 from customers ſ", MysqlHandMade.MYSQL, folding)
                .unproved())
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select SSN, c.id, upper(ssn), ssn as ' x' from customers c | ,id,,",
        "select * from Cased | ID,Ssn",
        "select * from (select SSN, 1 from customers) d | ,",
        "select ssn as a from customers union all select note from orders | a",
        "select note from v_old | note",
      })
  void labels_areSaidWhereCertain(String sql, String expected) {
    assertThat(
            MysqlHandMade.trace(sql, MysqlHandMade.MYSQL).outputs().stream()
                .map(Lineage.Output::label)
                .collect(Collectors.joining(",")))
        .isEqualTo(expected);
  }
}
