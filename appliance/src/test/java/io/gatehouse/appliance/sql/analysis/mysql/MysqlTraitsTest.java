package io.gatehouse.appliance.sql.analysis.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Trait;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlTraitsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select id from orders | UNBOUNDED_RESULT",
        "select id from orders limit 5 | ",
        "select max(id) from orders | ",
        "select group_concat(id) from orders | ",
        "select max(id) from orders group by amount | UNBOUNDED_RESULT",
        "delete from orders | WITHOUT_CONDITION WHOLE_TABLE",
        "delete from orders limit 1 | WITHOUT_CONDITION WHOLE_TABLE",
        "delete from orders where 1 | WHOLE_TABLE",
        "delete from orders where 1 = 1 limit 0 | WHOLE_TABLE",
        "delete from orders where id = ID | WHOLE_TABLE",
        "delete from orders where orders.id = Orders.id | WHOLE_TABLE",
        "delete from orders where id <=> id | WHOLE_TABLE",
        "delete from orders where id = 1 or true | WHOLE_TABLE",
        "delete from orders where id = 1 || 1 | WHOLE_TABLE",
        "delete from orders where id = 1 xor 1 | WHOLE_TABLE",
        "delete from orders where not 0 | WHOLE_TABLE",
        "delete from orders where id like id | WHOLE_TABLE",
        "delete from orders where id regexp '1' | ",
        "delete from orders where id = 1 | ",
        "delete from orders where id = ? and 1 | ",
        "delete from orders where id in (1, 2) | ",
        "delete o from orders o, customers c | WITHOUT_CONDITION WHOLE_TABLE",
        "update orders set id = 1 | WITHOUT_CONDITION WHOLE_TABLE",
        "update orders set id = 1 where amount is null | ",
        "truncate orders | WITHOUT_CONDITION WHOLE_TABLE LOCKS",
        "+delete from orders where id = 1 returning id | RETURNS_CHANGED",
        "select id from orders limit 1 for update | LOCKS",
        "select id from orders limit 1 lock in share mode | LOCKS",
        "select get_lock('a', 1) | LOCKS",
        "lock tables orders read | LOCKS",
        "explain analyze select 1 | EXPLAIN_EXECUTES",
        "+analyze delete from orders where id = 1 | EXPLAIN_EXECUTES",
        "explain delete from orders | ",
        "select leak() | USER_CODE",
        "select lib_run() | USER_CODE",
        "select to_char(1) | USER_CODE",
        "call pr1() | USER_CODE UNBOUNDED_RESULT",
        "insert into trapped (x) values (1) | USER_CODE",
        "select x from mine limit 1 | ",
        "select user() | SYSTEM_DATA",
        "select load_file('x') | FILES",
        "select 1 into outfile 'x' | FILES",
        "load data infile 'x' into table orders | FILES",
        "load data local infile 'x' into table orders | ",
        "select ssn into @a from customers limit 1 | KEEPS_RESULT",
        "select @a := ssn from customers limit 1 | KEEPS_RESULT",
        "set @a = (select ssn from customers limit 1) | KEEPS_RESULT",
        "set @a = 1 | ",
        "create table t select 1 | KEEPS_RESULT",
        "create definer = root view w as select 1 | IDENTITY",
        "create definer = root procedure p() select 1 | IDENTITY",
        "set role all | IDENTITY",
        "set password = 'x' | PRIVILEGES",
        "grant select on orders to a | PRIVILEGES",
        "grant proxy on root to a | PRIVILEGES IDENTITY",
        "set sql_mode = 'STRICT_TRANS_TABLES' | ",
        "set sql_mode = concat(@@sql_mode, ',STRICT_TRANS_TABLES') | ",
        "set sql_mode = 'ANSI_QUOTES' | CHANGES_READING",
        "set sql_mode = @a | CHANGES_READING",
        "set sql_mode = 4 | CHANGES_READING",
        "set names latin1 | ",
        "set names gbk | CHANGES_READING",
        "set character_set_client = gbk | CHANGES_READING",
        "set optimizer_trace = 'enabled=on' | DISCLOSES",
        "show warnings | DISCLOSES",
        "show count(*) warnings | ",
        "show processlist | SYSTEM_DATA DISCLOSES",
        "show engine innodb status | SYSTEM_DATA DISCLOSES",
        "show tables | SYSTEM_DATA",
        "select table_name from information_schema.tables limit 1 | SYSTEM_DATA",
        "select user from mysql.user limit 1 | SYSTEM_DATA DISCLOSES",
        "select info from information_schema.processlist limit 1 | SYSTEM_DATA DISCLOSES",
        "get diagnostics condition 1 @m = message_text | DISCLOSES KEEPS_RESULT",
        "get diagnostics @m = number | ",
        "kill query 5 | DISTURBS_OTHERS",
        "prepare s from @q | DYNAMIC_CODE",
        "+execute immediate concat('a') | DYNAMIC_CODE USER_CODE",
        "binlog 'x' | DYNAMIC_CODE USER_CODE",
        "install plugin a soname 'b' | FILES PROGRAMS",
        "change replication source to source_host = 'x' | NETWORK",
        "create server s foreign data wrapper mysql options (host 'x') | NETWORK",
        "select 1; delete from orders where id = 1 | ONE_OF_SEVERAL",
      })
  void statement_read_hasTraits(String sql, String traits) {
    Set<String> expected = traits == null ? Set.of() : Set.of(traits.split(" "));
    Analysed analysed = MysqlDialectTest.analysed(sql);
    assertThat(analysed.command().traits().stream().map(Trait::name))
        .as("%s: %s", sql, analysed.command().doubt())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "use pub | MovesNames",
        "set names latin1 | MovesNames",
        "set character set utf8mb4 | MovesNames",
        "set sql_mode = '' | MovesNames",
        "set character_set_results = null | MovesNames",
        "set time_zone = '+00:00' | ",
        "set autocommit = 0 | EndsTransaction",
        "RESET CONNECTION | BeginsAnew EndsTransaction",
        "begin | EndsTransaction",
        "commit | EndsTransaction",
        "rollback to a | ",
        "lock tables orders read | EndsTransaction",
        "select leak() | RunsCode",
        "insert into trapped (x) values (1) | RunsCode",
        "insert into orders (id) values (1) | ",
        "call pr1() | RunsCode EndsTransaction",
        "create table t (id int) | Defines EndsTransaction",
        "create temporary table t (id int) | MakesTemporary",
        "create temporary table if not exists t select 1 | MakesTemporary",
        "drop temporary table mine | ",
        "drop table orders | Defines EndsTransaction",
        "drop database pub | MovesNames Defines EndsTransaction",
        "create view w as select 1 | Defines EndsTransaction",
        "alter table orders add x int | Defines EndsTransaction",
        "alter table mine rename to mine2 | MakesTemporary Defines EndsTransaction",
        "rename table orders to o2 | Defines EndsTransaction",
        "+rename table mine to o2 | MakesTemporary Defines EndsTransaction",
        "truncate orders | EndsTransaction",
        "create user a | EndsTransaction",
        "flush privileges | EndsTransaction",
        "prepare s from 'select 1' | Prepares",
        "prepare S from \"select 'x'\" | Prepares",
        "prepare s from @q | Deallocates",
        "prepare s from/**/'select 1' | Deallocates",
        "+prepare s from 'sel' 'ect 1' | Deallocates",
        "prepare s from 'select 1 + ''1''' | Deallocates",
        "execute s | RunsPrepared",
        "deallocate prepare s | Deallocates",
        "+execute immediate 'select 1' | RunsCode EndsTransaction",
      })
  void statement_read_leaves(String sql, String consequences) {
    Set<String> expected = consequences == null ? Set.of() : Set.of(consequences.split(" "));
    Analysed analysed = MysqlDialectTest.analysed(sql);
    assertThat(analysed.consequences().stream().map(one -> one.getClass().getSimpleName()))
        .as("%s: %s", sql, analysed.command().doubt())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void prepare_ofPlainText_saysWhereItStands() {
    for (String sql :
        List.of(
            "prepare S from 'select 1'",
            "/* prepare */ prepare s from\n\"select 1\"  ;",
            "prepare s FROM'select 1' -- 'select 1'")) {
      Analysed analysed = MysqlScenes.one(Flavour.MYSQL, sql);
      int from = sql.indexOf("select 1");
      assertThat(analysed.consequences())
          .as(sql)
          .contains(new Consequence.Prepares("s", from, from + 8));
    }
  }

  @Test
  void temporaryTable_made_isNamedWithItsDatabase() {
    assertThat(MysqlScenes.one(Flavour.MYSQL, "create temporary table t (id int)").consequences())
        .containsExactly(new Consequence.MakesTemporary(Set.of(new QualifiedName("corp", "t"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table t (id int)",
        "alter table orders add x int",
        "create procedure p() select 1",
        "change replication source to source_host = 'x'",
      })
  void statement_readInPart_isAnOutline(String sql) {
    assertThat(MysqlScenes.one(Flavour.MYSQL, sql).command().certainty())
        .isEqualTo(Certainty.OUTLINE);
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void names_unknown_everythingWaits(Flavour flavour) {
    for (String sql : List.of("select 1", "select id from corp.orders", "commit")) {
      Analysed analysed = MysqlScenes.all(flavour, sql, NameState.UNKNOWN).getFirst();
      assertThat(analysed.awaitsNames()).as(sql).isTrue();
    }
    assertThat(
            MysqlScenes.all(flavour, "RESET CONNECTION", NameState.UNKNOWN)
                .getFirst()
                .awaitsNames())
        .isFalse();
  }

  @Test
  void server_ofTheOtherKind_isNotUnderstood() {
    NameState mariadb = MysqlScenes.names(Flavour.MARIADB);
    assertThat(MysqlScenes.all(Flavour.MYSQL, "select 1", mariadb).getFirst().command().doubt())
        .isEqualTo("the server is not of the kind that the target says");
  }

  @Test
  void settings_ofTheSession_decideHowATextIsRead() {
    NameState ansi = MysqlScenes.names(Flavour.MYSQL, SessionSettings.SQL_MODE, "ANSI_QUOTES");
    assertThat(MysqlScenes.all(Flavour.MYSQL, "select \"ssn\" from customers", ansi).getFirst())
        .extracting(analysed -> analysed.command().accesses().size())
        .isEqualTo(2);
    NameState gbk = MysqlScenes.names(Flavour.MYSQL, SessionSettings.CHARSET, "gbk");
    assertThat(MysqlScenes.all(Flavour.MYSQL, "select 'ä'", gbk).getFirst().command().certainty())
        .isEqualTo(Certainty.NONE);
  }

  @Test
  void databases_ignoringCase_areFoundInSmallLetters() {
    NameState names = MysqlScenes.names(Flavour.MYSQL, SessionSettings.NAMES_IGNORE_CASE, "1");
    assertThat(
            MysqlScenes.all(Flavour.MYSQL, "select ORDERS.id from Corp.Orders", names)
                .getFirst()
                .command()
                .certainty())
        .isEqualTo(Certainty.EXACT);
    assertThat(MysqlScenes.one(Flavour.MYSQL, "select id from Corp.Orders").command().certainty())
        .isEqualTo(Certainty.NONE);
  }

  @Test
  void statement_behindCode_isNotUnderstood() {
    List<Analysed> all =
        MysqlScenes.all(Flavour.MYSQL, "select leak(); select 1", MysqlScenes.names(Flavour.MYSQL));
    assertThat(all.getLast().command().doubt()).contains("send them one by one");
    List<Analysed> plain =
        MysqlScenes.all(
            Flavour.MYSQL, "select 1; select 2; use pub", MysqlScenes.names(Flavour.MYSQL));
    assertThat(plain).allMatch(one -> one.command().traits().contains(Trait.ONE_OF_SEVERAL));
    assertThat(plain).allMatch(one -> one.command().certainty() == Certainty.EXACT);
  }
}
