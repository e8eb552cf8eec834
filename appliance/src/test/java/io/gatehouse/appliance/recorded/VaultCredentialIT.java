package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.plugin.InstalledPlugins;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as it is installed, in a gate of its own, whose memory is looked through. */
class VaultCredentialIT {
  @TempDir private Path folder;
  private final Map<String, String> secrets = new TreeMap<>();
  private RotatedScene scene;

  @BeforeEach
  void serve() throws Exception {
    for (String name : List.of("first", "second", "token", "proof", "environment")) {
      byte[] random = new byte[20];
      new SecureRandom().nextBytes(random);
      secrets.put(name, HexFormat.of().formatHex(random));
    }
    scene = RotatedScene.in(folder);
    scene.direct("ALTER ROLE gate PASSWORD '" + secrets.get("first") + "'");
    scene.put("role-id", "not a secret");
    scene.put("secret-id", secret("proof"));
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  static String sources(String address) throws Exception {
    return InstalledPlugins.section()
        + """
        secret-sources:
          vault:
            kind: vault
            address: %s
            without-tls: send-everything-unencrypted
            auth: approle
            role-id-file: role-id
            secret-id-file: secret-id
        log: {level: trace}
        """
            .formatted(address);
  }

  private String secret(String name) {
    return Objects.requireNonNull(secrets.get(name));
  }

  private void assertFound(Path file, String name, boolean found) throws Exception {
    List<String> forms = new SearchedFile(file).forms(String.valueOf(secrets.get(name)));
    assertThat(!forms.isEmpty()).as(name + " in " + file + " as " + forms).isEqualTo(found);
  }

  @Test
  void staticUserOfVault_isRotated_andNothingOfItIsLeftBehind() throws Exception {
    ServedGate.Ports ports = ServedGate.Ports.free();
    List<String> before = List.of("env", "CONTROL=" + secrets.get("environment"));
    try (RecordedVault vault = new RecordedVault(secret("token"), secret("first"))) {
      scene.configure(
          "{user: gate, password: {source: vault, engine: static, path:"
              + " database/static-creds/gate}}",
          sources(vault.address()),
          ports);
      try (ServedGate gate = ServedGate.start(folder, ports, before)) {
        Path dump = folder.resolve("heap.hprof");
        try (Connection open = gate.connect()) {
          scene.direct("ALTER ROLE gate PASSWORD '" + secrets.get("second") + "'");
          vault.has(String.valueOf(secrets.get("second")));
          try (Connection next = gate.connect()) {
            assertThat(RotatedScene.ask(next, "SELECT session_user::text")).isEqualTo("gate");
          }
          assertThat(RotatedScene.ask(open, "SELECT session_user::text")).isEqualTo("gate");
          assertThat(vault.asked())
              .startsWith("/v1/auth/approle/login", "/v1/database/static-creds/gate")
              .filteredOn(path -> path.endsWith("login"))
              .hasSize(1);
          gate.dump(dump);
        }
        for (String name : List.of("first", "second", "token", "proof")) {
          assertFound(dump, name, false);
        }
        assertFound(dump, "environment", true);
        gate.stop();
        assertThat(gate.output()).contains("plugin loaded", "held credential replaced");
        for (String name : secrets.keySet()) {
          assertFound(gate.log(), name, false);
        }
      }
    }
  }
}
