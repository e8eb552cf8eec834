package io.gatehouse.appliance.sql.lineage.mysql;

import static io.gatehouse.appliance.sql.lineage.mysql.MysqlHandMade.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.lineage.Lineage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that are no query, and what cannot be followed. */
class MysqlStatementsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "insert into orders (note, id) select ssn, id from customers | o.note<c.ssn",
        "insert into orders set note = (select ssn from customers limit 1) | o.note<~c.ssn",
        "insert into orders (note, amount) values ((select ssn from customers limit 1), note) |"
            + " o.note<~c.ssn, o.amount<~c.ssn",
        "insert into orders (id) values (note) | ^^",
        "insert into made (a, b) values ((select ssn from customers limit 1), 1) | made.a<~c.ssn",
        "update customers set name = ssn where id = 7 | c.name<c.ssn",
        "update customers set name = ssn, salary = name | c.name<c.ssn,"
            + " c.salary<~c.name+c.ssn",
        "update customers set salary = name, name = ssn | c.salary<~c.name+c.ssn,"
            + " c.name<c.ssn",
        "update orders o, customers c set o.note = c.ssn where o.id = c.id | o.note<c.ssn",
        "insert into customers (id, ssn) values (1, 'x') on duplicate key update name = ssn |"
            + " c.name<c.ssn",
        "insert into customers (id, ssn) values (1, 'x') on duplicate key update name ="
            + " values(ssn) | ^^",
        "insert into orders (note) select ssn from customers on duplicate key update amount ="
            + " values(note) | o.note<c.ssn, o.amount<~c.ssn",
        "insert into orders (id) select id from customers on duplicate key update note ="
            + " customers.ssn | o.note<c.ssn",
        "replace into orders (note) select ssn from customers | o.note<c.ssn",
        "load data infile 'x' into table orders (id, @v) set note = (select ssn from customers"
            + " limit 1), amount = note | o.note<~c.ssn, o.amount<~c.ssn",
        "update orders set amount = (select concat(ssn, note) from customers limit 1) |"
            + " o.amount<~c.ssn+o.note",
        "explain update orders set note = (select ssn from customers limit 1) | o.note<~c.ssn",
        "update v_over, customers c set memo = c.name | v_over.memo<c.name, c.ssn<c.name",
      })
  void values_areWritten(String sql, String expected) {
    for (String version : new String[] {MysqlHandMade.MYSQL, MysqlHandMade.MARIADB}) {
      Lineage lineage = MysqlHandMade.trace(sql, version);
      assertThat(lineage.unproved()).isEmpty();
      assertThat(
              lineage.writes().stream()
                  .filter(write -> !write.flow().columns().isEmpty())
                  .map(write -> words(List.of(write.target())) + "<" + words(write.flow()))
                  .filter(write -> write.contains("ssn") || write.contains("memo"))
                  .distinct()
                  .collect(Collectors.joining(", ")))
          .isEqualTo(expected);
    }
  }

  @Test
  void newRowByItsAlias_isFollowed() {
    Lineage lineage =
        MysqlHandMade.trace(
            "insert into customers (id, name) values (1, 'x') as new(a, b, c, d, e) on duplicate"
                + " key update name = c, salary = new.b, doc = ssn",
            MysqlHandMade.NEWER_MYSQL);
    assertThat(lineage.unproved()).isEmpty();
    assertThat(
            lineage.writes().stream()
                .filter(Lineage.Write::existing)
                .map(write -> words(List.of(write.target())) + "<" + words(write.flow())))
        .contains("c.name<~", "c.salary<~", "c.doc<c.ssn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select ssn from customers | ROWS",
        "select ssn into @v from customers | KEPT",
        "select ssn from customers into outfile '/x' | KEPT",
        "create table t9 as select ssn from customers | KEPT",
        "create temporary table t9 select ssn from customers | KEPT",
        "create view v9 as select ssn from customers | KEPT",
        "handler customers open | KEPT",
        "handler customers open as orders | KEPT",
        "prepare p from 'select ssn from customers' | NAMED",
        "execute p using @a | BEHIND_NAME",
        "explain select ssn from customers | PLAN",
        "call p() | ROWS",
        "show tables | ROWS",
        "do 1 | NO_ROWS",
        "set @a = 1, sql_mode = '' | NO_ROWS",
        "update customers set ssn = 'x' | NO_ROWS",
        "truncate orders | NO_ROWS",
        "drop table orders | NO_ROWS",
        "create table t9 (a int) | NO_ROWS",
        "alter table customers add x int | NO_ROWS",
        "begin | NO_ROWS",
        "use hr | NO_ROWS",
        "flush tables | NO_ROWS",
        "grant select on hr.* to a | NO_ROWS",
      })
  void ending_is(String sql, Lineage.Ending expected) {
    for (String version : new String[] {MysqlHandMade.MYSQL, MysqlHandMade.MARIADB}) {
      Lineage lineage = MysqlHandMade.trace(sql, version);
      assertThat(lineage.unproved()).isEmpty();
      assertThat(lineage.ending()).isEqualTo(expected);
    }
  }

  @Test
  void preparedText_isFollowed() {
    Lineage lineage =
        MysqlHandMade.trace("prepare p from 'select ssn from customers'", MysqlHandMade.MYSQL);
    assertThat(words(lineage.behindName())).isEqualTo("c.ssn");
  }

  @Test
  void statementWithHarmlessSetting_isFollowed() {
    Lineage lineage =
        MysqlHandMade.trace(
            "set statement max_statement_time = 1 for select ssn from customers",
            MysqlHandMade.MARIADB);
    assertThat(words(lineage)).isEqualTo("c.ssn");
  }

  @Test
  void plan_isShapedByAllColumns() {
    assertThat(
            words(
                MysqlHandMade.trace("explain select id from customers", MysqlHandMade.MYSQL)
                    .planned()))
        .isEqualTo("c.doc+c.id+c.name+c.salary+c.ssn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select nobody from customers",
        "select x.ssn from customers",
        "select other.customers.ssn from customers",
        "select note from v_lost",
        "select note from v_odd",
        "select * from mine",
        "select * from nowhere",
        "select 1 from customers a join customers b using (nobody)",
        "with t(a, b, c, d, e, f, g, h) as (select o.*, o.* from orders o) select a from t",
        "select 1 from (select upper(id), id from customers) a natural join orders",
        "with recursive a as (select * from b), b as (select 1 as x) select * from a",
        "select ssn from customers union select id, ssn from customers",
        "select ssn from customers order by 9",
        "handler customers read first",
        "show warnings",
        "show errors limit 1",
        "show count(*) warnings",
        "show engine innodb status",
        "show profiles",
        "show binlog events",
        "get diagnostics condition 1 @m = message_text",
        "prepare p from @q",
        "update (select id from customers) d set id = 1",
      })
  void whatCannotBeFollowed_isSaid(String sql) {
    for (String version : new String[] {MysqlHandMade.MYSQL, MysqlHandMade.MARIADB}) {
      assertThat(MysqlHandMade.trace(sql, version).unproved()).isPresent();
    }
  }

  @Test
  void settingsForOneStatement_areNotFollowed() {
    assertThat(
            MysqlHandMade.trace(
                    "set statement group_concat_max_len = 1 for select ssn from customers",
                    MysqlHandMade.MARIADB)
                .unproved())
        .isPresent();
  }

  @Test
  void temporaryTableOfThatName_isNotFollowed() {
    assertThat(
            MysqlHandMade.trace(
                    "select ssn from customers",
                    MysqlHandMade.MYSQL,
                    Map.of("hidden_tables", "yes"))
                .unproved())
        .isPresent();
  }
}
