package io.gatehouse.appliance.sql.mysql;

import static io.gatehouse.appliance.sql.mysql.Parsed.account;
import static io.gatehouse.appliance.sql.mysql.Parsed.mariadb;
import static io.gatehouse.appliance.sql.mysql.Parsed.mysql;
import static io.gatehouse.appliance.sql.mysql.Parsed.one;
import static io.gatehouse.appliance.sql.mysql.Parsed.reads;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.MysqlRows.ColumnField;
import io.gatehouse.appliance.sql.tree.MysqlRows.LoadFile;
import io.gatehouse.appliance.sql.tree.MysqlRows.OnDuplicate;
import io.gatehouse.appliance.sql.tree.MysqlRows.VariableField;
import io.gatehouse.appliance.sql.tree.MysqlServer.Administer;
import io.gatehouse.appliance.sql.tree.MysqlServer.TableCare;
import io.gatehouse.appliance.sql.tree.MysqlSession;
import io.gatehouse.appliance.sql.tree.MysqlSession.Scope;
import io.gatehouse.appliance.sql.tree.MysqlShow.Describe;
import io.gatehouse.appliance.sql.tree.MysqlShow.Show;
import io.gatehouse.appliance.sql.tree.MysqlShow.ShowAccount;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SessionStatement.Transaction;
import io.gatehouse.appliance.sql.tree.SessionStatement.TransactionKind;
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
      nullValues = "-",
      value = {
        "BEGIN WORK | BEGIN | - | false | -",
        "START TRANSACTION READ ONLY, WITH CONSISTENT SNAPSHOT | BEGIN"
            + " | read only,with consistent snapshot | false | -",
        "COMMIT AND CHAIN NO RELEASE | COMMIT | - | true | -",
        "ROLLBACK RELEASE | ROLLBACK | release | false | -",
        "ROLLBACK TO SAVEPOINT a | ROLLBACK_TO | - | false | a",
        "ROLLBACK TO savepoint | ROLLBACK_TO | - | false | savepoint",
        "RELEASE SAVEPOINT a | RELEASE | - | false | a",
      })
  void transaction_saysItsModesAndItsSavepoint(
      String sql, TransactionKind kind, String modes, boolean chain, String name) {
    assertThat(mysql(sql))
        .isEqualTo(
            new Transaction(
                kind,
                modes == null ? List.of() : List.of(modes.split(",", -1)),
                chain,
                Optional.ofNullable(name)));
  }

  @Test
  void setTransaction_saysForWhom() {
    assertThat(mysql("SET TRANSACTION READ ONLY, ISOLATION LEVEL SERIALIZABLE"))
        .isEqualTo(
            new MysqlSession.SetModes(
                Optional.empty(), List.of("read only", "isolation level serializable")));
    assertThat(mysql("SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED"))
        .isEqualTo(
            new MysqlSession.SetModes(
                Optional.of(Scope.GLOBAL), List.of("isolation level read committed")));
  }

  /** Asked on both servers: the word holds on for bare names, and {@code @@} is on its own. */
  @Test
  void scopeOfOneVariable_holdsForTheBareNamesBehindIt() {
    MysqlSession.SetVariables set =
        one(
            Parsed.MYSQL,
            "SET a = DEFAULT, GLOBAL b = ON, c = ON, @@d = ON, @@persist.e = ON, f = ON,"
                + " SESSION g = ON, h = ON",
            MysqlSession.SetVariables.class);
    assertThat(set.settings())
        .extracting(
            setting ->
                ((MysqlSession.Variable) setting).name()
                    + ' '
                    + ((MysqlSession.Variable) setting).scope())
        .containsExactly(
            "a SESSION",
            "b GLOBAL",
            "c GLOBAL",
            "d SESSION",
            "e PERSIST",
            "f GLOBAL",
            "g SESSION",
            "h SESSION");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET PASSWORD = 'x', a = ON",
        "SET a = ON, PASSWORD = 'x'",
        "SET GLOBAL @a = 1",
        "SET global.a = ON"
      })
  void settingsThatServersReadInOtherWays_areNotRead(String sql) {
    assertThat(reads(Parsed.MYSQL, sql)).isFalse();
    assertThat(reads(Parsed.MARIADB, sql)).isFalse();
  }

  @Test
  void setNames_saysCharacterSetAndCollation() {
    assertThat(mysql("SET NAMES utf8mb4 COLLATE 'utf8mb4_bin', CHARSET DEFAULT"))
        .isEqualTo(
            new MysqlSession.SetVariables(
                List.of(
                    new MysqlSession.Names(Optional.of("utf8mb4"), Optional.of("utf8mb4_bin")),
                    new MysqlSession.CharacterSet(Optional.empty()))));
  }

  @Test
  void locksAndSessions_nameWhatTheyAreAbout() {
    assertThat(mysql("LOCK TABLES t READ LOCAL, db.u AS v WRITE"))
        .isEqualTo(
            new MysqlSession.LockTables(
                List.of(
                    new MysqlSession.LockedTable(
                        QualifiedName.of("t"), Optional.empty(), "read local"),
                    new MysqlSession.LockedTable(
                        QualifiedName.of("db", "u"), Optional.of(Name.of("v")), "write"))));
    assertThat(mysql("USE `a b`")).isEqualTo(new MysqlSession.Use(new Name("a b", true)));
    assertThat(mysql("XA BEGIN 'g', 'b', 5 JOIN")).isEqualTo(new MysqlSession.Xa("start", "g"));
    assertThat(mariadb("KILL QUERY USER u@h"))
        .isEqualTo(
            new MysqlSession.Kill("query", Optional.empty(), Optional.of(account("u", "h"))));
  }

  @Test
  void diagnostics_sayWhereTheyGo() {
    assertThat(mysql("GET DIAGNOSTICS CONDITION @n @a = MESSAGE_TEXT, b = MYSQL_ERRNO"))
        .isEqualTo(
            new MysqlSession.Diagnostics(
                false,
                Optional.of("@n"),
                List.of(
                    new MysqlSession.Diagnosis("@a", "message_text"),
                    new MysqlSession.Diagnosis("b", "mysql_errno"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "SHOW FULL FIELDS FROM a.t IN b LIKE 'x%' | full columns | b.t | x%",
        "SHOW KEYS FROM t | index | t | -",
        "SHOW TABLES IN b | tables | b | -",
        "SHOW CREATE TABLE a.t | create table | a.t | -",
        "SHOW LOCAL VARIABLES LIKE 'y' | session variables | - | y",
        "SHOW ENGINE innodb STATUS | engine | innodb | -",
        "SHOW COUNT(*) ERRORS | count errors | - | -",
        "SHOW MASTER LOGS | binary logs | - | -",
      })
  void show_saysWhatIsShownAndOfWhat(String sql, String kind, String object, String like) {
    List<QualifiedName> objects =
        object == null ? List.of() : List.of(QualifiedName.of(object.split("\\.", -1)));
    assertThat(mysql(sql)).isEqualTo(new Show(kind, objects, Optional.ofNullable(like), List.of()));
  }

  @Test
  void showOfAccounts_namesThem() {
    assertThat(mysql("SHOW GRANTS FOR a@b USING r"))
        .isEqualTo(
            new ShowAccount("grants", Optional.of(account("a", "b")), List.of(account("r"))));
    assertThat(mysql("DESC db.t 'c%'"))
        .isEqualTo(new Describe(QualifiedName.of("db", "t"), Optional.of("c%")));
  }

  @Test
  void loadData_saysWhoReadsTheFileAndWhereItGoes() {
    assertThat(
            mysql(
                "LOAD DATA LOCAL INFILE 'f' REPLACE INTO TABLE db.t FIELDS TERMINATED BY ','"
                    + " IGNORE 1 LINES (a, @b) SET c = DEFAULT"))
        .isEqualTo(
            new LoadFile(
                false,
                true,
                "f",
                OnDuplicate.REPLACE,
                QualifiedName.of("db", "t"),
                List.of(new ColumnField(QualifiedName.of("a")), new VariableField("b")),
                List.of(
                    new io.gatehouse.appliance.sql.tree.MysqlRows.Assigned(
                        QualifiedName.of("c"),
                        new io.gatehouse.appliance.sql.tree.Expression.Default()))));
    assertThat(one(Parsed.MYSQL, "LOAD XML INFILE 'f' INTO TABLE t", LoadFile.class).local())
        .isFalse();
  }

  @Test
  void administration_saysItsKind() {
    assertThat(mysql("FLUSH LOCAL TABLES a, b.c WITH READ LOCK"))
        .isEqualTo(
            new Administer(
                "flush tables with read lock",
                List.of(QualifiedName.of("a"), QualifiedName.of("b", "c")),
                true));
    assertThat(mysql("CHANGE MASTER TO MASTER_PASSWORD='x'"))
        .isEqualTo(new Administer("change replication source", List.of(), false));
    assertThat(mysql("ANALYZE LOCAL TABLE t UPDATE HISTOGRAM ON a"))
        .isEqualTo(
            new TableCare(
                "analyze",
                List.of(QualifiedName.of("t")),
                List.of("update", "histogram", "on", "a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SHOW REPLICA STATUS",
        "RESET BINARY LOGS AND GTIDS",
        "CHANGE REPLICATION SOURCE TO SOURCE_HOST='h'",
        "CLONE LOCAL DATA DIRECTORY '/x'",
        "SET PASSWORD TO RANDOM",
        "CREATE PROCEDURE IF NOT EXISTS p() BEGIN END"
      })
  void whatLaterVersionsHave_isReadForThemOnly(String sql) {
    assertThat(reads(Parsed.LATEST, sql)).isTrue();
    assertThat(reads(Parsed.MYSQL, sql)).isFalse();
  }
}
