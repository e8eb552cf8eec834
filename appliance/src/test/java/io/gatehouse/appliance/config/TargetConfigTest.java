package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.config.SecretReference.InFile;
import io.gatehouse.appliance.config.TargetConfig.Strictness;
import io.gatehouse.appliance.config.TargetConfig.Tcp;
import io.gatehouse.appliance.config.TargetConfig.Unencrypted;
import io.gatehouse.appliance.config.TargetConfig.UnixSocket;
import io.gatehouse.appliance.config.TargetConfig.Verified;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.spi.login.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

final class TargetConfigTest {
  @TempDir private Path folder;
  private Configs configs;

  @BeforeEach
  void files() throws Exception {
    configs = Configs.in(folder);
  }

  private TargetConfig first(String targets) throws Exception {
    return configs.load(Configs.LISTENER + targets + Configs.USERS).targets().getFirst();
  }

  @Test
  void defaults() throws Exception {
    assertThat(first(Configs.TARGET))
        .isEqualTo(
            new TargetConfig(
                "core",
                Protocol.POSTGRESQL,
                new Tcp("db.example", 5432, new Verified(true, Optional.empty())),
                Optional.empty(),
                new CredentialConfig(
                    Optional.of("gate"), Optional.of(new InFile(folder.resolve("password")))),
                Optional.empty(),
                List.of(),
                Map.of(),
                Strictness.ORDINARY,
                Optional.empty(),
                List.of()));
  }

  @Test
  void accounts_sayForWhomAndWhat() throws Exception {
    assertThat(
            first(
                    Configs.TARGET
                        + "    accounts:\n"
                        + "      - {groups: [dba, ops], subjects: [ann], role: owner}\n"
                        + "      - {groups: [reports], credential: {user: reports, trust: true}}\n")
                .accounts())
        .containsExactly(
            new AccountConfig(
                Set.of("dba", "ops"), Set.of("ann"), Optional.empty(), Optional.of("owner")),
            new AccountConfig(
                Set.of("reports"),
                Set.of(),
                Optional.of(new CredentialConfig(Optional.of("reports"), Optional.empty())),
                Optional.empty()));
  }

  @Test
  void accountForNobodyOrLikeTheTargetsOwn_isAProblem() {
    String accounts =
        Configs.TARGET
            + "    accounts:\n"
            + "      - {role: owner}\n"
            + "      - {groups: [dba]}\n";
    assertThatThrownBy(() -> first(accounts))
        .hasMessageContaining("accounts[0]")
        .hasMessageContaining("must say for whom it is")
        .hasMessageContaining("accounts[1]")
        .hasMessageContaining("must have a credential or a role of its own");
  }

  @Test
  void fullMapping() throws Exception {
    assertThat(
            first(
                """
                targets:
                  - name: core
                    protocol: postgresql
                    host: 10.0.0.7
                    port: 6000
                    database: bank_2
                    tls: {mode: verify-ca, ca: ca.crt}
                    credential: {user: gate, trust: true}
                    role: reader
                    parameters: {application_name: gate, work_mem: "64MB"}
                """))
        .isEqualTo(
            new TargetConfig(
                "core",
                Protocol.POSTGRESQL,
                new Tcp(
                    "10.0.0.7", 6000, new Verified(false, Optional.of(folder.resolve("ca.crt")))),
                Optional.of("bank_2"),
                new CredentialConfig(Optional.of("gate"), Optional.empty()),
                Optional.of("reader"),
                List.of(),
                Map.of("application_name", "gate", "work_mem", "64MB"),
                Strictness.ORDINARY,
                Optional.empty(),
                List.of()));
  }

  @Test
  void callersPlace_isInTheNameOfTheApplicationOnly() throws Exception {
    assertThat(
            first(Configs.TARGET + "    parameters: {application_name: 'gate {caller}'}\n")
                .parameters())
        .containsEntry("application_name", "gate {caller}");
    assertThatThrownBy(() -> first(Configs.TARGET + "    parameters: {options: '-c x={caller}'}\n"))
        .hasMessageContaining("parameters.options")
        .hasMessageContaining("has {caller}, which only application_name may have");
  }

  @Test
  void unixSocket() throws Exception {
    assertThat(
            first(
                    """
                    targets:
                      - name: core
                        protocol: postgresql
                        unix-socket: /run/postgresql/.s.PGSQL.5432
                        credential: {user: gate, trust: true}
                    """)
                .endpoint())
        .isEqualTo(new UnixSocket(Path.of("/run/postgresql/.s.PGSQL.5432")));
  }

  @Test
  void withoutTls_onlyInSoManyWords() throws Exception {
    String open = Configs.TARGET + "    without-tls: send-everything-unencrypted\n";

    assertThat(first(open).endpoint()).isEqualTo(new Tcp("db.example", 5432, new Unencrypted()));
    assertThat(
            configs.problems(
                Configs.LISTENER
                    + open.replace("send-everything-unencrypted", "true")
                    + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:10: targets[0].without-tls: must be send-everything-unencrypted,"
                + " found \"true\"");
  }

  private static String strict(String keys) {
    return Configs.TARGET + keys.indent(4);
  }

  @Test
  void strict_needsReportsUnlessTheWindowIsAccepted() throws Exception {
    Files.writeString(folder.resolve("policy.yaml"), "rules: [{name: a, verdict: allow}]\n");
    String decided = Configs.USERS.replace("run-everything", "policy.yaml");
    for (String keys : List.of("strict: true", "strict: true\naccept-definition-window: false")) {
      assertThat(configs.load(Configs.LISTENER + strict(keys) + decided).strictTargets())
          .as(keys)
          .containsExactly("core");
    }
    for (String keys :
        List.of("strict: false", "strict: true\naccept-definition-window: true", "port: 1")) {
      assertThat(configs.load(Configs.LISTENER + strict(keys) + decided).strictTargets())
          .as(keys)
          .isEmpty();
    }
  }

  @Test
  void strictThatCannotBeKept_isAProblem() {
    assertThat(configs.problems(Configs.LISTENER + strict("strict: true") + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:10: targets[0].strict: cannot be kept with policy: run-everything,"
                + " which decides nothing");
    assertThat(
            configs.problems(
                Configs.LISTENER + strict("accept-definition-window: true") + Configs.USERS))
        .containsExactly(
            "gatehouse.yaml:6: targets[0]: has accept-definition-window, which means something"
                + " for strict targets only");
  }

  @ParameterizedTest
  @CsvSource({
    "file: password, from-a-file",
    "env: CORE_PASSWORD, from-the-environment",
    "credential: core, from-systemd"
  })
  void secretReference_resolves(String reference, String expected) throws Exception {
    TargetConfig target = first(Configs.TARGET.replace("file: password", reference));

    SecretReference found = (SecretReference) target.credential().password().orElseThrow();
    try (Secret secret = found.resolve()) {
      assertThat(new String(secret.bytes(), StandardCharsets.UTF_8)).isEqualTo(expected);
    }
    assertThat(target.toString()).doesNotContain(expected);
  }
}
