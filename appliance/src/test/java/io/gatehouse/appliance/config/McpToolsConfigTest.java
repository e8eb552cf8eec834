package io.gatehouse.appliance.config;

import static io.gatehouse.appliance.config.McpConfigTest.LISTENER;
import static io.gatehouse.appliance.config.McpConfigTest.REST;
import static io.gatehouse.appliance.config.McpConfigTest.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.pin.PinMode;
import io.gatehouse.plugin.Target.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a target of MCP says of its tools. */
final class McpToolsConfigTest {
  @TempDir private Path folder;
  private Configs configs;

  @BeforeEach
  void files() throws Exception {
    configs = Configs.in(folder);
  }

  @Test
  void pins_areOfTheFirstUse_ifNothingElseIsSaid() throws Exception {
    assertThat(configs.load(LISTENER + TARGET + REST).targets().getFirst().pinMode())
        .isEqualTo(PinMode.FIRST_USE);
    String off = TARGET + "    pins: off\n";
    assertThat(configs.load(LISTENER + off + REST).targets().getFirst().pinMode())
        .isEqualTo(PinMode.OFF);
    String reviewed = TARGET + "    pins: reviewed\n";
    Files.writeString(folder.resolve("policy.yaml"), "rules: []\n");
    String kept =
        REST.replace("policy: run-everything", "policy: policy.yaml")
            .replace("audiences: [gate]}]}", "audiences: [gate]}], store: {file: store/s.db}}");
    assertThat(configs.load(LISTENER + reviewed + kept).targets().getFirst().pinMode())
        .isEqualTo(PinMode.REVIEWED);
    assertThat(configs.load(Configs.SMALLEST).targets().getFirst().pinMode())
        .isEqualTo(PinMode.OFF);
  }

  @Test
  void pinsThatCannotBeKept_areAProblem() {
    assertThat(configs.problems(LISTENER + TARGET + "    pins: first-use\n" + REST))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "targets[0].pins: needs identity.store, where what was accepted is kept"))
        .anySatisfy(line -> assertThat(line).contains("targets[0].pins", "run-everything"));
    assertThat(configs.problems(LISTENER + TARGET + "    pins: never\n" + REST))
        .anySatisfy(line -> assertThat(line).contains("targets[0].pins"));
    assertThat(
            configs.problems(Configs.LISTENER + Configs.TARGET + "    pins: off\n" + Configs.USERS))
        .anySatisfy(line -> assertThat(line).contains("pins"));
  }

  private static final String SHOP =
      """
        - name: shop
          protocol: mysql
          host: db.example
          credential: {user: gate, trust: true}
        - name: bank
          protocol: postgresql
          host: db.example
          database: bank
          credential: {user: gate, trust: true}
      """;

  private static String sql(String one) {
    return LISTENER + TARGET + "    sql: [" + one + "]\n" + SHOP + REST;
  }

  @Test
  void argumentsThatAreSql() throws Exception {
    assertThat(
            configs
                .load(
                    sql(
                        "{tool: query, argument: sql, dialect: postgresql},"
                            + " {tool: batch, argument: '$.steps[*].sql', dialect: mysql, target:"
                            + " shop, database: orders},"
                            + " {tool: query, argument: other, dialect: postgresql, target: bank}"))
                .targets()
                .getFirst()
                .sql())
        .containsExactly(
            new SqlArgumentConfig(
                "query", "sql", Protocol.POSTGRESQL, Optional.empty(), Optional.empty()),
            new SqlArgumentConfig(
                "batch",
                "steps[*].sql",
                Protocol.MYSQL,
                Optional.of("shop"),
                Optional.of("orders")),
            new SqlArgumentConfig(
                "query", "other", Protocol.POSTGRESQL, Optional.of("bank"), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{tool: q, argument: a} | .dialect: is missing",
        "{tool: q, argument: a, dialect: postgres} | .dialect: must be one of mariadb, mysql,",
        "{tool: q, argument: 'a[', dialect: postgresql} | .argument: must be a place in the",
        "{tool: q, argument: '**.sql', dialect: postgresql} | .argument: must say where it is",
        "{tool: q, argument: a, dialect: mysql} | : needs a target: how mysql reads a text",
        "{tool: q, argument: a, dialect: postgresql, database: d} | : has a database, which",
        "{tool: q, argument: a, dialect: postgresql, target: no} | .target: there is no target",
        "{tool: q, argument: a, dialect: mysql, target: bank} | .target: target \"bank\" speaks",
        "{tool: q, argument: a, dialect: mysql, target: shop} | .target: target \"shop\" opens",
        "{tool: q, argument: a, dialect: postgresql, target: bank, database: d} | .target: target",
        "{tool: q, argument: a, dialect: postgresql, what: d} | .what: is not a known key"
      })
  void argumentThatIsNone_isAProblem(String one, String problem) {
    assertThat(configs.problems(sql(one)))
        .singleElement()
        .asString()
        .startsWith("gatehouse.yaml:13: targets[0].sql[0]" + problem);
  }

  @Test
  void argumentsOfADatabase_areAProblem() {
    assertThat(
            configs.problems(
                Configs.LISTENER
                    + Configs.TARGET
                    + "    sql: [{tool: q, argument: a, dialect: postgresql}]\n"
                    + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:10: targets[0].sql: is for protocol: mcp only; here it is postgresql");
  }
}
