package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.saml.SamlRules;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.netty.pkitesting.CertificateBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with the section {@code desk.saml}. */
class SamlConfigTest {
  private static final String GOOD =
      """
      listeners:
        - {name: main, port: 6432, tls: {certificate: server.crt, key: server.key}, databases: {"*": core}}
      targets:
        - {name: core, protocol: postgresql, host: localhost, credential: {user: gate, trust: true}}
      users: users.yaml
      identity:
        store: {file: control.db}
      desk:
        tls: {certificate: server.crt, key: server.key}
        saml:
          url: "https://gate.example.com:8443"
          idp: {entity-id: "https://idp.example.com/saml", sso-url: "https://idp.example.com/sso", certificates: [idp.crt]}
        offers: [{name: bank, host: gate.example.com, database: bank}]
      policy: run-everything
      journal: keep-no-record
      """;

  private static final String EVERYTHING =
      """
          entity-id: "urn:gate"
          attributes: {subject: uid, groups: memberOf}
          group-names: {dba: administrators}
          namespace: "corp:"
          skew-seconds: 5
          url:\
      """;

  private static final String ISSUERS =
      """
      identity:
        issuers: [{issuer: "https://idp.example.com", audiences: [gatehouse]}]
      """;

  @TempDir private Path folder;

  @BeforeEach
  void files() throws Exception {
    Certificates.make().write(folder);
    Files.copy(folder.resolve("server.crt"), folder.resolve("idp.crt"));
    Files.writeString(
        folder.resolve("small.crt"),
        new CertificateBuilder()
            .algorithm(CertificateBuilder.Algorithm.ed25519)
            .subject("CN=idp")
            .setIsCertificateAuthority(true)
            .buildSelfSigned()
            .getCertificatePEM());
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
  }

  private GatehouseConfig load(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("gatehouse.yaml"), yaml);
    return ConfigFile.load(file, new Environment(Map.of()));
  }

  @Test
  void leastSection_hasTheDefaults_andNeedsNoProviderOfTokens() throws Exception {
    GatehouseConfig config = load(GOOD);
    DeskConfig desk = config.desk().orElseThrow();
    assertThat(desk.provider()).isEmpty();
    assertThat(config.breakGlass()).isTrue();
    SamlConfig saml = desk.saml().orElseThrow();
    assertThat(saml.signOn()).isEqualTo(URI.create("https://idp.example.com/sso"));
    SamlRules rules = saml.rules();
    assertThat(rules.own()).isEqualTo("https://gate.example.com:8443/saml/metadata");
    assertThat(rules.consumer()).isEqualTo(URI.create("https://gate.example.com:8443/saml/acs"));
    assertThat(rules.skew()).isEqualTo(Duration.ofSeconds(30));
    assertThat(rules.keys()).hasSize(1);
    assertThat(rules.names().subject()).isEmpty();
    assertThat(rules.names().groups()).isEmpty();
  }

  @Test
  void everyKey_isTaken() throws Exception {
    SamlRules rules =
        load(GOOD.replace("    url:", EVERYTHING))
            .desk()
            .flatMap(DeskConfig::saml)
            .orElseThrow()
            .rules();
    assertThat(rules.own()).isEqualTo("urn:gate");
    assertThat(rules.names())
        .isEqualTo(
            new SamlRules.Names(
                java.util.Optional.of("uid"),
                java.util.Optional.of("memberOf"),
                Map.of("dba", "administrators"),
                "corp:"));
    assertThat(rules.skew()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://gate.example.com:8443|http://gate.example.com| desk.saml.url: must be https",
        "https://gate.example.com:8443|https://gate.example.com/x| desk.saml.url: must be https",
        "https://gate.example.com:8443|https://a@gate.example.com| desk.saml.url: must be https",
        "https://idp.example.com/sso|http://idp.example.com/sso| desk.saml.idp.sso-url: must be an",
        "https://idp.example.com/sso|javascript:alert(1)| desk.saml.idp.sso-url: must be an",
        "https://idp.example.com/saml|a b| desk.saml.idp.entity-id: must be a URI",
        "[idp.crt]|[]| desk.saml.idp.certificates: must have at least one entry",
        "[idp.crt]|[none.crt]| there is no file",
        "[idp.crt]|[server.key]| is not a PEM file of certificates",
        "[idp.crt]|[small.crt]| has a key that is not RSA from 2048 bits",
        "[idp.crt]}|[idp.crt], metadata: x}| is not a known key",
        "'    url:'|'    skew-seconds: 301\n    url:'| must be a whole number between 0 and 300",
        "'    url:'|'    namespace: \"a b\u2028\"\n    url:'| a namespace is a name",
        "'  store: {file: control.db}'|'  local-users: alarm'| desk: needs identity.store",
      })
  void problem_isNamed(String what, String instead, String message) {
    String yaml = GOOD.replace(what, instead.replace("\\n", "\n"));
    InvalidFileException thrown =
        catchThrowableOfType(InvalidFileException.class, () -> load(yaml));
    assertThat((Throwable) thrown).as(yaml).isNotNull();
    assertThat(thrown.getMessage()).contains(message.strip());
  }

  @Test
  void issuersBesideIt_needNamespacesAsItDoes() throws Exception {
    String both = GOOD.replace("identity:\n", ISSUERS);
    assertThat(catchThrowableOfType(InvalidFileException.class, () -> load(both)).getMessage())
        .contains("desk.saml: needs a namespace");
    String one = both.replace("    url:", "    namespace: \"corp:\"\n    url:");
    assertThat(catchThrowableOfType(InvalidFileException.class, () -> load(one)).getMessage())
        .contains("desk.saml: needs a namespace");
    String begins = one.replace("[gatehouse]", "[gatehouse], namespace: \"corp:x\"");
    assertThat(catchThrowableOfType(InvalidFileException.class, () -> load(begins)).getMessage())
        .contains("desk.saml: needs a namespace");
    assertThat(
            load(one.replace("[gatehouse]", "[gatehouse], namespace: \"idp:\""))
                .desk()
                .flatMap(DeskConfig::saml))
        .isPresent();
  }

  @Test
  void localUsersMayBeRefused_wherePeopleComeBySaml() throws Exception {
    String refuse = GOOD.replace("  store:", "  local-users: refuse\n  store:");
    assertThat(load(refuse).breakGlass()).isTrue();
  }
}
