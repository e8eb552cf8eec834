package io.gatehouse.appliance.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.SecretSpan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final String SECRET = "hunter2";

  private static String without(String sql) {
    List<SecretSpan> spans = PostgresReader.secrets(sql, LexerSettings.ofServer(18));
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
        "CREATE ROLE a PASSWORD 'hunter2'",
        "create user a encrypted password 'hunter2' valid until '2030-01-01'",
        "ALTER ROLE a WITH PASSWORD E'hunter\\x32 hunter2'",
        "ALTER USER a PASSWORD $$hunter2$$",
        "ALTER USER a PASSWORD $x$hunter2$x$",
        "ALTER USER a PASSWORD U&'hunter2' UESCAPE '!'",
        "ALTER USER a /* the old one was: password 'hunter2' */ PASSWORD 'hunter2'",
        "ALTER USER a PASSWORD -- hunter2 is the password: 'x'\n 'hunter2'",
        "ALTER USER a PASSWORD '' 'hunter2'",
        "CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'b', password 'hunter2')",
        "ALTER USER MAPPING FOR a SERVER s OPTIONS (SET password 'hunter2')",
        "CREATE SUBSCRIPTION s CONNECTION 'host=h password=hunter2' PUBLICATION p",
        "ALTER SUBSCRIPTION s CONNECTION 'postgres://u:hunter2@h/d'",
        "SELECT dblink_connect('c', 'hunter2')",
        "SELECT * FROM dblink('host=h PASSWORD = hunter2', 'SELECT 1') t (a int)",
        "SELECT * FROM dblink('postgresql://u:hunter2@h', 'SELECT 1') t (a int)",
        "SELECT crypt('hunter2', gen_salt('bf'))",
        "SELECT pgp_sym_decrypt(secret_column, lower('hunter2')) FROM t",
        "UPDATE users SET password = 'hunter2' WHERE id = 1",
        "SELECT 1 FROM users WHERE \"password\" = 'hunter2'",
        "DO $$BEGIN EXECUTE 'ALTER ROLE a PASSWORD ''hunter2'''; END$$",
        "SELECT dblink_exec('c', 'ALTER ROLE a PASSWORD ''hunter2''')",
        "ALTER ROLE a PASSWORD 'hunter2",
        "ALTER SYSTEM SET primary_conninfo = 'user=u password=hunter2'",
        "COPY t TO PROGRAM 'curl -H \"token: hunter2\"'",
        "SET my.api_key = 'hunter2'",
      })
  void whatSetsOrTellsAPassword_doesNotHoldIt(String sql) {
    assertThat(without(sql)).doesNotContain(SECRET).contains("#");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ssn FROM bank.customers WHERE name = 'hunter2'",
        "SET password_encryption = 'scram-sha-256'",
        "SELECT rolname FROM pg_roles WHERE rolvaliduntil < '2030-01-01'",
        "ALTER ROLE a VALID UNTIL '2030-01-01'",
        "SELECT 'a password is a word'",
        "SELECT encode(sha256('x'), 'hex'), tokens FROM t",
        "SELECT pg_sleep(1) -- wait for the connection",
      })
  void whatHoldsNone_isKept(String sql) {
    assertThat(without(sql)).isEqualTo(sql);
  }

  @Test
  void restOfTheText_isKept() {
    assertThat(without("CREATE USER \"Ann\" PASSWORD 'hunter2' VALID UNTIL '2030-01-01'"))
        .isEqualTo("CREATE USER \"Ann\" PASSWORD # VALID UNTIL '2030-01-01'");
  }

  /** In time that grows with the text and not faster. */
  @Test
  void longText_isLookedThroughOnce() {
    String sql = "SELECT 'password" + " ".repeat(1 << 20) + "', '://" + "a".repeat(1 << 20) + "'";
    assertThat(without(sql)).isEqualTo(sql);
  }
}
