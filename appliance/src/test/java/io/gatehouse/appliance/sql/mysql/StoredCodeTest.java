package io.gatehouse.appliance.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredCodeTest {

  private static StoredCode of(String body) {
    return StoredCode.of(
        body, Set.of("given", "Result"), LexerSettings.ofServer(Flavour.MARIADB, 110405));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET NEW.total = NEW.a + NEW.b",
        "SET @x = NEW.ssn, @y := 1",
        "BEGIN DECLARE n, m INT DEFAULT 0; SET n = (SELECT COUNT(*) FROM t), M = 2; END",
        "BEGIN SET result = given * 2; RETURN result; END",
        "UPDATE t SET a = 1, sql_mode = 'x' WHERE id = NEW.id",
        "INSERT INTO t SET a = 1 ON DUPLICATE KEY UPDATE a = 2",
        "INSERT INTO log (who, what) VALUES (CURRENT_USER(), NEW.id)",
        "IF NEW.a > 1 THEN UPDATE t SET a = NULL; ELSE SET @x = 1; END IF",
        "BEGIN DECLARE done INT; DECLARE c CURSOR FOR SELECT id FROM t; DECLARE CONTINUE HANDLER"
            + " FOR NOT FOUND SET done = 1; OPEN c; FETCH c INTO done; END",
        "BEGIN DECLARE t TEXT CHARACTER SET utf8mb4; CALL other(1); END",
        "RETURN 'PREPARE TEMPORARY'",
        "BEGIN /* SET NAMES latin1 */ RETURN 1; END",
        "SELECT `temporary`, `prepare` FROM t INTO @a, @b"
      })
  void whatKeepsToItsRowsAndVariables_leavesTheSessionAsItIs(String body) {
    assertThat(of(body).changesSession()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TEMPORARY TABLE t (a INT)",
        "BEGIN CREATE /*!50000 TEMPORARY */ TABLE t (a INT); END",
        "BEGIN PREPARE s FROM 'SELECT 1'; END",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "BEGIN DEALLOCATE PREPARE s; END",
        "SET sql_mode = 'ANSI_QUOTES'",
        "SET @x = 1, SESSION sql_mode = ''",
        "SET @@sql_mode = ''",
        "SET @@session.sql_mode = ''",
        "SET NAMES latin1",
        "SET CHARACTER SET latin1",
        "SET ROLE admin",
        "SET STATEMENT sql_mode = '' FOR SELECT 1",
        "SET TRANSACTION READ ONLY",
        "SET unheard = 1",
        "BEGIN DECLARE sql_mode TEXT; SET sql_mode = ''; END",
        "BEGIN DECLARE names INT; SET NAMES utf8mb4; END",
        "BEGIN DECLARE CONTINUE HANDLER FOR NOT FOUND SET character_set_client = latin1; END",
        "BEGIN IF EXISTS (SELECT 1 FROM t FOR UPDATE) THEN SET sql_mode = ''; END IF; END",
        "BEGIN UPDATE t SET a = 1; SET sql_mode = ''; END",
        "BEGIN START TRANSACTION; COMMIT; END",
        "HANDLER t OPEN",
        "CALL sys.execute_prepared_stmt('SELECT 1')",
        "SELECT `sys` . `f`()",
        "SELECT 'never ended"
      })
  void whatMayChangeTheSession_counts(String body) {
    assertThat(of(body).changesSession()).isTrue();
  }

  @Test
  void stringsAndQuotes_areThoseOfTheModesThatTheBodyWasStoredWith() {
    String body = "RETURN \"it's\"";
    LexerSettings plain = LexerSettings.ofServer(Flavour.MYSQL, 80015);

    assertThat(StoredCode.of(body, Set.of(), plain).changesSession()).isFalse();
    assertThat(
            StoredCode.of("SET \"sql_mode\" = 1", Set.of("sql_mode"), plain.withAnsiQuotes())
                .changesSession())
        .isTrue();
  }

  @Test
  void calls_areNamedWithoutTheirDatabases() {
    assertThat(
            of("BEGIN CALL far.Proc; CALL near(1); INSERT INTO t (a) SELECT fn(x), `Odd`(1),"
                    + " bank.other(2), LENGTH(b) FROM u WHERE (a) IN (1); END")
                .calls())
        .containsExactlyInAnyOrder("proc", "near", "fn", "odd", "other", "length");
  }
}
