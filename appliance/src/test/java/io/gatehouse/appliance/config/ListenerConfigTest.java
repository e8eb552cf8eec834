package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.config.ListenerConfig.ListenerTls;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.postgres.PostgresListener;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListenerConfigTest {
  @TempDir private Path folder;
  private Configs configs;

  @BeforeEach
  void files() throws Exception {
    configs = Configs.in(folder);
  }

  private ListenerConfig first(String listeners) throws Exception {
    return configs.load(listeners + Configs.TARGET + Configs.USERS).listeners().getFirst();
  }

  @Test
  void defaults() throws Exception {
    assertThat(first(Configs.LISTENER))
        .isEqualTo(
            new ListenerConfig(
                "main",
                Protocol.POSTGRESQL,
                new BindConfig(InetAddress.ofLiteral("127.0.0.1"), 5432),
                Optional.of(
                    new ListenerTls(
                        folder.resolve("server.crt"),
                        folder.resolve("server.key"),
                        Optional.empty())),
                false,
                ListenerConfig.Login.BY_NAME,
                PostgresListener.USUAL_PARAMETERS,
                Optional.empty(),
                Optional.empty(),
                Map.of("bank", "core")));
  }

  @Test
  void fullMapping() throws Exception {
    TreeSet<String> parameters = new TreeSet<>(PostgresListener.USUAL_PARAMETERS);
    parameters.add("my.setting");

    assertThat(
            first(
                """
                listeners:
                  - name: branch
                    address: 0.0.0.0
                    port: 0
                    tls: {certificate: server.crt, key: server.key, client-ca: ca.crt}
                    clients-without-tls: accept
                    login: oauth
                    startup-parameters: [My.Setting]
                    databases: {bank: core, "*": core}
                identity:
                  oauth-issuer: https://one.example
                  issuers: [{issuer: https://one.example, audiences: [gate]}]
                """))
        .isEqualTo(
            new ListenerConfig(
                "branch",
                Protocol.POSTGRESQL,
                new BindConfig(InetAddress.ofLiteral("0.0.0.0"), 0),
                Optional.of(
                    new ListenerTls(
                        folder.resolve("server.crt"),
                        folder.resolve("server.key"),
                        Optional.of(folder.resolve("ca.crt")))),
                true,
                ListenerConfig.Login.OAUTH,
                parameters,
                Optional.empty(),
                Optional.empty(),
                Map.of("bank", "core", "*", "core")));
  }

  @Test
  void noTls_onlyWhereTheFileSaysSo() throws Exception {
    String open =
        """
        listeners:
          - name: main
            clients-without-tls: accept
            databases: {bank: core}
        """;

    assertThat(first(open).tls()).isEmpty();
    assertThat(first(open).plaintext()).isTrue();
    assertThat(configs.problems(open.replace("accept", "refuse") + Configs.TARGET + Configs.USERS))
        .singleElement()
        .asString()
        .startsWith("gatehouse.yaml:2: listeners[0]: has no tls, so nobody could connect;");
  }
}
