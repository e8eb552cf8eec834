package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.refresh.RefreshRules;
import io.gatehouse.appliance.yaml.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with the section {@code desk}. */
class DeskConfigTest {
  private static final String GOOD =
      """
      listeners:
        - {name: main, port: 6432, tls: {certificate: server.crt, key: server.key}, databases: {"*": core}}
      targets:
        - {name: core, protocol: postgresql, host: localhost, credential: {user: gate, trust: true}}
      users: users.yaml
      identity:
        issuers: [{issuer: "https://idp.example.com", audiences: [gatehouse]}]
        store: {file: control.db}
      desk:
        tls: {certificate: server.crt, key: server.key}
        provider: {issuer: "https://idp.example.com", client-id: cli}
        offers: [{name: bank, host: gate.example.com, database: bank}]
      policy: run-everything
      journal: keep-no-record
      """;

  @TempDir private Path folder;

  @BeforeEach
  void files() throws Exception {
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
  }

  private GatehouseConfig load(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("gatehouse.yaml"), yaml);
    return ConfigFile.load(file, new Environment(Map.of()));
  }

  @Test
  void leastSection_hasTheDefaults() throws Exception {
    DeskConfig desk = load(GOOD).desk().orElseThrow();
    assertThat(desk.bind().port()).isEqualTo(8443);
    assertThat(desk.bind().address().isLoopbackAddress()).isTrue();
    assertThat(desk.lifetime()).isEqualTo(Duration.ofHours(1));
    assertThat(desk.provider().orElseThrow().scopes()).isEqualTo(List.of("openid"));
    assertThat(desk.refresh()).isEmpty();
    assertThat(desk.logout()).isEmpty();
    assertThat(desk.offers())
        .containsExactly(new DeskConfig.Offer("bank", "gate.example.com", 5432, "bank"));
  }

  @Test
  void refreshAndLogout_haveTheirDefaults() throws Exception {
    DeskConfig desk =
        load(GOOD.replace("desk:", "desk:\n  refresh: {key: {file: server.crt}}\n  logout: {}"))
            .desk()
            .orElseThrow();
    assertThat(desk.refresh().orElseThrow().rules())
        .isEqualTo(new RefreshRules(Duration.ofMinutes(5), Duration.ofHours(1)));
    assertThat(desk.refresh().orElseThrow().seal().toString()).contains("redacted");
    assertThat(desk.logout().orElseThrow().clients()).containsExactly("cli");
  }

  /** {@code ~} is a line end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "store: {file: control.db}|| desk: needs identity.store",
        "client-id: cli}|client-id: cli, scopes: ['a b']}| is not a scope",
        "client-id: cli}|client-id: 'c i'}| desk.provider.client-id: must have",
        "provider: {issuer: \"https://idp|provider: {issuer: \"https://other| is not one of"
            + " identity.issuers",
        "  tls: {certificate: server.crt, key: server.key}~"
            + "  provider|  provider| desk.tls: is missing",
        "desk:|desk:~  credential-minutes: 721| must be a whole number between 1 and 720",
        "desk:|desk:~  credential-minutes: 0| must be a whole number between 1 and 720",
        "desk:|desk:~  port: 6432| is taken by listeners[0] already",
        "name: main|name: desk| is the name of the desk",
        "[{name: bank, host: gate.example.com, database: bank}]|[]| must have at least one entry",
        "host: gate.example.com|host: 'a b'| desk.offers[0].host: must be letters",
        "database: bank}]|database: bank}, {name: bank, host: b, database: c}]| two entries of one"
            + " name",
        "desk:|desk:~  plain: true| is not a known key",
        "desk:|desk:~  refresh: {}| desk.refresh.key: is missing",
        "desk:|desk:~  refresh: {key: {file: users.yaml}}| has 9 bytes and needs at least 32",
        "desk:|desk:~  refresh: {key: {file: server.crt}, every-seconds: 0}| must be a whole",
        "desk:|desk:~  refresh: {key: {file: server.crt}, every-seconds: 60, outage-seconds: 60}|"
            + " outage-seconds that end before",
        "desk:|desk:~  refresh: {key: secret}| must say where the secret is",
        "desk:|desk:~  logout: {clients: []}| must have at least one client id",
        "desk:|desk:~  logout: {client: a}| is not a known key",
      })
  void problem_isSaid(String what, String instead, String words) {
    String yaml =
        GOOD.replace(what.replace('~', '\n'), instead == null ? "" : instead.replace('~', '\n'));
    assertThat(yaml).isNotEqualTo(GOOD);
    InvalidFileException thrown =
        catchThrowableOfType(InvalidFileException.class, () -> load(yaml));
    assertThat((Throwable) thrown).isNotNull();
    assertThat(thrown.problems()).anyMatch(problem -> problem.toString().contains(words));
  }
}
