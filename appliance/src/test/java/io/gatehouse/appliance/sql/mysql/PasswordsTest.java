package io.gatehouse.appliance.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.SecretSpan;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final String SECRET = "hunter2";

  private static String without(String sql, LexerSettings settings) {
    return without(sql, MysqlReader.secrets(sql, settings));
  }

  private static String without(String sql, Flavour flavour) {
    return without(sql, MysqlReader.secrets(sql, flavour));
  }

  private static String without(String sql, List<SecretSpan> spans) {
    StringBuilder left = new StringBuilder();
    int end = 0;
    for (SecretSpan span : spans) {
      assertThat(span.start()).as("in order").isGreaterThanOrEqualTo(end);
      left.append(sql, end, span.start()).append('#');
      end = span.end();
    }
    return left.append(sql, end, sql.length()).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE USER a IDENTIFIED BY 'hunter2'",
        "create user a@b identified with caching_sha2_password by 'hunter2', c IDENTIFIED BY"
            + " 'hunter2'",
        "CREATE USER a IDENTIFIED WITH x AS 'hunter2' REQUIRE NONE",
        "CREATE USER a IDENTIFIED BY PASSWORD '*hunter2'",
        "CREATE USER a IDENTIFIED VIA ed25519 USING PASSWORD('hunter2') OR pam",
        "CREATE USER a IDENTIFIED BY \"hunter2\"",
        "ALTER USER a IDENTIFIED BY 'x' REPLACE 'hunter2' RETAIN CURRENT PASSWORD",
        "ALTER USER USER() IDENTIFIED BY 'hunter2'",
        "ALTER USER a 2 FACTOR FINISH REGISTRATION SET CHALLENGE_RESPONSE AS 'hunter2'",
        "SET PASSWORD = 'hunter2'",
        "SET PASSWORD FOR 'a'@'%' = 'hunter2' REPLACE 'hunter2'",
        "SET PASSWORD FOR a = PASSWORD('hunter2')",
        "SET x = 1, PASSWORD = 'hunter2'",
        "SET @db_password = 'hunter2'",
        "SET @token := _utf8mb4 'hunter2'",
        "GRANT ALL ON *.* TO a IDENTIFIED BY 'hunter2'",
        "CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD='hunter2'",
        "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = 'hunter2'",
        "START REPLICA USER='u' PASSWORD='hunter2'",
        "START GROUP_REPLICATION USER='u', PASSWORD='hunter2'",
        "CLONE INSTANCE FROM 'u'@'h':3306 IDENTIFIED BY 'hunter2'",
        "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u', PASSWORD 'hunter2')",
        "CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='mysql://u:hunter2@h/d/t'",
        "SELECT AES_DECRYPT(c, 'hunter2') FROM t",
        "SELECT aes_encrypt(c, CONCAT('hunter', 'hunter2')) FROM t",
        "UPDATE t SET c = SHA2('hunter2', 256)",
        "UPDATE users SET `password` = 'hunter2'",
        "UPDATE users SET password = X'68756e74657232', pwd = 'hunter2'",
        "PREPARE s FROM 'CREATE USER a IDENTIFIED BY ''hunter2'''",
        "SELECT 1 /* IDENTIFIED BY 'hunter2' */",
        "CREATE USER a IDENTIFIED BY 'hunter2",
        "CREATE USER a/*! IDENTIFIED BY 'hunter2' */",
      })
  void whatSetsOrTellsAPassword_doesNotHoldIt(String sql) {
    assertThat(without(sql, Parsed.MYSQL)).doesNotContain(SECRET).contains("#");
    assertThat(without(sql, Parsed.MARIADB)).doesNotContain(SECRET).contains("#");
    for (Flavour flavour : Flavour.values()) {
      assertThat(without(sql, flavour)).doesNotContain(SECRET).contains("#");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a\\' , password = 'hunter2'",
        "SELECT 'a\\'', password = ', 'hunter2'",
        "SET PASSWORD = \"it's hunter2\"",
        "SELECT \"a\\\" , @pwd := 'hunter2'",
        "SELECT \"a' , pwd = \", 'hunter2'",
        "SELECT '\u00e9', password = 'hunter2'",
        "SELECT 1 /*!99999 , password = 'hunter2' */",
        "SELECT 1 /*M!100000 , password = 'hunter2' */",
      })
  void whatIsASecretToAnySession_isNotKept(String sql) {
    for (Flavour flavour : Flavour.values()) {
      assertThat(without(sql, flavour)).doesNotContain(SECRET);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'hunter2' FROM `t`",
        "SELECT 'hunter2', \"it's\" /*! , 1 */",
        "SELECT 'h\u00fcbsch', 'hunter2'",
        "INSERT INTO users (name, password) VALUES ('hunter2', ?)",
      })
  void textWithoutSecrets_isKeptForAnySession(String sql) {
    for (Flavour flavour : Flavour.values()) {
      assertThat(without(sql, flavour)).isEqualTo(sql);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE USER a IDENTIFIED BY \"hunter2\"", "SET PASSWORD = \"hunter2\""})
  void doubleQuotesAroundNames_areCoveredAllTheSame(String sql) {
    assertThat(without(sql, Parsed.MYSQL.withAnsiQuotes())).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'hunter2'",
        "CREATE USER 'hunter2'@'%' IDENTIFIED BY 'x'",
        "SELECT 'a', password FROM t WHERE name = 'hunter2'",
        "INSERT INTO t VALUES ('hunter2')",
      })
  void otherStrings_areKept(String sql) {
    assertThat(without(sql, Parsed.MYSQL)).contains(SECRET);
  }
}
