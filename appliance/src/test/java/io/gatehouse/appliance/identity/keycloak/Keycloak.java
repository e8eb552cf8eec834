package io.gatehouse.appliance.identity.keycloak;

import io.gatehouse.appliance.Certificates;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keycloak with the realm "bank": erika of the group analysts, max of none, and the clients of
 * {@code keycloak/bank.json}. The server is the same for all who use it, one after the other; the
 * realm is made anew for each. It can be out of reach and come back.
 */
public final class Keycloak implements AutoCloseable {
  public static final String AUDIENCE = "gatehouse";

  private static final AtomicBoolean IN_USE = new AtomicBoolean();

  private final KeycloakServer server;
  private final KeycloakRealm realm;

  private Keycloak(KeycloakServer server) {
    this.server = server;
    realm = server.realm();
  }

  /** Already answers, and knows the realm as it is described. */
  public static Keycloak start() throws IOException, InterruptedException {
    if (!IN_USE.compareAndSet(false, true)) {
      throw new IllegalStateException("Keycloak has one realm for tests, which is in use");
    }
    try {
      Keycloak keycloak = new Keycloak(KeycloakServer.get());
      keycloak.realm.createAnew();
      return keycloak;
    } catch (RuntimeException | IOException | InterruptedException e) {
      IN_USE.set(false);
      throw e;
    }
  }

  /** What the tokens say of who issued them. */
  public String issuer() {
    return server.address() + "/realms/" + KeycloakRealm.NAME;
  }

  /** What it says of itself to those that speak SAML. */
  public String samlDescriptor() throws IOException {
    return server
        .http()
        .send(Http.to(URI.create(issuer() + "/protocol/saml/descriptor")).GET().build())
        .body();
  }

  /** For servers that it is to trust, on {@code localhost}. */
  public Certificates certificates() {
    return server.certificates();
  }

  /** What its operators do. */
  public KeycloakRealm realm() {
    return realm;
  }

  /** What its clients ask for. */
  public KeycloakTokens tokens() {
    return new KeycloakTokens(server.http(), URI.create(issuer() + "/protocol/openid-connect/"));
  }

  /** A person in front of a browser, who has no session yet. */
  public Browser browser() {
    return new Browser(server.http());
  }

  /** As when its machine fails: nobody listens on its port when this returns. */
  public void stop() {
    server.relay().close();
  }

  /** With the same keys, people and sessions. */
  public void startAgain() throws IOException {
    server.relay().open();
  }

  @Override
  public void close() throws IOException {
    startAgain();
    IN_USE.set(false);
  }
}
