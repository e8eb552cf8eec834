package io.gatehouse.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.config.ConfigFile;
import io.gatehouse.appliance.config.GatehouseConfig;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.config.SourcesConfig;
import io.gatehouse.appliance.credential.HeldCredentials;
import io.gatehouse.appliance.engine.Routes.Destination;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planted secrets are looked for in everything that the gate says about itself. */
final class SecretsTest {
  private static final String IN_FILE = "planted-in-file-77";
  private static final String IN_ENVIRONMENT = "planted-in-environment-77";

  @TempDir private Path folder;
  private final ScramVerifier verifier =
      ScramVerifier.derive(
          Secret.of("planted-login-77".toCharArray()),
          ScramVerifier.LEAST_ITERATIONS,
          new SecureRandom());
  private Environment environment;
  private Path file;

  private HeldCredentials held;

  @AfterEach
  void close() {
    held.close();
  }

  @BeforeEach
  void files() throws Exception {
    held = HeldCredentials.open(SourcesConfig.NONE);
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("password"), IN_FILE);
    UsersFile.put(folder.resolve("users.yaml"), new User("alice", verifier, Set.of("g")));
    environment = new Environment(Map.of("PLANTED", IN_ENVIRONMENT));
    file =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            """
            listeners:
              - name: main
                tls: {certificate: server.crt, key: server.key}
                databases: {a: one, b: two}
            targets:
              - name: one
                protocol: postgresql
                host: localhost
                credential: {user: gate, password: {file: password}}
              - name: two
                protocol: postgresql
                host: localhost
                credential: {user: gate, password: {env: PLANTED}}
            users: users.yaml
            policy: run-everything
            journal: keep-no-record
            """);
  }

  private void assertNoSecret(List<String> said) throws Exception {
    List<String> secrets =
        List.of(
            IN_FILE,
            IN_ENVIRONMENT,
            "planted-login-77",
            base64(verifier.storedKey()),
            base64(verifier.serverKey()),
            base64(verifier.salt()),
            Files.readString(folder.resolve("server.key"))
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow());
    assertThat(said).isNotEmpty().allSatisfy(text -> assertThat(text).doesNotContain(secrets));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void everythingLoaded_saysNoSecret() throws Exception {
    List<String> said = new ArrayList<>();
    try (RecordedLog log = RecordedLog.atTrace()) {
      GatehouseConfig config = ConfigFile.load(file, environment);
      Materials materials = Materials.load(config, held);
      said.add(config.toString());
      said.add(environment.toString());
      said.add(materials.toString());
      said.add(materials.users().all().toString());
      said.add(materials.routes().toString());
      for (Destination target : materials.routes().targets().values()) {
        Credential credential = target.upstream().credential();
        try (Secret password = Objects.requireNonNull(credential.password()).copy()) {
          assertThat(password.bytes()).isNotEmpty();
          said.add(password.toString());
        }
        said.add(credential + " " + credential.password());
      }
      said.addAll(log.lines());
    }

    assertNoSecret(said);
  }

  @Test
  void everythingBroken_saysNoSecret() throws Exception {
    List<String> said = new ArrayList<>();
    GatehouseConfig config = ConfigFile.load(file, environment);
    Path key = folder.resolve("server.key");
    Path users = folder.resolve("users.yaml");
    String soundKey = Files.readString(key);
    String soundUsers = Files.readString(users);

    Files.writeString(key, soundKey.replace("PRIVATE", "FOREIGN"));
    said.add(failure(config));
    Files.writeString(key, soundKey);
    Files.writeString(users, soundUsers.replace("SCRAM-SHA-256", "SCRAM-SHA-1"));
    said.add(failure(config));
    Files.writeString(users, soundUsers.replace("groups", "\tgroups"));
    said.add(failure(config));
    Files.writeString(file, Files.readString(file).replace("{file: password}", IN_FILE));
    assertThatThrownBy(() -> ConfigFile.load(file, environment))
        .satisfies(e -> said.add(e.toString()));

    Files.writeString(key, soundKey);
    assertNoSecret(said);
  }

  private String failure(GatehouseConfig config) {
    List<String> said = new ArrayList<>();
    assertThatThrownBy(() -> Materials.load(config, held))
        .satisfies(e -> said.add(e + " " + e.getCause()));
    return said.getFirst();
  }
}
