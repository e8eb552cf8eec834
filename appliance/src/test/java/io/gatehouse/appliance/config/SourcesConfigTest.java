package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins and sources of secrets, left out, in full, and wrong. */
final class SourcesConfigTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final String FULL =
      """
      plugins: {folder: jars, trusted: {a.jar: "%s"}}
      secret-sources:
        vault: {kind: vault, answer-seconds: 3, refresh-seconds: 60, address: "https://v", port: 7}
        other: {kind: else}
      """
          .formatted(DIGEST);
  private static final String OF_SOURCE =
      "{user: gate, password: {source: vault, engine: kv, path: secret/data/bank}}";

  @TempDir private Path folder;

  @BeforeEach
  void users() throws Exception {
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
  }

  private GatehouseConfig load(String credential, String more) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            """
            listeners:
              - {name: main, clients-without-tls: accept, databases: {bank: bank}}
            targets:
              - name: bank
                protocol: postgresql
                unix-socket: /run/postgresql/.s.PGSQL.5432
                credential: %s
            users: users.yaml
            policy: run-everything
            journal: keep-no-record
            %s\
            """
                .formatted(credential, more));
    return ConfigFile.load(file, new Environment(Map.of()));
  }

  @Test
  void leftOut_thereIsNothing() throws Exception {
    SourcesConfig config = load("{user: gate, trust: true}", "").sources();

    assertThat(config.plugins()).isEmpty();
    assertThat(config.sources()).isEmpty();
  }

  @Test
  void inFull_everythingIsThere() throws Exception {
    GatehouseConfig config = load(OF_SOURCE, FULL);

    assertThat(config.sources())
        .isEqualTo(
            new SourcesConfig(
                Optional.of(
                    new SourcesConfig.Plugins(folder.resolve("jars"), Map.of("a.jar", DIGEST))),
                Map.of(
                    "vault",
                    new SourcesConfig.Source(
                        "vault",
                        Duration.ofSeconds(3),
                        Optional.of(Duration.ofSeconds(60)),
                        Map.of("address", "https://v", "port", "7")),
                    "other",
                    new SourcesConfig.Source(
                        "else", Duration.ofSeconds(10), Optional.empty(), Map.of())),
                folder));
    assertThat(config.targets().getFirst().credential())
        .isEqualTo(
            new CredentialConfig(
                Optional.of("gate"),
                Optional.of(
                    new PasswordReference.OfSource(
                        "vault", Map.of("engine", "kv", "path", "secret/data/bank")))));
  }

  @Test
  void userIsLeftToTheSource_andOnlyToASource() throws Exception {
    assertThat(load("{password: {source: vault}}", FULL).targets().getFirst().credential().user())
        .isEmpty();
    assertThatThrownBy(() -> load("{trust: true}", ""))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("credential.user: is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.jar: \"0123|a.jar: \"x123|must be the SHA-256 of the file",
        "a.jar|../a.jar|must be the name of a jar in the folder",
        "a.jar|a.zip|must be the name of a jar in the folder",
        "folder: jars, ||plugins.folder: is missing",
        "kind: vault, ||secret-sources.vault.kind: is missing",
        "answer-seconds: 3|answer-seconds: 0|must be a whole number between 1 and 300",
        "vault: {|vaults: {|targets[0].credential.password.source: \"vault\" is not one of",
        "plugins: {|plugin: {|plugin: is not a known key"
      })
  void whatMakesNoSense_isAProblemOfItsKey(String text, String instead, String problem) {
    String wrong = FULL.replace(text, instead == null ? "" : instead);
    assertThat(wrong).isNotEqualTo(FULL);
    assertThatThrownBy(() -> load(OF_SOURCE, wrong))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(problem);
  }
}
