package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.config.TargetConfig.Tcp;
import io.gatehouse.appliance.config.TargetConfig.Unencrypted;
import io.gatehouse.appliance.config.TargetConfig.Verified;
import io.gatehouse.plugin.Target.Protocol;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners and targets of MySQL and MariaDB. */
final class MysqlConfigTest {
  private static final String LISTENER =
      """
      listeners:
        - name: main
          protocol: mysql
          tls: {certificate: server.crt, key: server.key}
          databases: {bank: core}
      """;

  private static final String TARGET =
      """
      targets:
        - name: core
          protocol: mysql
          host: db.example
          credential: {user: gate, password: {file: password}}
      """;

  @TempDir private Path folder;
  private Configs configs;

  @BeforeEach
  void files() throws Exception {
    configs = Configs.in(folder);
  }

  private static String of(String protocol, String text) {
    return text.replace("mysql", protocol);
  }

  @ParameterizedTest
  @CsvSource({"mysql, MYSQL", "mariadb, MARIADB"})
  void defaults(String word, Protocol protocol) throws Exception {
    GatehouseConfig config = configs.load(of(word, LISTENER + TARGET) + Configs.USERS);

    ListenerConfig listener = config.listeners().getFirst();
    assertThat(listener.protocol()).isEqualTo(protocol);
    assertThat(listener.bind().port()).isEqualTo(3306);
    assertThat(listener.serverVersion()).isEmpty();
    TargetConfig target = config.targets().getFirst();
    assertThat(target.protocol()).isEqualTo(protocol);
    assertThat(target.endpoint())
        .isEqualTo(new Tcp("db.example", 3306, new Verified(true, Optional.empty())));
  }

  @Test
  void fullMapping() throws Exception {
    GatehouseConfig config =
        configs.load(
            LISTENER
                + """
                    server-version: 8.0.36-28
                    port: 3307
                """
                + TARGET
                + """
                    port: 3308
                    without-tls: send-everything-unencrypted
                    database: bank_2
                    accounts: [{groups: [reports], credential: {user: reports, trust: true}}]
                """
                + Configs.USERS);

    assertThat(config.listeners().getFirst().serverVersion()).contains("8.0.36-28");
    assertThat(config.listeners().getFirst().bind().port()).isEqualTo(3307);
    TargetConfig target = config.targets().getFirst();
    assertThat(target.endpoint()).isEqualTo(new Tcp("db.example", 3308, new Unencrypted()));
    assertThat(target.database()).contains("bank_2");
    assertThat(target.accounts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "role: reader",
        "parameters: {application_name: gate}",
        "strict: false",
        "accept-definition-window: false"
      })
  void keyOfPostgresql_onATarget_isAProblem(String key) {
    String name = key.substring(0, key.indexOf(':'));
    assertThat(configs.problems(LISTENER + TARGET + key.indent(4) + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:11: targets[0]."
                + name
                + ": is for protocol: postgresql only; here it is mysql");
  }

  @Test
  void roleOfAnAccount_isAProblem() {
    String accounts = "    accounts: [{groups: [dba], role: owner}]\n";
    assertThat(configs.problems(LISTENER + TARGET + accounts + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:11: targets[0].accounts[0].role: is for protocol: postgresql only;"
                + " here it is mysql");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "startup-parameters: [my.setting] | postgresql",
        "clients-without-tls: accept | postgresql and mcp",
        "names: [gate.example] | mcp",
        "origins: [https://app.example] | mcp",
        "resource: https://gate.example | mcp",
        "scopes: [tools] | mcp",
        "paths: {/mcp: core} | mcp"
      })
  void keyOfOthers_onAListener_isAProblem(String key, String theirs) {
    String name = key.substring(0, key.indexOf(':'));
    assertThat(configs.problems(LISTENER + key.indent(4) + TARGET + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:6: listeners[0]."
                + name
                + ": is for protocol: "
                + theirs
                + " only; here it is mysql");
  }

  @Test
  void noTls_isAProblem() {
    String open = LISTENER.replace("    tls: {certificate: server.crt, key: server.key}\n", "");
    assertThat(configs.problems(open + TARGET + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:2: listeners[0]: has no tls, so nobody could connect; give"
                + " tls.certificate and tls.key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.5.5-10.11.6-MariaDB", "eight", "\"8.0\"", "\"8.0.1\\u0000\""})
  void versionThatIsNone_isAProblem(String version) {
    String wrong = LISTENER + "    server-version: " + version + "\n";
    assertThat(configs.problems(wrong + TARGET + Configs.USERS))
        .singleElement()
        .asString()
        .startsWith("gatehouse.yaml:6: listeners[0].server-version: must be a version such as");
  }

  @Test
  void versionOfAPostgresqlListener_isAProblem() {
    String wrong = Configs.LISTENER + "    server-version: 18.0.1\n";
    assertThat(configs.problems(wrong + Configs.TARGET + Configs.USERS))
        .singleElement()
        .asString()
        .startsWith("gatehouse.yaml:5: listeners[0].server-version: is for protocol: mysql and");
  }

  @ParameterizedTest
  @CsvSource({"mysql, mariadb", "mariadb, mysql", "mysql, postgresql", "postgresql, mysql"})
  void listenerAndTargetOfTwoProtocols_areAProblem(String listener, String target) {
    assertThat(configs.problems(of(listener, LISTENER) + of(target, TARGET) + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:5: listeners[0].databases.bank: target \"core\" speaks "
                + target
                + ", and clients of this listener "
                + listener
                + "; see its key protocol");
  }
}
