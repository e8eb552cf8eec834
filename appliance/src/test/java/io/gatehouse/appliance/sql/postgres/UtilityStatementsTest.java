package io.gatehouse.appliance.sql.postgres;

import static io.gatehouse.appliance.sql.postgres.Readings.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Maintenance;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Privileges;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query.Persistence;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.appliance.sql.tree.SessionStatement.TransactionKind;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.sql.tree.Statement.Verb;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UtilityStatementsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET a.B = 1, 'x', on | false | a.b | 1,x,on",
        "SET LOCAL TIME ZONE 'UTC' | true | timezone | UTC",
        "SET SESSION \"Search_Path\" TO a, \"B\" | false | search_path | a,B",
        "SET SCHEMA 'x' | false | search_path | x",
        "SET NAMES 'UTF8' | false | client_encoding | UTF8",
        "SET ROLE \"A\" | false | role | A",
        "SET LOCAL SESSION AUTHORIZATION a | true | session_authorization | a",
        "SET XML OPTION document | false | xmloption | document",
        "SET session.x = -1.5 | false | session.x | -1.5",
        "SET local TO 1 | false | local | 1",
        "SET TIME ZONE INTERVAL '1' HOUR | false | timezone | 1",
        "SET x = E'\\x61' | false | x | a",
      })
  void set_names_the_variable_and_its_values(
      String sql, boolean local, String name, String values) {
    assertThat(one(sql))
        .isEqualTo(
            new SessionStatement.SetVariable(
                local, name, new SessionStatement.Values(List.of(values.split(",", -1)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET a TO DEFAULT",
        "SET NAMES",
        "SET TIME ZONE LOCAL",
        "SET SESSION AUTHORIZATION DEFAULT"
      })
  void set_to_default_says_so(String sql) {
    assertThat(one(sql, SessionStatement.SetVariable.class).setting())
        .isEqualTo(new SessionStatement.ToDefault());
  }

  @Test
  void reset_and_show_name_the_variable() {
    assertThat(one("RESET ALL")).isEqualTo(new SessionStatement.Reset(Optional.empty()));
    assertThat(one("RESET session authorization"))
        .isEqualTo(new SessionStatement.Reset(Optional.of("session_authorization")));
    assertThat(one("SHOW TRANSACTION ISOLATION LEVEL"))
        .isEqualTo(new SessionStatement.Show(Optional.of("transaction_isolation")));
    assertThat(one("SHOW a.b")).isEqualTo(new SessionStatement.Show(Optional.of("a.b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BEGIN | BEGIN | ",
        "START TRANSACTION READ ONLY | BEGIN | ",
        "END | COMMIT | ",
        "COMMIT AND CHAIN | COMMIT | ",
        "ABORT | ROLLBACK | ",
        "ROLLBACK TO SAVEPOINT a | ROLLBACK_TO | a",
        "ROLLBACK TO savepoint | ROLLBACK_TO | savepoint",
        "SAVEPOINT a | SAVEPOINT | a",
        "RELEASE a | RELEASE | a",
        "PREPARE TRANSACTION 'x' | PREPARE | x",
        "COMMIT PREPARED 'x' | COMMIT_PREPARED | x",
        "ROLLBACK PREPARED 'x' | ROLLBACK_PREPARED | x",
      })
  void transactions_have_their_kind(String sql, TransactionKind kind, String name) {
    SessionStatement.Transaction transaction = one(sql, SessionStatement.Transaction.class);
    assertThat(transaction.kind()).isEqualTo(kind);
    assertThat(transaction.name()).isEqualTo(Optional.ofNullable(name));
  }

  @Test
  void transaction_modes_are_words() {
    assertThat(
            one(
                    "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY, DEFERRABLE",
                    SessionStatement.Transaction.class)
                .modes())
        .containsExactly("isolation level serializable", "read only", "deferrable");
    assertThat(one("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"))
        .isEqualTo(new SessionStatement.SetTransaction(true, List.of("read write")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FETCH c | forward | '' | c",
        "FETCH next | forward | '' | next",
        "FETCH NEXT FROM c | next | '' | c",
        "FETCH 5 IN c | forward | 5 | c",
        "FETCH ABSOLUTE -1 c | absolute | -1 | c",
        "FETCH FORWARD ALL FROM c | forward all | '' | c",
        "FETCH BACKWARD 2 c | backward | 2 | c",
        "FETCH ALL c | all | '' | c",
      })
  void fetch_has_direction_count_and_cursor(
      String sql, String direction, String count, String cursor) {
    assertThat(one(sql))
        .isEqualTo(new SessionStatement.Fetch(false, direction, count, Name.of(cursor)));
  }

  @Test
  void session_statements_keep_what_they_name() {
    assertThat(one("DEALLOCATE PREPARE ALL"))
        .isEqualTo(new SessionStatement.Deallocate(Optional.empty()));
    assertThat(one("CLOSE a"))
        .isEqualTo(new SessionStatement.CloseCursor(Optional.of(Name.of("a"))));
    assertThat(one("UNLISTEN *")).isEqualTo(new SessionStatement.Unlisten(Optional.empty()));
    assertThat(one("NOTIFY a, 'x'"))
        .isEqualTo(new SessionStatement.Notify(Name.of("a"), Optional.of("x")));
    assertThat(one("DISCARD TEMP"))
        .isEqualTo(new SessionStatement.Discard(SessionStatement.DiscardKind.TEMP));
    assertThat(one("DO LANGUAGE plpgsql $$x$$"))
        .isEqualTo(new SessionStatement.DoBlock(Optional.of("plpgsql"), "x"));
    assertThat(one("LOCK a, ONLY b IN SHARE MODE", SessionStatement.Lock.class).mode())
        .isEqualTo("share");
    assertThat(one("CALL s.f(1)", SessionStatement.CallProcedure.class).call().name())
        .hasToString("s.f");
    assertThat(one("DECLARE c BINARY CURSOR WITH HOLD FOR SELECT 1"))
        .isInstanceOfSatisfying(
            SessionStatement.DeclareCursor.class,
            declare -> assertThat(declare.binary() && declare.hold()).isTrue());
    assertThat(one("PREPARE p (int) AS DELETE FROM t", SessionStatement.Prepare.class).statement())
        .isInstanceOf(Change.Delete.class);
  }

  @Test
  void copy_tells_table_query_client_file_and_program_apart() {
    Statement.Copy copy = one("COPY s.t (a) FROM STDIN (FORMAT csv) WHERE b", Statement.Copy.class);
    assertThat(copy.from()).isTrue();
    assertThat(copy.end()).isEqualTo(Statement.CopyEnd.CLIENT);
    assertThat(copy.where()).isPresent();
    copy = one("COPY (DELETE FROM t RETURNING a) TO PROGRAM 'x'", Statement.Copy.class);
    assertThat(copy.end()).isEqualTo(Statement.CopyEnd.PROGRAM);
    assertThat(copy.source()).isInstanceOf(Statement.CopyStatement.class);
    copy = one("COPY t TO '/x' CSV HEADER", Statement.Copy.class);
    assertThat(copy.end()).isEqualTo(Statement.CopyEnd.FILE);
    assertThat(copy.place()).isEqualTo("/x");
    assertThat(copy.options())
        .extracting(Statement.Option::name)
        .containsExactly("format", "header");
  }

  @Test
  void maintenance_names_its_tables() {
    assertThat(one("TRUNCATE a, ONLY b RESTART IDENTITY CASCADE"))
        .isInstanceOfSatisfying(
            Maintenance.Truncate.class,
            truncate -> {
              assertThat(truncate.tables()).hasSize(2);
              assertThat(truncate.restartIdentity() && truncate.cascade()).isTrue();
            });
    assertThat(one("VACUUM (FULL) a (b), c", Maintenance.Vacuum.class).targets()).hasSize(2);
    assertThat(one("ANALYZE", Maintenance.Vacuum.class).analyzeOnly()).isTrue();
    assertThat(one("CLUSTER i ON t", Maintenance.Cluster.class).table())
        .contains(QualifiedName.of("t"));
    assertThat(one("REINDEX TABLE CONCURRENTLY s.t", Maintenance.Reindex.class).name())
        .contains(QualifiedName.of("s", "t"));
    assertThat(one("LOAD 'x'")).isEqualTo(new Maintenance.Load("x"));
  }

  @Test
  void grants_name_privileges_objects_and_roles() {
    Privileges.Grant grant =
        one(
            "GRANT SELECT, UPDATE (a) ON t, s.u TO b, PUBLIC WITH GRANT OPTION",
            Privileges.Grant.class);
    assertThat(grant.privileges()).hasSize(2);
    assertThat(grant.kind()).isEqualTo("table");
    assertThat(grant.objects()).hasSize(2);
    assertThat(grant.roles()).containsExactly(Name.of("b"), Name.of("public"));
    assertThat(grant.grantOption()).isTrue();
    assertThat(one("GRANT EXECUTE ON FUNCTION f(int) TO b", Privileges.Grant.class).objects())
        .containsExactly(QualifiedName.of("f"));
    assertThat(one("REVOKE a FROM b"))
        .isEqualTo(new Privileges.GrantRole(true, List.of(Name.of("a")), List.of(Name.of("b"))));
    assertThat(one("ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE ALL ON TABLES FROM b"))
        .isEqualTo(new Privileges.DefaultPrivileges(true, List.of(), List.of(Name.of("s"))));
  }

  @Test
  void tables_and_views_made_of_queries_hold_the_query() {
    Statement.CreateTableAs table =
        one(
            "CREATE TEMP TABLE IF NOT EXISTS t (a) AS EXECUTE p (1) WITH NO DATA",
            Statement.CreateTableAs.class);
    assertThat(table.persistence()).isEqualTo(Persistence.TEMPORARY);
    assertThat(table.ifNotExists()).isTrue();
    assertThat(table.withData()).isFalse();
    assertThat(table.statement()).isInstanceOf(SessionStatement.Execute.class);
    assertThat(
            one("CREATE MATERIALIZED VIEW s.v AS SELECT 1", Statement.CreateTableAs.class)
                .materializedView())
        .isTrue();
    assertThat(
            one(
                    "CREATE OR REPLACE TEMP VIEW v (a) AS SELECT 1 WITH CHECK OPTION",
                    Statement.CreateView.class)
                .orReplace())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE TABLE s.t (a int DEFAULT f()) | CREATE | table | s.t | ",
        "CREATE TABLE p PARTITION OF s.t DEFAULT | CREATE | table | p | s.t",
        "CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY s.t (a) | CREATE | index | i | s.t",
        "CREATE INDEX ON t (a) | CREATE | index | '' | t",
        "CREATE OR REPLACE FUNCTION s.f(a int) RETURNS int LANGUAGE sql AS 'x' | CREATE | function"
            + " | s.f | ",
        "CREATE TRIGGER g BEFORE UPDATE OF a OR DELETE ON s.t EXECUTE FUNCTION f() | CREATE |"
            + " trigger | g | s.t",
        "CREATE RULE r AS ON INSERT TO s.t DO (SELECT 1; SELECT 2) | CREATE | rule | r | s.t",
        "CREATE POLICY p ON s.t USING (a) | CREATE | policy | p | s.t",
        "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f() | CREATE | event trigger |"
            + " e | ",
        "CREATE OPERATOR s.=== (leftarg = a) | CREATE | operator | s.=== | ",
        "CREATE USER MAPPING FOR a SERVER b | CREATE | user mapping | '' | ",
        "CREATE USER mapping SUPERUSER | CREATE | user | mapping | ",
        "DROP USER mapping, b | DROP | user | mapping,b | ",
        "ALTER USER mapping SUPERUSER | ALTER | user | mapping | ",
        "DROP USER MAPPING IF EXISTS FOR a SERVER b | DROP | user mapping | '' | ",
        "ALTER TRIGGER g ON domain RENAME TO h | ALTER | trigger | g | domain",
        "DROP POLICY p ON domain CASCADE | DROP | policy | p | domain",
        "COMMENT ON CONSTRAINT a ON DOMAIN d IS 'x' | COMMENT | constraint | a | d",
        "COMMENT ON CONSTRAINT a ON domain IS NULL | COMMENT | constraint | a | domain",
        "ALTER TABLE IF EXISTS ONLY s.t ADD a int | ALTER | table | s.t | ",
        "ALTER ROLE CURRENT_USER SET a = 1 | ALTER | role | current_user | ",
        "ALTER SYSTEM SET a = 1 | ALTER | system | '' | ",
        "ALTER TRIGGER g ON s.t RENAME TO h | ALTER | trigger | g | s.t",
        "DROP TABLE IF EXISTS a, s.b CASCADE | DROP | table | a,s.b | ",
        "DROP FUNCTION f(int), s.g | DROP | function | f,s.g | ",
        "DROP POLICY p ON s.t | DROP | policy | p | s.t",
        "DROP OWNED BY a, b | DROP_OWNED | owned | a,b | ",
        "COMMENT ON COLUMN t.a IS 'x' | COMMENT | column | t.a | ",
        "SECURITY LABEL FOR x ON TABLE t IS 'y' | SECURITY_LABEL | table | t | ",
        "IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c | IMPORT | foreign schema | a | ",
        "REASSIGN OWNED BY a TO b | REASSIGN | owned | a,b | ",
      })
  void definitions_have_verb_kind_names_and_table(
      String sql, Verb verb, String kind, String names, String on) {
    Statement.Definition definition = one(sql, Statement.Definition.class);
    assertThat(definition.verb()).isEqualTo(verb);
    assertThat(definition.kind()).isEqualTo(kind);
    assertThat(String.join(",", definition.names().stream().map(Object::toString).toList()))
        .isEqualTo(names);
    assertThat(definition.on().map(Object::toString)).isEqualTo(Optional.ofNullable(on));
  }

  @Test
  void temporary_and_conditional_definitions_say_so() {
    assertThat(one("CREATE TEMP TABLE t (a int)", Statement.Definition.class).temporary()).isTrue();
    assertThat(one("CREATE TEMP SEQUENCE IF NOT EXISTS s", Statement.Definition.class))
        .satisfies(
            definition -> assertThat(definition.temporary() && definition.ifExists()).isTrue());
    assertThat(one("CREATE TABLE t (a int)", Statement.Definition.class).bodyRead()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END",
        "CREATE TABLE t (a int; b int)",
        "CREATE TABLE t (a int",
        "CREATE TABLE t (a int))",
        "EXPLAIN CREATE TABLE t (a int)",
        "ALTER SOMETHING a",
        "LOCK t IN UPDATE MODE",
        "COPY (SELECT 1) FROM STDIN",
        "GRANT SELECT ON t",
        "SET a",
      })
  void what_is_not_understood_is_refused(String sql) {
    assertThat(Readings.refused(sql).reason()).isNotEmpty();
  }
}
