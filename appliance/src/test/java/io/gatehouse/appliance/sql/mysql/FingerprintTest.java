package io.gatehouse.appliance.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  private static String fingerprint(String sql) {
    return ((Reading.Read) MysqlReader.read(sql, Parsed.MYSQL, false))
        .statements()
        .getFirst()
        .fingerprint();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE USER 'a'@'b'  IDENTIFIED BY 'c' -- x | create USER ? @`b` IDENTIFIED by ?",
        "rename TABLE T to `t` | rename table T to `t`",
        "XA START 'a', 'b', 5 | XA START ?",
        "LOAD DATA INFILE 'f' INTO TABLE t (@a, b) | load DATA infile ? into table t ( @`a` , b )",
      })
  void statement_isItsTokensWithoutConstants(String sql, String fingerprint) {
    assertThat(fingerprint(sql)).isEqualTo(fingerprint);
  }

  @Test
  void caseOfNames_makesADifference() {
    assertThat(fingerprint("TRUNCATE T")).isNotEqualTo(fingerprint("TRUNCATE t"));
  }

  @Test
  void caseOfKeywords_makesNone() {
    assertThat(fingerprint("RENAME TABLE a TO b")).isEqualTo(fingerprint("rename table a to b"));
  }
}
