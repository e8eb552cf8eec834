package io.gatehouse.appliance.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.witness.Testimony;
import io.gatehouse.appliance.sql.witness.Witness;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Trait;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresDialectTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select 1 | SESSION | session session",
        "select ssn from customers | READ | read hr.customers, read hr.customers.ssn",
        "select c.ssn from customers c, orders o | READ | read hr.customers, read hr.customers.ssn,"
            + " read hr.orders",
        "select count(*) from orders | READ | read hr.orders",
        "select count(o) from not_there o | UNKNOWN | unknown server",
        "table orders | READ | read hr.orders, read hr.orders.id, read hr.orders.customer_id, read"
            + " hr.orders.total",
        "select o.* from customers c, orders o | READ | read hr.customers, read hr.orders, read"
            + " hr.orders.id, read hr.orders.customer_id, read hr.orders.total",
        "select j.id from (customers c cross join orders o) as j | READ | read hr.customers, read"
            + " hr.customers.id, read hr.customers.name, read hr.customers.ssn, read hr.orders,"
            + " read hr.orders.id, read hr.orders.customer_id, read hr.orders.total",
        "select exists (select * from orders) | READ | read hr.orders",
        "select 1 from part | READ | read hr.part, read via hr.part_1",
        "select ssn from part_1 | READ | read hr.part_1, read hr.part_1.ssn, read via hr.part,"
            + " read via hr.part.ssn",
        "select 1 from v | READ | read hr.v, read via hr.customers, read via hr.customers.ssn",
        "select 1 from counted | READ | read hr.counted, read via hr.customers",
        "with customers as (select 1 as ssn) select ssn from customers | SESSION | session session",
        "with customers as (select id from customers) select id from customers | READ | read"
            + " hr.customers, read hr.customers.id",
        "with customers as (select 1 as id) delete from customers where id = 1 | DELETE | delete"
            + " hr.customers, read hr.customers.id",
        "(with orders as (select 1) table orders) union all select total from orders | READ | read"
            + " hr.orders, read hr.orders.total",
        "with d as (delete from orders returning id) select 1 from d | DELETE | delete hr.orders,"
            + " read hr.orders.id",
        "insert into orders (total) select ssn from customers | WRITE | write hr.orders, write"
            + " hr.orders.total, read hr.customers, read hr.customers.ssn",
        // A name without qualifier counts for all that have such a column.
        "insert into orders (id) select id from customers | WRITE | write hr.orders, write"
            + " hr.orders.id, read hr.customers, read hr.customers.id, read hr.orders.id",
        "update orders set total = 1 where id = 2 | WRITE | write hr.orders, write"
            + " hr.orders.total, read hr.orders.id",
        "update orders set total = 1 returning old | WRITE | write hr.orders, write"
            + " hr.orders.total, read hr.orders.id, read hr.orders.customer_id, read"
            + " hr.orders.total",
        "delete from parent where id = 1 | DELETE | delete hr.parent, delete via hr.orders, read"
            + " hr.parent.id",
        "truncate orders | DELETE | delete hr.orders",
        "truncate orders cascade | DELETE | delete hr.orders, delete database",
        "select 1 into kept from orders | DEFINE | define hr.kept, read hr.orders",
        "create temp table kept as select id from orders | DEFINE | define pg_temp.kept, read"
            + " hr.orders, read hr.orders.id",
        "explain delete from orders | READ | read hr.orders",
        "explain (analyze off) delete from orders | READ | read hr.orders",
        "explain analyze delete from orders | DELETE | delete hr.orders",
        "copy orders (id) to stdout | READ | read hr.orders, read hr.orders.id",
        "copy (delete from orders returning id) to stdout | DELETE | delete hr.orders, read"
            + " hr.orders.id",
        "copy not_there from stdin | UNKNOWN | unknown server",
        "copy orders (id) from stdin | WRITE | write hr.orders, write hr.orders.id",
        "copy orders (id) to '/tmp/x' | TRANSFER | read hr.orders, read hr.orders.id, transfer"
            + " /tmp/x",
        "copy orders (id) to program 'x' | TRANSFER | read hr.orders, read hr.orders.id, transfer"
            + " program",
        "select * from hr.twice | READ | read hr.twice, read hr.twice.id",
        "select * from corp.hr.twice | READ | read hr.twice, read hr.twice.id",
        "select * from other.hr.twice | UNKNOWN | unknown server",
        "select id from mine | READ | read pg_temp.mine",
        "select nextval('s') | WRITE | write sequence",
        "select set_config('work_mem', '1MB', false) | SESSION | session work_mem",
        "select set_config(name, 'x', false) from pg_settings where name = 'work_mem' | READ | read"
            + " pg_catalog.pg_settings, read pg_catalog.pg_settings.name, session work_mem",
        "select set_config(name, 'x', false) from pg_settings | UNKNOWN | unknown server",
        "select set_config(name, 'x', false) from pg_settings s where name = 'a' | UNKNOWN |"
            + " unknown server",
        "set work_mem = '1MB' | SESSION | session work_mem",
        "set default_table_access_method = heap | SESSION | session default_table_access_method",
        "set row_security = off | ADMINISTER | administer row_security",
        "set role x | GRANT | grant role",
        "set session_replication_role = replica | ADMINISTER | administer session_replication_role",
        "notify c, 'x' | TRANSFER | transfer c",
        "lock table orders | WRITE | write hr.orders",
        "do 'begin end' | EXECUTE | execute database",
        "call leak() | CALL | call evil.leak, call leak",
        "grant select on orders to x | GRANT | grant hr.orders",
        "drop table orders | DEFINE | define hr.orders",
        "vacuum | ADMINISTER | administer database",
        "checkpoint | ADMINISTER | administer server",
      })
  void statement_read_showsWhatItTouches(String sql, Operation operation, String accesses) {
    Analysed analysed = HandMade.one(sql);
    assertThat(HandMade.accesses(analysed)).isEqualTo(Set.of(accesses.split(", ")));
    assertThat(analysed.command().operation()).isEqualTo(operation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select id from orders | UNBOUNDED_RESULT",
        "select id from orders limit 5 | ",
        "select max(id) from orders | ",
        "select max(id) from orders group by total | UNBOUNDED_RESULT",
        "delete from orders | WITHOUT_CONDITION WHOLE_TABLE",
        "delete from orders where true | WHOLE_TABLE",
        "delete from orders where id = id | WHOLE_TABLE",
        "delete from orders where 1 = 1 | WHOLE_TABLE",
        "delete from orders where id is not null | WHOLE_TABLE",
        "delete from orders where id = 1 or true | WHOLE_TABLE",
        "delete from orders where not false | WHOLE_TABLE",
        "delete from orders where id <> 1 | WHOLE_TABLE",
        "delete from orders where exists (select 1) | WHOLE_TABLE",
        "delete from orders o where o.id = id | WHOLE_TABLE",
        "delete from orders where id in (select id from orders) | WHOLE_TABLE",
        "delete from orders where coalesce(true) | WHOLE_TABLE",
        "delete from orders where id = 1 | ",
        "delete from orders where id = $1 and true | ",
        "delete from orders where id in (1, 2) | ",
        "delete from orders where id between 1 and 2 returning id | RETURNS_CHANGED",
        "delete from orders where id = any ($1) | ",
        "merge into orders o using customers c on true when matched then delete | WHOLE_TABLE",
        "select id from orders limit 1 for update | LOCKS",
        "explain analyze select 1 | EXPLAIN_EXECUTES",
        "explain (analyze false, analyze) select 1 | EXPLAIN_EXECUTES",
        "select leak() | USER_CODE",
        "select evil.leak() | USER_CODE",
        "select d.leak from (select 1) d | UNBOUNDED_RESULT USER_CODE",
        "select (1).leak | USER_CODE",
        "select o.total from orders o | UNBOUNDED_RESULT",
        "select o.total from (select 1) o where exists (select from orders o) |"
            + " UNBOUNDED_RESULT USER_CODE",
        "select 1 from policed limit 1 | USER_CODE",
        "insert into trapped values (1) | USER_CODE",
        "select 1 from far limit 1 | NETWORK",
        "select 1 from vfar limit 1 | NETWORK",
        "select 'x'::evil.trap | USER_CODE",
        "select 'x'::trap | USER_CODE",
        "select 'x'::mood | ",
        "select id from mine limit 1 | USER_CODE",
        "select 1 from orders tablesample evil.system (1) limit 1 | USER_CODE",
        "select 1 from orders tablesample system (1) limit 1 | ",
        "select pg_advisory_lock(1) | LOCKS",
        "select pg_advisory_unlock_all() | ",
        "select rolpassword from pg_authid limit 1 | SYSTEM_DATA DISCLOSES",
        "select relname from pg_class limit 1 | SYSTEM_DATA",
        "select query_to_xml('x', true, true, '') | DYNAMIC_CODE USER_CODE",
        "select pg_read_file('x') | FILES",
        "do 'x' | DYNAMIC_CODE USER_CODE",
        "set role x | IDENTITY",
        "grant x to y | PRIVILEGES",
        "notify c | NOTIFIES",
        "copy orders from program 'x' | PROGRAMS",
        "create table t as select 1 | KEEPS_RESULT",
      })
  void statement_read_hasTraits(String sql, String traits) {
    Set<String> expected = traits == null ? Set.of() : Set.of(traits.split(" "));
    assertThat(HandMade.one(sql).command().traits().stream().map(Trait::name))
        .as(HandMade.one(sql).command().doubt())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The catalog here has {@code evil.=} and {@code evil.<}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1 = 1",
        "select 1 in (1)",
        "select 1 in (select 1)",
        "select nullif(1, 1)",
        "select case 1 when 1 then 1 end",
        "select 1 is distinct from 1",
        "select 1 not between 1 and 2",
        "select 1 = any (array[1])",
        "select 1 from orders o join customers c using (id)",
        "select 1 from orders o natural join customers c",
        "select 1 order by 1 using operator(evil.<)",
      })
  void operator_ofSomebodyElse_isUserCode(String sql) {
    Analysed analysed =
        HandMade.all(sql, HandMade.catalog(false, false), HandMade.NAMES).getFirst();
    assertThat(analysed.command().traits()).contains(Trait.USER_CODE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1::text", "select id from orders", "delete from orders"})
  void castOfSomebodyElse_mayRun_isUserCode(String sql) {
    Analysed analysed = HandMade.all(sql, HandMade.catalog(true, false), HandMade.NAMES).getFirst();
    assertThat(analysed.command().traits()).contains(Trait.USER_CODE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "set search_path = x | MovesNames",
        "select set_config('search_path', 'x', true) | MovesNames",
        "reset all | MovesNames",
        "set role x | RunsCode",
        "discard all | RunsCode Deallocates",
        "discard temp | MovesObjects",
        "commit | EndsTransaction",
        "rollback to a | EndsTransaction",
        "set constraints all immediate | RunsCode",
        "set constraints all deferred | ",
        "select leak() | RunsCode",
        "create temp table t as select 1 | MovesObjects Defines",
        "create table t (a int) | RunsCode Defines",
        "alter table orders alter id set not null | Defines",
        "alter table orders disable trigger all | Defines",
        "alter table trapped alter id set not null | RunsCode Defines",
        "alter table orders add x int default 1 | RunsCode Defines",
        "drop table orders | Defines",
        "drop table if exists not_there | Defines",
        "drop table orders cascade | RunsCode Defines",
        "drop table mine | MovesObjects Defines",
        "drop type mood | RunsCode Defines",
        "prepare p as select 1 | Prepares",
        "execute p | RunsPrepared",
        "deallocate p | Deallocates",
        "declare c cursor for select 1 | Declares",
        "fetch c | Fetches",
      })
  void statement_read_leaves(String sql, String consequences) {
    Set<String> expected = consequences == null ? Set.of() : Set.of(consequences.split(" "));
    assertThat(HandMade.one(sql).consequences().stream().map(one -> one.getClass().getSimpleName()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set standard_conforming_strings = off",
        "set client_encoding = latin1",
        "set transform_null_equals = on",
        "select set_config($1, 'x', false)",
        "select set_config('search_path', name, false) from customers",
        "select nothing_like_it(1)",
        "select 1::nothing_like_it",
        "select 1 @@@@ 2",
        "select int4in('1')",
        "create recursive view x (a) as select 1",
        "select 1 from pg_temp.f()",
        "select 1 into a from (select 2 into b) x",
      })
  void statement_thatNobodyKnows_isNotUnderstood(String sql) {
    assertThat(HandMade.one(sql).command().certainty()).isEqualTo(Certainty.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "select id from orders, true",
    "insert into orders default values, true",
    "select id from hr.orders, false",
    "select 1, false",
    "select lower('x'), false",
    "drop table orders, true",
    "create table x (a int), true",
  })
  void names_unknown_onlyUnqualifiedOnesWait(String sql, boolean waits) {
    Analysed analysed = HandMade.all(sql, HandMade.plain(), NameState.UNKNOWN).getFirst();
    assertThat(analysed.awaitsNames()).isEqualTo(waits);
    assertThat(analysed.command().certainty() == Certainty.NONE).isEqualTo(waits);
  }

  @Test
  void name_inTwoSchemasOfThePath_isCertainForTheUserOfTheCatalogOnly() {
    List<String> path = List.of("hr", "evil");
    Catalog closed = HandMade.withClosed("hr");
    NameState own = new NameState.Known(path, "app", Set.of());
    NameState other = new NameState.Known(path, "somebody", Set.of());
    String sql = "select 1 from twice";
    assertThat(HandMade.accesses(HandMade.all(sql, HandMade.plain(), own).getFirst()))
        .containsExactly("read hr.twice");
    assertThat(HandMade.accesses(HandMade.all(sql, closed, own).getFirst()))
        .containsExactly("read evil.twice");
    assertThat(HandMade.all(sql, closed, other).getFirst().command().doubt())
        .isEqualTo("relation \"twice\" is in several schemas of the search path; say which");
  }

  @Test
  void prepare_read_knowsWhereItsTextIs() {
    String sql = "select 1; prepare p as select id from orders ; ";
    List<Analysed> all = HandMade.all(sql, HandMade.plain(), HandMade.NAMES);
    assertThat(all.getLast().consequences())
        .contains(new Consequence.Prepares("p", 10, sql.indexOf(" ;")));
  }

  @Test
  void secondReading_thatSawMore_isAVeto() {
    String sql = "select id from orders";
    assertThat(doubt(sql, saw(1, false, "orders"))).isEmpty();
    assertThat(doubt(sql, saw(1, false, "hr", "orders"))).isEmpty();
    assertThat(doubt(sql, new Testimony.Silent("x"))).isEmpty();
    assertThat(doubt(sql, saw(2, false, "orders"))).isEqualTo("a second reading disagrees");
    assertThat(doubt(sql, saw(1, true, "orders"))).isEqualTo("a second reading disagrees");
    assertThat(doubt(sql, saw(1, false, "customers"))).isEqualTo("a second reading disagrees");
    assertThat(doubt(sql, saw(1, false, "pub", "orders"))).isEqualTo("a second reading disagrees");
    assertThat(doubt("delete " + sql.substring(10), saw(1, true, "orders"))).isEmpty();
  }

  @Test
  void secondReading_givenText_hasNoCommentsAndPlainLiterals() {
    StringBuilder heard = new StringBuilder();
    String sql = "select /* ; */ $q$it's$q$, E'a\\'', U&\"\\0061\", 0x10, $1 -- x";
    new PostgresDialect(List.of(witness(new Testimony.Silent(""), heard)))
        .analyse(sql + "\n from (select 1 as a) x", scene());
    assertThat(heard)
        .hasToString("select 'it''s' , 'a''' , \"a\" , 16 , ? from ( select 1 as a ) x");
  }

  @Test
  void secondReading_ofMuchText_isNotAsked() {
    StringBuilder heard = new StringBuilder();
    PostgresDialect dialect =
        new PostgresDialect(List.of(witness(new Testimony.Silent(""), heard)));
    dialect.analyse("select 1" + ", 1".repeat(1_500), scene());
    dialect.analyse("select '" + "x".repeat(30_000) + "'", scene());
    assertThat(heard).isEmpty();
  }

  private static String doubt(String sql, Testimony testimony) {
    return new PostgresDialect(List.of(witness(testimony, new StringBuilder())))
        .analyse(sql, scene())
        .getFirst()
        .command()
        .doubt();
  }

  private static Scene scene() {
    return new Scene(HandMade.plain(), HandMade.NAMES, true, true);
  }

  private static Testimony saw(int statements, boolean writes, String... relation) {
    return new Testimony.Saw(statements, Set.of(List.of(relation)), writes);
  }

  private static Witness witness(Testimony testimony, StringBuilder heard) {
    return new Witness() {
      @Override
      public String name() {
        return "hand-made";
      }

      @Override
      public Testimony testify(String canonicalText) {
        heard.append(canonicalText);
        return testimony;
      }
    };
  }
}
