package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.config.TargetConfig.Tcp;
import io.gatehouse.appliance.config.TargetConfig.Unencrypted;
import io.gatehouse.appliance.config.TargetConfig.Verified;
import io.gatehouse.mcp.McpListener.Served;
import io.gatehouse.plugin.Target.Protocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners and targets of MCP. */
final class McpConfigTest {
  static final String LISTENER =
      """
      listeners:
        - name: main
          protocol: mcp
          tls: {certificate: server.crt, key: server.key}
          names: [mcp.example]
          resource: https://mcp.example
          paths: {/mcp: tools}
      """;

  static final String TARGET =
      """
      targets:
        - name: tools
          protocol: mcp
          host: tools.example
          credential: {none: true}
      """;

  private static final String IDENTITY =
      "identity: {issuers: [{issuer: https://one.example, audiences: [gate]}]}\n";

  static final String REST = IDENTITY + Configs.USERS;

  @TempDir private Path folder;
  private Configs configs;

  @BeforeEach
  void files() throws Exception {
    configs = Configs.in(folder);
  }

  private CredentialConfig credential(String yaml) throws Exception {
    return configs
        .load(LISTENER + TARGET.replace("{none: true}", yaml) + REST)
        .targets()
        .getFirst()
        .credential();
  }

  @Test
  void defaults() throws Exception {
    GatehouseConfig config = configs.load(LISTENER + TARGET + REST);

    ListenerConfig listener = config.listeners().getFirst();
    assertThat(listener.protocol()).isEqualTo(Protocol.MCP);
    assertThat(listener.bind().port()).isEqualTo(443);
    assertThat(listener.login()).isEqualTo(ListenerConfig.Login.BEARER);
    assertThat(listener.databases()).isEqualTo(Map.of("/mcp", "tools"));
    assertThat(listener.http())
        .contains(
            new HttpConfig(Set.of("mcp.example"), Set.of(), "https://mcp.example", List.of()));
    TargetConfig target = config.targets().getFirst();
    assertThat(target.protocol()).isEqualTo(Protocol.MCP);
    assertThat(target.endpoint())
        .isEqualTo(new Tcp("tools.example", 443, new Verified(true, Optional.empty())));
    assertThat(target.database()).contains("/mcp");
    assertThat(target.credential())
        .isEqualTo(new CredentialConfig(Optional.of(""), Optional.empty()));
  }

  @Test
  void fullMapping() throws Exception {
    GatehouseConfig config =
        configs.load(
            """
            listeners:
              - name: main
                protocol: mcp
                address: 127.0.0.1
                clients-without-tls: accept
                names: [MCP.example, localhost, "[::1]"]
                origins: [https://App.example:8443]
                resource: https://mcp.example:8443
                scopes: [tools, "urn:x"]
                paths: {/mcp: tools, /: tools}
            targets:
              - name: tools
                protocol: mcp
                host: tools.example
                without-tls: send-everything-unencrypted
                path: /v1/mcp;a=b
                credential: {header: X-Api-Key, value: {file: password}}
                accounts:
                  - {groups: [dba], credential: {bearer: {env: CORE_PASSWORD}}}
            """
                + REST);

    ListenerConfig listener = config.listeners().getFirst();
    assertThat(listener.bind().port()).isEqualTo(80);
    assertThat(listener.plaintext()).isTrue();
    HttpConfig http = listener.http().orElseThrow();
    assertThat(http.names()).containsExactlyInAnyOrder("mcp.example", "localhost", "[::1]");
    assertThat(http.origins()).containsExactly("https://app.example:8443");
    assertThat(http.served(listener.databases().keySet(), List.of("https://one.example")))
        .containsExactly(
            served("/", "https://mcp.example:8443/"),
            served("/mcp", "https://mcp.example:8443/mcp"));
    TargetConfig target = config.targets().getFirst();
    assertThat(target.endpoint()).isEqualTo(new Tcp("tools.example", 80, new Unencrypted()));
    assertThat(target.database()).contains("/v1/mcp;a=b");
    assertThat(target.credential().user()).contains("x-api-key");
    assertThat(target.accounts().getFirst().credential().orElseThrow().user())
        .contains(CredentialConfig.BEARER);
  }

