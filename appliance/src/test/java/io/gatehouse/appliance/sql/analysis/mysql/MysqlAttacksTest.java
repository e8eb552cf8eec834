package io.gatehouse.appliance.sql.analysis.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.analysis.HandMade;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.plugin.Trait;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known ways around a gate: each is refused, or its command says what it does. */
class MysqlAttacksTest {

  /**
   * @param shown a column of customers that it reads, an operation, traits, or UNKNOWN
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "SELECT ssn AS name FROM customers | ssn",
        "SELECT HEX(ssn), TO_BASE64(ssn), REVERSE(ssn), QUOTE(ssn), SOUNDEX(ssn) FROM customers |"
            + " ssn",
        "SELECT CAST(ssn AS BINARY), CONVERT(ssn USING latin1), ssn COLLATE utf8mb4_bin, BINARY"
            + " ssn FROM customers | ssn",
        "SELECT IF(1,ssn,''), IFNULL(ssn,''), CASE WHEN 1 THEN ssn END, ELT(1,ssn) FROM customers"
            + " | ssn",
        "SELECT JSON_OBJECT('a',ssn), JSON_ARRAY(ssn), JSON_QUOTE(ssn) FROM customers | ssn",
        "TABLE customers | ssn",
        "VALUES ROW(1,(SELECT ssn FROM customers LIMIT 1)) | ssn",
        "SELECT name FROM customers UNION SELECT ssn FROM customers | ssn",
        "WITH t(a) AS (SELECT ssn FROM customers) SELECT a FROM t | ssn",
        "SELECT j.v FROM customers c, JSON_TABLE(JSON_ARRAY(c.ssn),'$[*]' COLUMNS (v TEXT PATH"
            + " '$')) j | ssn",
        "SELECT l.n FROM orders o, LATERAL (SELECT c.ssn n FROM customers c WHERE"
            + " c.id=o.customer_id) l | ssn",
        "SELECT c.*, c.ssn AS id FROM customers c | ssn",
        "SELECT note FROM v_old | ssn",
        "SELECT `ssn` FROM `corp`.`customers` | ssn",
        "SELECT /*!50000 ssn */ FROM customers | ssn",
        "SELECT id /*!99999 , ssn */ FROM customers | id",
        "SELECT id /*!50000, /* x */ ssn */ FROM customers | ssn",
        "SELECT 1 # ; SELECT ssn FROM customers¶, ssn FROM customers | ssn",
        "SELECT 1 --1, ssn FROM customers | ssn",
        "SELECT(ssn)FROM(customers) | ssn",
        "SELECT\u000bssn\u000cFROM\u000bcustomers | ssn",
        "SELECT\u00a0ssn FROM customers | UNKNOWN",
        "SELECT {x ssn} FROM customers | ssn",
        "SELECT 1.e(ssn) FROM customers | UNKNOWN",
        "SELECT śsn FROM customers | UNKNOWN",
        "SELECT ßsn, SSN, sSn FROM customers | UNKNOWN",
        "SELECT 'a' 'b', _utf8mb4 0x61, N'c', ssn FROM customers | ssn",
        "SELECT id 'ssn', ssn 'id' FROM customers | ssn",
        "SELECT id FROM customers WHERE id=1 UNION/*!SELECT*/ssn/*!FROM*/customers | ssn",
        "SELECT ssn FROM customers\u0000 garbage | UNKNOWN",
        "SELECT id /*!50701 , ssn */ FROM customers | ssn",
        "+SELECT id /*!50701 , ssn */ FROM customers | id",
        "SELECT id 1.1e(ssn) FROM 1.1e(customers) | UNKNOWN",
        "PREPARE s FROM @q | EXECUTE DYNAMIC_CODE",
        "CREATE PROCEDURE pr1() SELECT ssn FROM customers | DEFINE",
        "CALL pr1() | CALL USER_CODE",
        "CREATE VIEW v1 AS SELECT ssn note FROM customers | DEFINE ssn",
        "CREATE TEMPORARY TABLE t1 AS SELECT ssn note FROM customers | DEFINE ssn KEEPS_RESULT",
        "CREATE TEMPORARY TABLE customers AS SELECT id, ssn note FROM corp.customers | DEFINE ssn"
            + " KEEPS_RESULT",
        "UPDATE customers SET name=ssn WHERE id=7 | WRITE ssn",
        "CREATE TRIGGER tr1 BEFORE INSERT ON orders FOR EACH ROW SET NEW.amount=(SELECT ssn FROM"
            + " customers LIMIT 1) | DEFINE",
        "INSERT INTO trapped (x) VALUES ('') | WRITE USER_CODE",
        "SELECT id FROM customers WHERE (@e:=ssn) IS NOT NULL LIMIT 1 | ssn KEEPS_RESULT",
        "DO @f:=(SELECT ssn FROM customers LIMIT 1) | ssn KEEPS_RESULT",
        "UPDATE customers SET id=LAST_INSERT_ID(id)+0*salary WHERE id=LAST_INSERT_ID(1) | WRITE"
            + " salary",
        "UPDATE orders SET amount=amount WHERE id=1 AND LAST_INSERT_ID((SELECT salary FROM"
            + " customers WHERE id=1)) | WRITE salary",
        "HANDLER customers OPEN | ssn",
        "HANDLER customers READ FIRST | ssn",
        "SELECT ssn FROM customers INTO OUTFILE '/srv/o_1.txt' | TRANSFER FILES ssn",
        "SELECT DIGEST_TEXT FROM performance_schema.events_statements_summary_by_digest | UNKNOWN",
        "SHOW FULL PROCESSLIST | DISCLOSES",
        "EXPLAIN FORMAT=TRADITIONAL SELECT ssn FROM customers WHERE id=1 | ssn",
        "SHOW WARNINGS | DISCLOSES",
        "EXPLAIN FORMAT=TREE SELECT ssn FROM customers WHERE id=1 AND salary=(SELECT salary FROM"
            + " customers WHERE id=1) | ssn salary",
        "SET optimizer_trace='enabled=on' | ADMINISTER DISCLOSES",
        "DESCRIBE ANALYZE SELECT id FROM customers WHERE ssn='SECRET-0001' | EXPLAIN_EXECUTES ssn",
        "SELECT EXTRACTVALUE(1,CONCAT(0x7e,(SELECT ssn FROM customers LIMIT 1))) | ssn",
        "SELECT UPDATEXML(1,CONCAT(0x7e,(SELECT ssn FROM customers LIMIT 1)),1) | ssn",
        "SELECT UUID_TO_BIN(ssn) FROM customers LIMIT 1 | ssn",
        "INSERT INTO mine SELECT ssn FROM customers | WRITE ssn",
        "GET DIAGNOSTICS CONDITION 1 @m=MESSAGE_TEXT | DISCLOSES KEEPS_RESULT",
        "SELECT JSON_EXTRACT(CONCAT('{',ssn,'}'),'$.a') FROM customers LIMIT 1 | ssn",
        "SELECT id FROM customers WHERE ssn REGEXP '^SECRET-0001' AND EXP(710) | ssn",
        "UPDATE orders SET amount=(SELECT ssn FROM customers LIMIT 1) WHERE id=1 | WRITE ssn",
        "CREATE PROCEDURE pr2() BEGIN DECLARE v TEXT; SELECT ssn INTO v FROM customers LIMIT 1;"
            + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT=v; END | DEFINE",
        "SELECT CONVERT(CONCAT(UNHEX('FF'),CAST(ssn AS BINARY)) USING utf8mb4) FROM customers LIMIT"
            + " 1 | ssn",
        "SELECT name FROM customers WHERE ssn LIKE 'SECRET-0001%' | ssn",
        "SELECT IF(ssn LIKE 'S%',SLEEP(0.05),0) FROM customers WHERE id=1 | ssn",
        "SELECT id FROM customers ORDER BY ssn | ssn",
        "SELECT id FROM customers GROUP BY id HAVING MAX(ssn)='SECRET-0001' | ssn",
        "SELECT (1,'SECRET-0001')=(SELECT id,ssn FROM customers WHERE id=1) | ssn",
        "/*!50000 DELETE FROM orders WHERE id<0 */ | DELETE",
        "DELETE FROM orders WHERE 1=1 LIMIT 0 | DELETE WHOLE_TABLE",
        "DELETE o FROM orders o JOIN customers c USING(id) WHERE o.id<0 | DELETE",
        "REPLACE INTO orders SELECT * FROM orders WHERE id<0 | DELETE",
        "TRUNCATE orders | DELETE WHOLE_TABLE",
        "COMMIT RELEASE | SESSION",
        "GRANT SELECT ON corp.* TO app@'%' | GRANT PRIVILEGES",
        "SET GLOBAL general_log=ON | ADMINISTER",
        "UPDATE customers SET ssn='******' WHERE id=3 | WRITE",
        "USE mysql | SESSION",
      })
  void attack_known_showsWhatItDoes(String sql, String shown) {
    Analysed analysed = MysqlDialectTest.analysed(sql.replace('¶', '\n'));
    assertThat(said(analysed))
        .as("%s: %s", sql, analysed.command().doubt())
        .contains(shown.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "ANSI_QUOTES ~ SELECT \"ssn\" FROM \"customers\" ~ ssn",
        "NO_BACKSLASH_ESCAPES ~ SELECT '\\', ssn, '' FROM customers ~ ssn",
        "PIPES_AS_CONCAT ~ SELECT ssn||'' FROM customers ~ ssn",
        "IGNORE_SPACE ~ SELECT CONCAT (ssn) FROM customers ~ ssn",
      })
  void attack_byTheModeOfTheSession_showsWhatItDoes(String mode, String sql, String shown) {
    NameState names = MysqlScenes.names(Flavour.MYSQL, SessionSettings.SQL_MODE, mode);
    assertThat(said(MysqlScenes.all(Flavour.MYSQL, sql, names).getFirst())).contains(shown);
  }

  private static Set<String> said(Analysed analysed) {
    Set<String> said = new LinkedHashSet<>();
    said.add(analysed.command().operation().name());
    analysed.command().traits().stream().map(Trait::name).forEach(said::add);
    said.addAll(
        HandMade.accesses(analysed).stream()
            .filter(access -> access.matches("read (via )?corp[.]customers[.].*"))
            .map(access -> access.substring(access.lastIndexOf('.') + 1))
            .collect(Collectors.toSet()));
    return said;
  }
}
