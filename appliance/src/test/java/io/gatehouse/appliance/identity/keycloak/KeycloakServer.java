package io.gatehouse.appliance.identity.keycloak;

import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.testing.Relay;
import io.gatehouse.spi.testing.FreePort;
import io.gatehouse.spi.testing.ServerFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one process for all tests of a JVM, which ends with it: starting takes half a minute. What it
 * knows is in its memory only.
 */
final class KeycloakServer {
  /** For a machine that has everything else to do. */
  private static final Duration START = Duration.ofMinutes(5);

  private static final String TRUSTED = "trusted.crt";
  private static final String OWN = "http://127.0.0.1:";

  private static @Nullable KeycloakServer running;

  private final Path folder = ServerFolder.create();
  private final int port = FreePort.take();
  private final Relay relay = Relay.before(port);
  private final String administrator = UUID.randomUUID().toString();
  private final Http http = new Http();
  private final Certificates certificates;
  private final Process process;

  private KeycloakServer(KeycloakTree tree, Certificates certificates) throws IOException {
    this.certificates = certificates;
    Files.writeString(folder.resolve(TRUSTED), certificates.authority().getCertificatePEM());
    process = launched(tree.apart(Files.createDirectory(folder.resolve("home"))));
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** Already answers. */
  static synchronized KeycloakServer get() throws IOException, InterruptedException {
    if (running == null) {
      KeycloakServer server = new KeycloakServer(KeycloakTree.find().built(), made());
      server.awaitAnswer();
      running = server;
    }
    return running;
  }

  private static Certificates made() throws IOException {
    try {
      return Certificates.make();
    } catch (Exception e) {
      throw new IOException("no certificates could be made", e);
    }
  }

  private Process launched(KeycloakTree tree) throws IOException {
    return tree.run(
        List.of(
            "start",
            "--optimized",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=" + OWN + relay.port(),
            "--cache=local",
            "--truststore-paths=" + folder.resolve(TRUSTED),
            "--db-url=jdbc:h2:mem:keycloak;NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=-1"),
        Map.of(
            "KC_BOOTSTRAP_ADMIN_USERNAME",
            KeycloakRealm.ADMINISTRATOR,
            "KC_BOOTSTRAP_ADMIN_PASSWORD",
            administrator),
        folder.resolve("log"));
  }

  private void awaitAnswer() {
    URI place = URI.create(OWN + port + "/realms/master");
    await()
        .atMost(START)
        .failFast(this::requireAlive)
        .ignoreExceptionsMatching(IOException.class::isInstance)
        .until(() -> http.answers(place));
  }

  private void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("Keycloak ended: " + Files.readString(folder.resolve("log")));
    }
  }

  Certificates certificates() {
    return certificates;
  }

  Http http() {
    return http;
  }

  /** What is between it and everybody else. */
  Relay relay() {
    return relay;
  }

  /** Where everybody sees it. */
  String address() {
    return OWN + relay.port();
  }

  KeycloakRealm realm() {
    return new KeycloakRealm(http, URI.create(address()), administrator);
  }

  private void end() {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("something of Keycloak is left in " + folder, e);
    }
  }
}
