package io.gatehouse.appliance.sql.mysql;

import static io.gatehouse.appliance.sql.mysql.Parsed.account;
import static io.gatehouse.appliance.sql.mysql.Parsed.mariadb;
import static io.gatehouse.appliance.sql.mysql.Parsed.mysql;
import static io.gatehouse.appliance.sql.mysql.Parsed.one;
import static io.gatehouse.appliance.sql.mysql.Parsed.reads;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.MysqlAccounts;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.DefineAccounts;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.GrantPrivileges;
import io.gatehouse.appliance.sql.tree.MysqlAccounts.GrantRoles;
import io.gatehouse.appliance.sql.tree.MysqlDefinition.AlterTable;
import io.gatehouse.appliance.sql.tree.MysqlDefinition.CreateTable;
import io.gatehouse.appliance.sql.tree.MysqlDefinition.DefineCode;
import io.gatehouse.appliance.sql.tree.MysqlDefinition.Rename;
import io.gatehouse.appliance.sql.tree.MysqlDefinition.RenameTables;
import io.gatehouse.appliance.sql.tree.MysqlStatement.Account;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Privileges.Privilege;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement.Definition;
import io.gatehouse.appliance.sql.tree.Statement.Verb;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsTest {

  @Test
  void createTable_namesWhatItRefersTo() {
    assertThat(
            mysql(
                "CREATE TEMPORARY TABLE IF NOT EXISTS db.t (a INT, FOREIGN KEY (a) REFERENCES x"
                    + " (b), b INT REFERENCES y.z (c)) ENGINE=MERGE, UNION=(u, db.v)"))
        .isEqualTo(
            new CreateTable(
                QualifiedName.of("db", "t"),
                true,
                false,
                true,
                Optional.empty(),
                List.of(
                    QualifiedName.of("x"),
                    QualifiedName.of("y", "z"),
                    QualifiedName.of("u"),
                    QualifiedName.of("db", "v")),
                Optional.empty()));
    assertThat(one(Parsed.MYSQL, "CREATE TABLE t (LIKE s)", CreateTable.class).like())
        .contains(QualifiedName.of("s"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE t ADD a INT, RENAME TO db.x | db.x",
        "ALTER TABLE t RENAME x | x",
        "ALTER TABLE t EXCHANGE PARTITION p WITH TABLE x | x",
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES x (b) | x",
        "ALTER TABLE t UNION = (x, y) | x,y",
      })
  void alterTable_namesTheOtherTables(String sql, String mentioned) {
    assertThat(one(Parsed.MYSQL, sql, AlterTable.class).mentioned())
        .extracting(QualifiedName::toString)
        .containsExactly(mentioned.split(",", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE DATABASE IF NOT EXISTS a CHARSET utf8 | CREATE | database | a | false",
        "CREATE SERVER 's' FOREIGN DATA WRAPPER m OPTIONS (PORT 5) | CREATE | server | s | false",
        "ALTER TABLESPACE a RENAME TO b | ALTER | tablespace | a | false",
        "DROP SCHEMA a | DROP | database | a | true",
        "DROP TRIGGER db.a | DROP | trigger | db.a | true",
        "DROP SPATIAL REFERENCE SYSTEM 5 | DROP | spatial reference system | 5 | true",
      })
  void definition_namesItsObject(String sql, Verb verb, String kind, String name, boolean read) {
    Definition definition = one(Parsed.MYSQL, sql, Definition.class);
    assertThat(definition.verb()).isEqualTo(verb);
    assertThat(definition.kind()).isEqualTo(kind);
    assertThat(definition.names()).extracting(QualifiedName::toString).containsExactly(name);
    assertThat(definition.bodyRead()).isEqualTo(read);
  }

  @Test
  void dropsAndRenames_nameAllObjects() {
    assertThat(one(Parsed.MYSQL, "DROP TEMPORARY TABLE IF EXISTS a, db.b", Definition.class))
        .isEqualTo(
            new Definition(
                Verb.DROP,
                "table",
                List.of(QualifiedName.of("a"), QualifiedName.of("db", "b")),
                Optional.empty(),
                true,
                false,
                true,
                true));
    assertThat(mysql("RENAME TABLE a TO b, c.d TO e"))
        .isEqualTo(
            new RenameTables(
                List.of(
                    new Rename(QualifiedName.of("a"), QualifiedName.of("b")),
                    new Rename(QualifiedName.of("c", "d"), QualifiedName.of("e")))));
  }

  // Code

  @Test
  void code_saysAsWhomItRunsAndOnWhat() {
    assertThat(
            mysql(
                "CREATE DEFINER = a@b TRIGGER t AFTER DELETE ON db.x FOR EACH ROW BEGIN"
                    + " DELETE FROM z; END"))
        .isEqualTo(
            new DefineCode(
                "trigger",
                QualifiedName.of("t"),
                false,
                false,
                false,
                Optional.of(account("a", "b")),
                Optional.of(QualifiedName.of("db", "x"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN END",
        "BEGIN SELECT 1; END;",
        "x: BEGIN LEAVE x; END x",
        "BEGIN BEGIN SELECT 1; END; SELECT 2; END",
        "BEGIN IF a THEN BEGIN SELECT 1; END; ELSE SET b = 1; END IF; END",
        "BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END; COMMIT; END",
        "BEGIN DECLARE EXIT HANDLER FOR NOT FOUND BEGIN END; LOOP SELECT 1; END LOOP; END",
        "BEGIN DECLARE EXIT HANDLER FOR 1062 BEGIN END; WHILE a DO SELECT 1; END WHILE; END",
        "BEGIN CASE a WHEN 1 THEN SELECT CASE 1 WHEN 1 THEN 2 END; END CASE; END",
        "BEGIN SELECT begin FROM t; SELECT end FROM t; END",
        "BEGIN SELECT CASE WHEN a THEN begin END FROM t; END",
      })
  void block_endsWhereItsEndIs(String body) {
    String sql = "CREATE PROCEDURE p() " + body;
    assertThat(MysqlReader.read(sql, Parsed.MYSQL, true))
        .isInstanceOfSatisfying(
            Reading.Read.class, read -> assertThat(read.statements()).as(sql).hasSize(1));
  }

  /** The server would run what is behind the code at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1; SELECT a FROM t",
        "SELECT begin; SELECT a FROM t; END",
        "DO begin; SELECT a FROM t; END",
        "BEGIN END; SELECT a FROM t",
        "BEGIN END; SELECT a FROM t; END",
        "BEGIN SELECT begin FROM t; END; SELECT a FROM t; END",
        "BEGIN UPDATE found begin SET a = 1; END; SELECT a FROM t; END",
        "BEGIN SELECT CASE WHEN a THEN begin ELSE 1 END; END; SELECT a FROM t; END",
        "BEGIN INSERT INTO begin SELECT 1; END; SELECT a FROM t; END",
        "BEGIN SELECT begin begin FROM t; END; SELECT a FROM t; END",
        "BEGIN UPDATE do begin SET a = 1; END; SELECT a FROM t; END",
        "BEGIN SELECT NOT found begin FROM t; END; SELECT a FROM t; END",
        "BEGIN SELECT a, NOT found begin FROM t; END; SELECT a FROM t; END",
        "IF a THEN SELECT 1; END IF",
      })
  void statementBehindCode_isNotTakenForPartOfIt(String body) {
    String sql = "CREATE PROCEDURE p() " + body;
    assertThat(MysqlReader.read(sql, Parsed.MYSQL, true)).isInstanceOf(Reading.NotRead.class);
    assertThat(MysqlReader.read(sql, Parsed.MYSQL, false)).isInstanceOf(Reading.NotRead.class);
  }

  // Accounts

  @Test
  void accounts_areNamedWithoutTheirPasswords() {
    DefineAccounts define =
        one(
            Parsed.MYSQL,
            "CREATE USER IF NOT EXISTS 'a'@'%' IDENTIFIED BY 'hunter2', b ACCOUNT LOCK",
            DefineAccounts.class);
    assertThat(define)
        .isEqualTo(
            new DefineAccounts(
                Verb.CREATE,
                "user",
                List.of(
                    new Account(new Name("a", true), Optional.of(new Name("%", true))),
                    account("b")),
                false,
                true,
                false));
    assertThat(define.toString()).doesNotContain("hunter2");
    assertThat(mysql("SET PASSWORD FOR a@b = 'hunter2'"))
        .isEqualTo(new MysqlAccounts.SetPassword(Optional.of(account("a", "b"))));
    assertThat(mysql("SET ROLE ALL EXCEPT a"))
        .isEqualTo(
            new MysqlAccounts.SetRole(MysqlAccounts.RoleChoice.ALL_EXCEPT, List.of(account("a"))));
  }

  @Test
  void grant_namesRightsObjectsAndAccounts() {
    assertThat(
            mysql(
                "GRANT SELECT (a), CREATE TEMPORARY TABLES, backup_admin ON `d%`.* TO a@b, c"
                    + " WITH GRANT OPTION"))
        .isEqualTo(
            new GrantPrivileges(
                false,
                List.of(
                    new Privilege("select", List.of(Name.of("a"))),
                    new Privilege("create temporary tables", List.of()),
                    new Privilege("backup_admin", List.of())),
                "table",
                new MysqlAccounts.DatabaseLevel(new Name("d%", true)),
                List.of(account("a", "b"), account("c")),
                true,
                true));
    assertThat(mysql("REVOKE ALL ON *.* FROM a"))
        .isEqualTo(
            new GrantPrivileges(
                true,
                List.of(new Privilege("all", List.of())),
                "table",
                new MysqlAccounts.Everything(),
                List.of(account("a")),
                false,
                false));
  }

  @Test
  void grantWithoutObjects_isOfRoles() {
    assertThat(mysql("GRANT a, b@c TO d WITH ADMIN OPTION"))
        .isEqualTo(
            new GrantRoles(
                false, List.of(account("a"), account("b", "c")), List.of(account("d")), true));
    assertThat(mariadb("REVOKE ALL PRIVILEGES, GRANT OPTION FROM a"))
        .isEqualTo(new MysqlAccounts.RevokeAll(List.of(account("a"))));
    assertThat(reads(Parsed.MYSQL, "GRANT SELECT TO a")).isFalse();
  }
}