  private static Served served(String path, String resource) {
    return new Served(path, resource, List.of("https://one.example"), List.of("tools", "urn:x"));
  }

  @Test
  void tokenOfASource() throws Exception {
    assertThat(
            configs.problems(
                LISTENER
                    + TARGET.replace("{none: true}", "{bearer: {source: vault, path: kv/tools}}")
                    + REST))
        .containsExactly(
            "gatehouse.yaml:12: targets[0].credential.bearer.source: \"vault\" is not one of"
                + " secret-sources");
    assertThat(credential("{bearer: {file: password}}").password()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "databases: {bank: tools} | postgresql, mysql and mariadb",
        "login: oauth | postgresql, mysql and mariadb",
        "startup-parameters: [my.setting] | postgresql",
        "server-version: 8.0.36 | mysql and mariadb"
      })
  void keyOfDatabases_onAListener_isAProblem(String key, String theirs) {
    String name = key.substring(0, key.indexOf(':'));
    assertThat(configs.problems(LISTENER + key.indent(4) + TARGET + REST))
        .containsExactly(
            "gatehouse.yaml:8: listeners[0]."
                + name
                + ": is for protocol: "
                + theirs
                + " only; here it is mcp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "database: bank | postgresql, mysql and mariadb",
        "role: reader | postgresql",
        "parameters: {application_name: gate} | postgresql",
        "strict: false | postgresql",
        "accept-definition-window: false | postgresql"
      })
  void keyOfDatabases_onATarget_isAProblem(String key, String theirs) {
    String name = key.substring(0, key.indexOf(':'));
    assertThat(configs.problems(LISTENER + TARGET + key.indent(4) + REST))
        .containsExactly(
            "gatehouse.yaml:13: targets[0]."
                + name
                + ": is for protocol: "
                + theirs
                + " only; here it is mcp");
  }

