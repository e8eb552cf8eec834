package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about a configuration that cannot be used. */
final class ConfigProblemsTest {
  @TempDir private Path folder;
  private Configs configs;

  @BeforeEach
  void files() throws Exception {
    configs = Configs.in(folder);
  }

  @Test
  void manyProblems_allReportedInOrder() {
    assertThat(
            configs.problems(
                """
                listeners:
                  - name: main
                    port: "abc"
                    tls: {certificate: absent.crt, key: server.key}
                    colour: blue
                    databases: {bank: nowhere}
                targets:
                  - name: core
                    protocol: oracle
                    host: 5
                    credential: {user: gate}
                users: users.yaml
                policy: run-everything
                journal: keep-no-record
                limits: {login-secs: 3, sessions: -1}
                """))
        .containsExactly(
            "gatehouse.yaml:3: listeners[0].port: must be a whole number between 0 and 65535,"
                + " found \"abc\"",
            "gatehouse.yaml:4: listeners[0].tls.certificate: there is no file absent.crt",
            "gatehouse.yaml:5: listeners[0].colour: is not a known key; known here: address,"
                + " clients-without-tls, databases, login, name, names, origins, paths, port,"
                + " protocol, resource, scopes, server-version, startup-parameters, tls",
            "gatehouse.yaml:6: listeners[0].databases.bank: there is no target \"nowhere\";"
                + " targets: core",
            "gatehouse.yaml:9: targets[0].protocol: must be one of mariadb, mcp, mysql, postgresql,"
                + " found \"oracle\"",
            "gatehouse.yaml:10: targets[0].host: must be text, found \"5\"; put it in quotes",
            "gatehouse.yaml:11: targets[0].credential: must have either a password reference, or"
                + " trust: true where the target asks for none",
            "gatehouse.yaml:15: limits.sessions: must be a whole number between 1 and 2147483647,"
                + " found \"-1\"",
            configs
                .problems(Configs.SMALLEST + "limits: {login-secs: 3}\n")
                .getFirst()
                .replace(":13:", ":15:"));
  }

  @Test
  void unknownLimit_namesTheKnownOnes() {
    assertThat(configs.problems(Configs.SMALLEST + "limits: {login-secs: 3}\n"))
        .singleElement()
        .asString()
        .startsWith("gatehouse.yaml:13: limits.login-secs: is not a known key; known here: ")
        .contains("login-seconds");
  }

  @Test
  void duplicateKey_namesBothLines() {
    assertThat(configs.problems(Configs.SMALLEST + "users: other.yaml\n"))
        .containsExactly("gatehouse.yaml:13: users: is given twice, first on line 10");
  }

  @Test
  void missingSections_eachNamed() {
    assertThat(configs.problems("log: {}\n"))
        .containsExactly(
            "gatehouse.yaml:1: listeners: is missing",
            "gatehouse.yaml:1: targets: is missing",
            "gatehouse.yaml:1: users: is missing",
            "gatehouse.yaml:1: policy: is missing",
            "gatehouse.yaml:1: journal: is missing");
  }

  @Test
  void keyWithoutValue_isNamed() {
    assertThat(configs.problems(Configs.SMALLEST + "log:\n"))
        .containsExactly("gatehouse.yaml:13: log: has no value");
  }

  @Test
  void samePort_clashes() {
    assertThat(configs.problems(Configs.SMALLEST + "management: {address: 0.0.0.0, port: 5432}\n"))
        .containsExactly(
            "gatehouse.yaml:13: management.port: 5432 is taken by listeners[0] already");
  }

  @Test
  void sameName_clashes() {
    String twice =
        Configs.LISTENER
            + Configs.LISTENER.replace("listeners:\n", "").replace("- name", "- port: 0\n    name");

    assertThat(configs.problems(twice + Configs.TARGET + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:6: listeners[1].name: \"main\" is the name of listeners[0] already");
  }

  @Test
  void inlinePassword_isRefusedAndNotRepeated() {
    String inline = Configs.SMALLEST.replace("{file: password}", "planted-secret-77");

    assertThat(configs.problems(inline))
        .containsExactly(
            "gatehouse.yaml:9: targets[0].credential.password: must say where the secret is (file:"
                + " PATH, env: NAME or credential: NAME); a secret itself is never written here");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file: absent     | targets[0].credential.password.file: there is no file absent",
        "env: ABSENT      | targets[0].credential.password.env: cannot be read: the environment"
            + " variable ABSENT is not set",
        "credential: gone | targets[0].credential.password.credential: cannot be read: there is no"
            + " file credentials/gone",
        "'file: password, env: CORE_PASSWORD' | targets[0].credential.password: must have exactly"
            + " one of file, env, credential",
      })
  void secretThatIsNotThere_isFoundByTheCheck(String reference, String expected) {
    assertThat(configs.problems(Configs.SMALLEST.replace("file: password", reference)))
        .containsExactly("gatehouse.yaml:9: " + expected);
  }

  @Test
  void keyOfAnotherCertificate_isFoundByTheCheck() throws Exception {
    Files.writeString(folder.resolve("server.key"), Certificates.make().leaf().getPrivateKeyPEM());

    assertThat(configs.problems(Configs.SMALLEST))
        .containsExactly(
            "gatehouse.yaml:3: listeners[0].tls: server.key is not the key of the first"
                + " certificate in server.crt");
  }

  @Test
  void noYaml_namesTheLineAndQuotesNothing() {
    assertThat(configs.problems("users: a\n  planted: secret: 77\n"))
        .singleElement()
        .asString()
        .startsWith("gatehouse.yaml:2: is not valid YAML here: ")
        .doesNotContain("planted")
        .doesNotContain("77");
  }

  @Test
  void emptyFile_isSaid() {
    assertThat(configs.problems("")).containsExactly("gatehouse.yaml: is empty");
  }
}
