package io.gatehouse.appliance.sql.analysis.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.analysis.HandMade;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.plugin.Operation;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MysqlDialectTest {

  /** A plus before the text: asked of MariaDB; a star, or nothing: of MySQL. */
  static Analysed analysed(String sql) {
    return switch (sql.charAt(0)) {
      case '+' -> MysqlScenes.one(Flavour.MARIADB, sql.substring(1).strip());
      default -> MysqlScenes.one(Flavour.MYSQL, sql.startsWith("*") ? sql.substring(1) : sql);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "select 1 | SESSION | session session",
        "select ssn from customers | READ | read corp.customers, read corp.customers.ssn",
        "select SSN from customers C where c.ID = 1 | READ | read corp.customers, read"
            + " corp.customers.ssn, read corp.customers.id",
        "select * from orders | READ | read corp.orders, read corp.orders.id, read"
            + " corp.orders.customer_id, read corp.orders.amount",
        "select o.* from customers c, orders o | READ | read corp.customers, read corp.orders,"
            + " read corp.orders.id, read corp.orders.customer_id, read corp.orders.amount",
        "select corp.customers.ssn from corp.customers | READ | read corp.customers, read"
            + " corp.customers.ssn",
        "select name from pub.customers | READ | read pub.customers, read pub.customers.Name",
        "select status from status | READ | read corp.status, read corp.status.status",
        "*table orders | READ | read corp.orders, read corp.orders.id, read"
            + " corp.orders.customer_id, read corp.orders.amount",
        "select count(*) from orders | READ | read corp.orders",
        "select exists (select * from orders) | READ | read corp.orders",
        "select not_there from orders | UNKNOWN | unknown server",
        "select x.id from orders | UNKNOWN | unknown server",
        "select id as x from orders having x > 1 order by x | READ | read corp.orders, read"
            + " corp.orders.id",
        "select d.y from (select ssn as y from customers) d | READ | read corp.customers, read"
            + " corp.customers.ssn",
        "select d.z from (select ssn as y from customers) d | UNKNOWN | unknown server",
        "select d.z from (select ssn from customers) d(z) | READ | read corp.customers, read"
            + " corp.customers.ssn",
        "select śsn from customers | UNKNOWN | unknown server",
        "select śsn from śtrange | READ | read corp.śtrange, read corp.śtrange.śsn",
        "select ssn, 1+1 from śtrange | UNKNOWN | unknown server",
        "select id as śsn from customers where śsn = 1 | UNKNOWN | unknown server",
        "select id as 名 from customers order by 名 | READ | read corp.customers, read"
            + " corp.customers.id",
        "select x.* from customers c | UNKNOWN | unknown server",
        "with t as (select id from customers) select id from t | READ | read corp.customers, read"
            + " corp.customers.id",
        "with customers as (select 1 as ssn) select ssn from customers | SESSION | session"
            + " session",
        "with customers as (select id from customers) select id from customers | READ | read"
            + " corp.customers, read corp.customers.id",
        "with Orders as (select 1) select 1 from orders | UNKNOWN | unknown server",
        "with recursive a as (select 1 as id union select id from orders), orders as (select 1)"
            + " select 1 from a | UNKNOWN | unknown server",
        "with recursive a as (select 1 as n union all select n + 1 from a where n < 3) select n"
            + " from a | SESSION | session session",
        "select 1 from customers join orders using (id) | READ | read corp.customers, read"
            + " corp.orders, read corp.customers.id, read corp.orders.id",
        "select 1 from status natural join orders_x | UNKNOWN | unknown server",
        "select note from v_old | READ | read corp.v_old, read corp.v_old.note, read via"
            + " corp.customers, read via corp.customers.ssn",
        "select note from v_hidden | UNKNOWN | unknown server",
        "select x from mine | READ | read corp.mine",
        "select id from orders_empty | UNKNOWN | unknown server",
        "select id from fresh | READ | read corp.fresh",
        "select leak(ssn) from customers | CALL | read corp.customers, read corp.customers.ssn,"
            + " call corp.leak",
        "select corp.leak(1) | CALL | call corp.leak",
        "select pub.leak(1) | UNKNOWN | unknown server",
        "select lib_run('ls') | CALL | call lib_run",
        "select to_char(1) | CALL | call corp.to_char",
        "select nothing(1) | UNKNOWN | unknown server",
        "select pr1() | UNKNOWN | unknown server",
        "select upper(ssn), @@version, @@global.Max_Connections from customers | READ | read"
            + " corp.customers, read corp.customers.ssn, read version, read max_connections",
        "select @a, @a := 1 | SESSION | session session",
        "select load_file('/etc/passwd') | TRANSFER | transfer file",
        "select get_lock('a', 1), sleep(1) | SESSION | session session",
        "select last_insert_id(5) | SESSION | session session",
        "select ssn from customers into @x | READ | read corp.customers, read corp.customers.ssn,"
            + " session session",
        "select ssn from customers into outfile '/tmp/x' | TRANSFER | read corp.customers, read"
            + " corp.customers.ssn, transfer /tmp/x",
        "select table_name from information_schema.tables | READ | read information_schema.TABLES,"
            + " read information_schema.TABLES.TABLE_NAME",
        "select j.v from customers c, json_table(c.ssn, '$[*]' columns (v text path '$')) j | READ"
            + " | read corp.customers, read corp.customers.ssn",
        "insert into orders (amount) select ssn from customers | WRITE | write corp.orders, write"
            + " corp.orders.amount, read corp.customers, read corp.customers.ssn",
        "insert into orders values (1, 2, 3) | WRITE | write corp.orders, write corp.orders.id,"
            + " write corp.orders.customer_id, write corp.orders.amount",
        "insert into orders (id) values (1) on duplicate key update amount = values(amount) |"
            + " WRITE | write corp.orders, write corp.orders.id, write corp.orders.amount, read via"
            + " corp.orders.id, read via corp.orders.customer_id, read via corp.orders.amount",
        "*insert into orders (id) values (1) as n on duplicate key update amount = n.amount |"
            + " WRITE | write corp.orders, write corp.orders.id, write corp.orders.amount, read via"
            + " corp.orders.id, read via corp.orders.customer_id, read via corp.orders.amount",
        "*insert into orders (id) values (1) as n(k) on duplicate key update amount = k + amount |"
            + " WRITE | write corp.orders, write corp.orders.id, write corp.orders.amount, read"
            + " corp.orders.amount",
        "+insert into orders (id) values (1) returning amount | WRITE | write corp.orders, write"
            + " corp.orders.id, read corp.orders.amount",
        "insert into orders (nix) values (1) | UNKNOWN | unknown server",
        "replace into orders (id) values (1) | DELETE | delete corp.orders, write corp.orders,"
            + " write corp.orders.id, read via corp.orders.id, read via corp.orders.customer_id,"
            + " read via corp.orders.amount",
        "insert into trapped (x) values (1) | WRITE | write corp.trapped, write corp.trapped.x",
        "update orders set amount = 1 where id = 2 | WRITE | write corp.orders, write"
            + " corp.orders.amount, read corp.orders.id",
        "update orders o join customers c on c.id = o.customer_id set o.amount = c.salary where"
            + " c.email = 'x' | WRITE | write corp.orders, write corp.orders.amount, read"
            + " corp.orders.customer_id, read corp.customers, read corp.customers.id, read"
            + " corp.customers.salary, read corp.customers.email",
        "update orders o, customers c set amount = 1, c.name = 'x' where o.id = 1 | WRITE | write"
            + " corp.orders, write corp.orders.amount, write corp.customers, write"
            + " corp.customers.name, read corp.orders.id",
        "update orders set nix = 1 | UNKNOWN | unknown server",
        "delete from orders where id = 1 | DELETE | delete corp.orders, read corp.orders.id",
        "delete o from orders o join customers c using (id) where o.id < 0 | DELETE | delete"
            + " corp.orders, read corp.customers, read corp.orders.id, read corp.customers.id",
        "delete from o using orders o, customers c where o.id = c.id | DELETE | delete"
            + " corp.orders, read corp.customers, read corp.orders.id, read corp.customers.id",
        "delete x from orders o | UNKNOWN | unknown server",
        "*with t as (select id from customers) delete from orders where id in (select id from t) |"
            + " DELETE | delete corp.orders, read corp.customers, read corp.customers.id, read"
            + " corp.orders.id",
        "truncate orders | DELETE | delete corp.orders",
        "load data infile '/tmp/x' into table orders | TRANSFER | transfer /tmp/x, write"
            + " corp.orders, write corp.orders.id, write corp.orders.customer_id, write"
            + " corp.orders.amount",
        "load data local infile 'x' replace into table orders (id, @a) set amount = @a |"
            + " TRANSFER | transfer x, write corp.orders, write corp.orders.id, write"
            + " corp.orders.amount, delete corp.orders, session session, read via"
            + " corp.orders.id, read via corp.orders.customer_id, read via corp.orders.amount",
        "handler orders open | READ | read corp.orders, read corp.orders.id, read"
            + " corp.orders.customer_id, read corp.orders.amount",
        "handler customers open as o | UNKNOWN | unknown server",
        "handler orders read first | READ | read corp.orders, read corp.orders.id, read"
            + " corp.orders.customer_id, read corp.orders.amount",
        "handler o read first | UNKNOWN | unknown server",
        "explain delete from orders | READ | read corp.orders",
        "explain select ssn from customers | READ | read corp.customers, read corp.customers.ssn",
        "*explain analyze select id from orders | READ | read corp.orders, read corp.orders.id",
        "+analyze delete from orders | DELETE | delete corp.orders",
        "describe orders | READ | read information_schema.COLUMNS",
        "show tables | READ | read information_schema.TABLES",
        "show create table customers | READ | read information_schema.TABLES",
        "show tables where (select 1 from customers where ssn = 1) | READ | read"
            + " information_schema.TABLES, read corp.customers, read corp.customers.ssn",
        "show variables like 'x' | READ | read setting",
        "show warnings | SESSION | session session",
        "show full processlist | READ | read server",
        "show grants | READ | read role",
        "show create user a | READ | read a",
        "set names utf8mb4 | SESSION | session character_set_client",
        "set autocommit = 1 | SESSION | session autocommit",
        "set sql_mode = 'ANSI' | SESSION | session sql_mode",
        "set sql_mode = ansi | SESSION | session sql_mode",
        "set sql_mode = 'ORACLE' | UNKNOWN | unknown server",
        "set character_set_results = null | SESSION | session character_set_results",
        "set @a = 1, time_zone = '+00:00' | SESSION | session session, session time_zone",
        "set @a = (select ssn from customers limit 1) | READ | session session, read"
            + " corp.customers, read corp.customers.ssn",
        "set global general_log = on | ADMINISTER | administer general_log",
        "set foreign_key_checks = 0 | ADMINISTER | administer foreign_key_checks",
        "set sql_log_bin = 0 | ADMINISTER | administer sql_log_bin",
        "set never_heard_of = 0 | ADMINISTER | administer never_heard_of",
        "set optimizer_trace = 'enabled=on' | ADMINISTER | administer optimizer_trace",
        "set resultset_metadata = none | UNKNOWN | unknown server",
        "*set persist max_connections = 5 | ADMINISTER | administer max_connections",
        "set transaction isolation level serializable | SESSION | session transaction_isolation",
        "set global transaction read only | ADMINISTER | administer transaction_isolation",
        "+set statement max_statement_time = 1 for select ssn from customers | READ | session"
            + " max_statement_time, read corp.customers, read corp.customers.ssn",
        "+set statement sql_mode = '' for select 1 | UNKNOWN | unknown server",
        "use Pub | SESSION | session Pub",
        "begin | SESSION | session session",
        "commit release | SESSION | session session",
        "savepoint a | SESSION | session session",
        "xa start 'a' | ADMINISTER | administer server",
        "lock tables orders read, customers write | WRITE | read corp.orders, write"
            + " corp.customers",
        "unlock tables | SESSION | session session",
        "kill 5 | ADMINISTER | administer server",
        "do sleep(1) | SESSION | session session",
        "do @f := (select ssn from customers limit 1) | READ | session session, read"
            + " corp.customers, read corp.customers.ssn",
        "call pr1() | CALL | call corp.pr1",
        "call not_there() | UNKNOWN | unknown server",
        "call leak() | UNKNOWN | unknown server",
        "prepare s from 'select ssn from customers' | READ | read corp.customers, read"
            + " corp.customers.ssn",
        "prepare s from 'select ''a''' | EXECUTE | execute database",
        "prepare s from @q | EXECUTE | execute database",
        "prepare s from 'gibberish' | UNKNOWN | unknown server",
        "execute s using @a | SESSION | session session",
        "+execute immediate 'select 1' | EXECUTE | execute database",
        "deallocate prepare s | SESSION | session session",
        "get diagnostics condition 1 @m = message_text | SESSION | session session",
        "signal sqlstate '45000' set message_text = 'x' | SESSION | session session",
        "create table t (id int) | DEFINE | define corp.t",
        "create table t as select ssn from customers | DEFINE | define corp.t, read"
            + " corp.customers, read corp.customers.ssn",
        "create table t like customers | DEFINE | define corp.t, read corp.customers",
        "create table t (id int references customers (id)) | DEFINE | define corp.t, read"
            + " corp.customers, read via corp.customers.id, read via corp.customers.name, read via"
            + " corp.customers.ssn, read via corp.customers.email, read via corp.customers.salary",
        "create temporary table t (id int) | DEFINE | define corp.t",
        "create view pub.w as select ssn from customers | DEFINE | define pub.w, read"
            + " corp.customers, read corp.customers.ssn",
        "create trigger t before insert on orders for each row set new.id = 1 | DEFINE | define"
            + " corp.t, define corp.orders",
        "create procedure p() select 1 | DEFINE | define corp.p",
        "alter table orders rename to o2 | DEFINE | define corp.orders, define corp.o2",
        "create index i on orders (id) | DEFINE | define corp.orders",
        "rename table orders to pub.o | DEFINE | define corp.orders, define pub.o",
        "drop table orders | DEFINE | define corp.orders",
        "rename table mysql.user to mysql.user2 | ADMINISTER | administer mysql.user, define"
            + " mysql.user2",
        "drop table not_there | UNKNOWN | unknown server",
        "drop table if exists not_there | DEFINE | define corp.not_there",
        "drop temporary table mine | DEFINE | define corp.mine",
        "drop database pub | DEFINE | define pub",
        "drop procedure pr1 | DEFINE | define corp.pr1",
        "create server s foreign data wrapper mysql options (host 'x') | ADMINISTER | administer"
            + " server, define s",
        "grant select on corp.* to app@'%' | GRANT | grant corp, grant role, grant app",
        "grant select (ssn) on customers to app | GRANT | grant corp.customers, grant"
            + " corp.customers.ssn, grant role, grant app",
        "grant all on *.* to app | GRANT | grant database, grant role, grant app",
        "create user a identified by 'x' | GRANT | grant role, grant a",
        "set password = 'x' | GRANT | grant role",
        "set role r | GRANT | grant role, grant r",
        "analyze table orders | ADMINISTER | administer corp.orders, read via corp.orders.id, read"
            + " via corp.orders.customer_id, read via corp.orders.amount",
        "checksum table orders | READ | read corp.orders, read corp.orders.id, read"
            + " corp.orders.customer_id, read corp.orders.amount",
        "flush privileges | ADMINISTER | administer server",
        "install plugin a soname 'b' | ADMINISTER | administer server",
        "shutdown | ADMINISTER | administer server",
        "delete from mysql.user where User = 'a' | ADMINISTER | administer mysql.user, read"
            + " mysql.user.User",
        "select user from mysql.user | READ | read mysql.user, read mysql.user.User",
        "select 1 from mysql.not_there | UNKNOWN | unknown server",
        "RESET CONNECTION | SESSION | session session",
        "reset connection | UNKNOWN | unknown server",
      })
  void statement_read_showsWhatItTouches(String sql, Operation operation, String accesses) {
    Analysed analysed = analysed(sql);
    assertThat(HandMade.accesses(analysed))
        .as("%s: %s", sql, analysed.command().doubt())
        .isEqualTo(Set.of(accesses.split(", ")));
    assertThat(analysed.command().operation()).isEqualTo(operation);
  }
}