  @Test
  void pathOfADatabase_isAProblem() {
    assertThat(
            configs.problems(
                Configs.LISTENER + Configs.TARGET + "    path: /mcp\n" + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:10: targets[0].path: is for protocol: mcp only; here it is postgresql");
  }

  @Test
  void socket_isAProblem() {
    assertThat(
            configs.problems(
                LISTENER
                    + TARGET.replace("host: tools.example", "unix-socket: /run/mcp.sock")
                    + REST))
        .containsExactly(
            "gatehouse.yaml:11: targets[0].unix-socket: is for protocol: postgresql, mysql and"
                + " mariadb only; here it is mcp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{none: false} | : must have one of bearer: REFERENCE,",
        "{bearer: {file: password}, none: true} | : must have one of bearer: REFERENCE,",
        "{header: X-Key} | : must have a header and its value, or neither",
        "{none: true, value: {file: password}} | : must have a header and its value, or neither",
        "{header: Host, value: {file: password}} | .header: must be the name of a header of",
        "{header: Mcp-Name, value: {file: password}} | .header: must be the name of a header of",
        "{header: 'X Key', value: {file: password}} | .header: must be the name of a header of",
        "{header: Authorization, value: {file: password}} | .header: has a form of its own:",
        "{none: true, user: gate} | .user: is not a known key; known here: bearer, header, none,",
        "{none: true, trust: true} | .trust: is not a known key;",
        "{bearer: tok} | .bearer: must say where the secret is"
      })
  void credentialThatIsNone_isAProblem(String yaml, String problem) {
    assertThat(configs.problems(LISTENER + TARGET.replace("{none: true}", yaml) + REST))
        .singleElement()
        .asString()
        .startsWith("gatehouse.yaml:12: targets[0].credential" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[mcp.example] | [] | names: must have at least one entry",
        "[mcp.example] | [mcp.example, 'mcp.example:8443'] | names[1]: must be a host name or",
        "{/mcp: tools} | {} | paths: must have at least one path",
        "{/mcp: tools} | {mcp: tools} | paths.mcp: is not a path that can be served",
        "{/mcp: tools} | {'*': tools} | paths.*: is not a path that can be served",
        "{/mcp: tools} | {/a%20b: tools} | paths./a%20b: is not a path that can be served",
        "{/mcp: tools} | {/mcp: shop} | paths./mcp: there is no target \"shop\"; targets: tools",
        "https://mcp.example | http://mcp.example | resource: must be https://HOST or",
        "https://mcp.example | https://mcp.example/ | resource: must be https://HOST or",
        "https://mcp.example | https://mcp.example?a | resource: must be https://HOST or",
        "https://mcp.example | https://other.example | resource: has a host that is none of names"
      })
  void valueThatCannotBeServed_isAProblem(String good, String bad, String problem) {
    List<String> problems = configs.problems(LISTENER.replace(good, bad) + TARGET + REST);
    assertThat(problems)
        .anySatisfy(
            line ->
                assertThat(line.replaceFirst("^[^ ]+ ", "")).startsWith("listeners[0]." + problem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"origins: [app.example]", "origins: [\"*\"]", "scopes: [a b]"})
  void wordsThatClientsWouldNotUnderstand_areAProblem(String key) {
    assertThat(configs.problems(LISTENER + key.indent(4) + TARGET + REST))
        .singleElement()
        .asString()
        .startsWith("gatehouse.yaml:8: listeners[0]." + key.substring(0, key.indexOf(':')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mcp", "/a b", "/a?b", "/a#b"})
  void pathThatIsNone_isAProblem(String path) {
    assertThat(configs.problems(LISTENER + TARGET + "    path: \"" + path + "\"\n" + REST))
        .containsExactly(
            "gatehouse.yaml:13: targets[0].path: must begin with a slash, and be as it goes into a"
                + " request");
  }

  @Test
  void nobodyWhoIssuesTokens_isAProblem() {
    assertThat(configs.problems(LISTENER + TARGET + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:2: listeners[0]: needs identity.issuers: clients over MCP log in by"
                + " tokens and by nothing else");
  }

  @Test
  void issuerThatCannotBeTold_isAProblem() {
    String odd = REST.replace("https://one.example", "https://one.example/ü");
    assertThat(configs.problems(LISTENER + TARGET + odd))
        .singleElement()
        .asString()
        .contains("identity.issuers: cannot be told to clients: ");
  }

  @Test
  void neitherTlsNorTheWordForNone_isAProblem() {
    String open = LISTENER.replace("    tls: {certificate: server.crt, key: server.key}\n", "");
    assertThat(configs.problems(open + TARGET + REST))
        .containsExactly(
            "gatehouse.yaml:2: listeners[0]: has no tls, so nobody could connect; give"
                + " tls.certificate and tls.key, or say clients-without-tls: accept to let tokens"
                + " and data pass unencrypted");
  }

  @Test
  void bothTlsAndTheWordForNone_areAProblem() {
    assertThat(configs.problems(LISTENER + "    clients-without-tls: accept\n" + TARGET + REST))
        .containsExactly(
            "gatehouse.yaml:2: listeners[0]: has tls and clients-without-tls: accept; over HTTP a"
                + " port has one of them");
  }

  @Test
  void authorityOfClients_isAProblem() {
    String asking = LISTENER.replace("key: server.key}", "key: server.key, client-ca: ca.crt}");
    assertThat(configs.problems(asking + TARGET + REST))
        .containsExactly(
            "gatehouse.yaml:4: listeners[0].tls.client-ca: is for protocol: postgresql, mysql and"
                + " mariadb only; here it is mcp");
  }

  @Test
  void listenerAndTargetOfTwoProtocols_areAProblem() {
    assertThat(configs.problems(LISTENER.replace("tools", "core") + Configs.TARGET + REST))
        .containsExactly(
            "gatehouse.yaml:7: listeners[0].paths./mcp: target \"core\" speaks postgresql, and"
                + " clients of this listener mcp; see its key protocol");
  }
}
