package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.plugin.InstalledPlugins;
import io.gatehouse.spi.testing.FreePort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same against a real server: {@code -Dit.test=VaultServerTrial -Dgatehouse.vault=FILE}, the
 * executable of Vault or OpenBao. Not part of the build, which does not have one.
 */
class VaultServerTrial {
  private static final String STATIC =
      "{user: gate, password: {source: vault, engine: static, path: database/static-creds/gate}}";
  private static final String DYNAMIC =
      "{password: {source: vault, engine: dynamic, path: database/creds/owner}}";
  private static final String KEY_VALUE =
      "{user: gate, password: {source: vault, engine: kv, path: secret/data/bank}}";

  @TempDir private Path folder;
  private RotatedScene scene;
  private Process vault;
  private int port;

  @BeforeEach
  void serve() throws Exception {
    scene = RotatedScene.in(folder);
    scene.direct("CREATE ROLE vault LOGIN SUPERUSER PASSWORD 'vault-own'");
    port = FreePort.take();
    vault =
        process(
                "server",
                "-dev",
                "-dev-root-token-id=root",
                "-dev-tls",
                "-dev-tls-cert-dir=" + folder,
                "-dev-no-store-token",
                "-dev-listen-address=127.0.0.1:" + port)
            .redirectOutput(folder.resolve("vault.log").toFile())
            .start();
    await().atMost(Duration.ofMinutes(2)).until(() -> process("status").start().waitFor() == 0);
    furnish();
    letIn();
  }

  /** Two engines, users of both kinds; what lives shortly lives long enough for a slow machine. */
  private void furnish() throws Exception {
    run("secrets", "enable", "database");
    run("auth", "enable", "approle");
    run(
        "write",
        "database/config/bank",
        "plugin_name=postgresql-database-plugin",
        "connection_url=postgresql://{{username}}:{{password}}@127.0.0.1:"
            + scene.port()
            + "/postgres?sslmode=disable",
        "username=vault",
        "password=vault-own",
        "allowed_roles=*");
    run(
        "write",
        "database/static-roles/gate",
        "db_name=bank",
        "username=gate",
        "rotation_period=3600");
    run(
        "write",
        "database/roles/owner",
        "db_name=bank",
        "creation_statements=CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL"
            + " '{{expiration}}'; GRANT gate TO \"{{name}}\";",
        "default_ttl=6s",
        "max_ttl=14s");
  }

  private void letIn() throws Exception {
    Files.writeString(
        folder.resolve("policy.hcl"),
        """
        path "database/static-creds/gate" { capabilities = ["read"] }
        path "database/creds/owner" { capabilities = ["read"] }
        path "secret/data/bank" { capabilities = ["read"] }
        """);
    run("policy", "write", "gate", folder.resolve("policy.hcl").toString());
    run(
        "write",
        "auth/approle/role/gate",
        "token_policies=gate",
        "token_ttl=20s",
        "token_max_ttl=40s");
    scene.put("role-id", run("read", "-field=role_id", "auth/approle/role/gate/role-id"));
    scene.put(
        "secret-id", run("write", "-f", "-field=secret_id", "auth/approle/role/gate/secret-id"));
  }

