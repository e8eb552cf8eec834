package io.gatehouse.appliance.identity.keycloak;

import static org.awaitility.Awaitility.await;

import io.gatehouse.spi.testing.ServerFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One Keycloak with the realm "bank", on a loopback port of its own: erika of the group analysts,
 * max of none, and the clients of {@code keycloak/bank.json}. It can stop and start again.
 */
public final class Keycloak implements AutoCloseable {
  public static final String AUDIENCE = "gatehouse";

  /** For a machine that has everything else to do. */
  private static final Duration START = Duration.ofMinutes(5);

  private static final String OWN = "http://127.0.0.1:";

  private final KeycloakTree tree;
  private final Path folder;
  private final int port;
  private final String administrator = UUID.randomUUID().toString();
  private final Http http = new Http();
  private final KeycloakRealm realm;
  private final Thread end = new Thread(this::kill);
  private Process process;

  private Keycloak(KeycloakTree tree, Path folder, int port) throws IOException {
    this.tree = tree;
    this.folder = folder;
    this.port = port;
    realm = new KeycloakRealm(http, URI.create(OWN + port), administrator);
    process = launched();
    Runtime.getRuntime().addShutdownHook(end);
  }

  /** Already answers, and knows the realm. */
  public static Keycloak start() throws IOException, InterruptedException {
    Keycloak keycloak =
        new Keycloak(KeycloakTree.find().built(), ServerFolder.create(), freePort());
    try {
      keycloak.awaitAnswer("master");
      keycloak.realm.create();
    } catch (RuntimeException | IOException e) {
      keycloak.close();
      throw e;
    }
    return keycloak;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launched() throws IOException {
    return tree.run(
        List.of(
            "start",
            "--optimized",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=" + OWN + port,
            "--cache=local",
            "--db-url=jdbc:h2:file:"
                + folder.resolve("h2")
                + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0"),
        Map.of(
            "KC_BOOTSTRAP_ADMIN_USERNAME",
            KeycloakRealm.ADMINISTRATOR,
            "KC_BOOTSTRAP_ADMIN_PASSWORD",
            administrator),
        folder.resolve("log"));
  }

  private void awaitAnswer(String name) {
    URI place = URI.create(OWN + port + "/realms/" + name);
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

  /** What the tokens say of who issued them. */
  public String issuer() {
    return OWN + port + "/realms/" + KeycloakRealm.NAME;
  }

  /** What its operators do. */
  public KeycloakRealm realm() {
    return realm;
  }

  /** What its clients ask for. */
  public KeycloakTokens tokens() {
    return new KeycloakTokens(http, URI.create(issuer() + "/protocol/openid-connect/"));
  }

  /** A person in front of a browser, who has no session yet. */
  public Browser browser() {
    return new Browser(http);
  }

  /** As when its machine fails: nobody listens on its port when this returns. */
  public void stop() {
    process.destroyForcibly().onExit().join();
  }

  /** With the same keys, people and sessions. */
  public void startAgain() throws IOException {
    process = launched();
    awaitAnswer(KeycloakRealm.NAME);
  }

  private void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(end);
    stop();
    http.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
