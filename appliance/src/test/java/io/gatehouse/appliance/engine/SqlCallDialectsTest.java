package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.SqlDialect;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlDialect;
import io.gatehouse.appliance.sql.mysql.Flavour;
import io.gatehouse.plugin.Target.Protocol;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same text in the SQL of several servers. */
final class SqlCallDialectsTest {
  private static final String POLICY =
      """
      rules:
        - {name: tools, resources: {tools: [crm.query]}, verdict: allow}
        - {name: reads, operations: [session, read], resources: {schemas: [open], kinds: [session]}, verdict: allow}
      """;

  @TempDir private Path folder;

  private String asked(
      Protocol protocol, SqlDialect dialect, String modes, String version, String sql) {
    try (Courtroom room =
        Courtroom.of(folder, POLICY, dialect, new Analyses(1, 10, Duration.ofSeconds(60)))) {
      if (protocol != Protocol.POSTGRESQL) {
        room.begun.clear();
        room.begun.add(
            Courtroom.text(
                Stream.of("open", "gate@%", modes, "utf8mb4", version, "0")
                    .map(one -> HexFormat.of().formatHex(one.getBytes(StandardCharsets.UTF_8)))
                    .toArray(String[]::new)));
      }
      SqlCaller caller = new SqlCaller(room, SqlCaller.argument("crm.query", "sql", protocol));
      return caller.asks(SqlCaller.query(sql));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT `name` FROM `open`.`items` | cannot read | run",
        "SELECT name FROM items /*!50000 , secret.items */ | run | secret.items",
        "SELECT 1 /*!50000 ; DROP TABLE items */ | run | items",
        "SELECT name FROM items /*!99999 , secret.items */ | run | run",
        "SELECT $q$; DROP TABLE items; $q$ | run | default-deny",
        "SELECT 1 -- x\\n | run | run",
        "SELECT 1 # ; DROP TABLE items | default-deny | run",
        "SELECT 'a\\\\'; DROP TABLE items; -- ' | define table open.items | run",
        "SELECT 'a\\\\''; DROP TABLE items; -- ' | run | define table open.items"
      })
  void text_isReadAsItsServerReadsIt(String sql, String postgres, String mysql) {
    String text = sql.replace("\\\\", "\\").replace("\\n", "\n");
    assertThat(asked(Protocol.POSTGRESQL, new PostgresDialect(), "", "", text)).contains(postgres);
    assertThat(asked(Protocol.MYSQL, new MysqlDialect(Flavour.MYSQL), "", "8.0.36", text))
        .contains(mysql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT name FROM \"items\" | ANSI_QUOTES | run",
        "SELECT name FROM \"items\" | STRICT_ALL_TABLES | cannot read",
        "SELECT 1 /*M!100000 ; DROP TABLE items */ | STRICT_ALL_TABLES | default-deny"
      })
  void modesOfAFreshSession_count(String sql, String modes, String expected) {
    assertThat(
            asked(
                Protocol.MARIADB, new MysqlDialect(Flavour.MARIADB), modes, "11.4.5-MariaDB", sql))
        .contains(expected);
  }
}