  private ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>(List.of(System.getProperty("gatehouse.vault")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("VAULT_ADDR", "https://127.0.0.1:" + port);
    builder.environment().put("VAULT_CACERT", folder.resolve("vault-ca.pem").toString());
    builder.environment().put("VAULT_TOKEN", "root");
    return builder;
  }

  private String run(String... arguments) throws Exception {
    Process process = process(arguments).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(List.of(arguments) + ": " + said).isZero();
    return said.strip();
  }

  @AfterEach
  void end() throws Exception {
    vault.destroyForcibly().waitFor();
    scene.close();
  }

  private String sources() throws Exception {
    return InstalledPlugins.section()
        + """
        secret-sources:
          vault:
            kind: vault
            address: https://127.0.0.1:%d
            ca: vault-ca.pem
            auth: approle
            role-id-file: role-id
            secret-id-file: secret-id
        log: {level: trace}
        """
            .formatted(port);
  }

  @Test
  void staticUser_isRotatedByVault_andNothingOfItIsLeftBehind() throws Exception {
    ServedGate.Ports ports = ServedGate.Ports.free();
    scene.configure(STATIC, sources(), ports);
    try (ServedGate gate = ServedGate.start(folder, ports, List.of("env"))) {
      List<String> passwords = new ArrayList<>();
      Path dump = folder.resolve("heap.hprof");
      try (Connection open = gate.connect()) {
        for (int i = 0; i < 5; i++) {
          passwords.add(run("read", "-field=password", "database/static-creds/gate"));
          run("write", "-f", "database/rotate-role/gate");
          passwords.add(run("read", "-field=password", "database/static-creds/gate"));
          await()
              .atMost(Duration.ofMinutes(2))
              .ignoreExceptionsInstanceOf(SQLException.class)
              .untilAsserted(
                  () -> {
                    try (Connection next = gate.connect()) {
                      assertThat(RotatedScene.ask(next, "SELECT session_user::text"))
                          .isEqualTo("gate");
                    }
                  });
        }
        assertThat(RotatedScene.ask(open, "SELECT session_user::text")).isEqualTo("gate");
        gate.dump(dump);
      }
      assertThat(Set.copyOf(passwords)).hasSize(6);
      for (Path place : List.of(dump, gate.log())) {
        for (String secret : passwords) {
          assertThat(new SearchedFile(place).forms(secret)).as(place.toString()).isEmpty();
        }
        assertThat(new SearchedFile(place).forms("hvs.CAES")).as("tokens in " + place).isEmpty();
        assertThat(new SearchedFile(place).forms(Files.readString(folder.resolve("secret-id"))))
            .as("the secret id in " + place)
            .isEmpty();
      }
    }
  }

  /** Two lifetimes of tokens, five of leases: each is renewed, given up and replaced. */
  @Test
  void dynamicUsers_takeEachOthersPlace_andNoLoginFails() throws Exception {
    try (Appliance gate = scene.start(DYNAMIC, sources());
        Connection open = RotatedScene.connect(gate)) {
      String first = RotatedScene.ask(open, "SELECT session_user::text");
      assertThat(first).startsWith("v-approle-owner");
      Set<String> users = new TreeSet<>();
      List<String> failures = new ArrayList<>();
      int[] logins = {0};
      await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                try {
                  users.add(RotatedScene.account(gate));
                  logins[0]++;
                } catch (SQLException e) {
                  failures.add(e.getMessage());
                }
                return users.size() >= 6;
              });
      System.out.println(users.size() + " users in " + logins[0] + " logins");
      assertThat(failures).isEmpty();
      assertThat(RotatedScene.ask(open, "SELECT 'still there'")).isEqualTo("still there");
    }
  }

  @Test
  void keyValue_isReadAgainWhenTheServerRefuses_andAVaultThatIsGoneHurtsNobody() throws Exception {
    run("kv", "put", "-mount=secret", "bank", "password=first");
    scene.direct("ALTER ROLE gate PASSWORD 'first'");
    try (Appliance gate = scene.start(KEY_VALUE, sources())) {
      assertThat(RotatedScene.account(gate)).isEqualTo("gate");
      run("kv", "put", "-mount=secret", "bank", "password=second");
      scene.direct("ALTER ROLE gate PASSWORD 'second'");
      assertThat(RotatedScene.account(gate)).isEqualTo("gate");
      vault.destroyForcibly().waitFor();
      assertThat(RotatedScene.account(gate)).isEqualTo("gate");
    }
  }

  @Test
  void vaultWithACertificateThatNobodySigned_stopsTheStart() throws Exception {
    String sources = sources().replace("ca: vault-ca.pem\n", "namespace: none\n");
    assertThat(catchThrowable(() -> scene.start(STATIC, sources)))
        .hasMessageContaining("target bank: source vault: unreachable: no TLS with https://");
  }
}
