package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.recorded.JournalFolder;
import io.gatehouse.spi.testing.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A gate whose people log in by SAML and no other way, and a browser that trusts its desk. */
public final class SamlGate implements AutoCloseable {
  /** What the gate is called at the provider. */
  public static final String ENTITY = "https://gate.example.com/saml";

  private static final String POLICY =
      """
      rules:
        - name: analysts-read
          callers: {groups: [analysts], proofs: [issued-credential]}
          operations: [read, session, call]
          resources: {kinds: [session, setting], tables: [public.t], schemas: [pg_catalog]}
          verdict: allow
      """;

  private final Path folder;
  private final JournalFolder journal;
  private final Appliance gate;
  private final HttpClient browser;
  private boolean stopped;

  private SamlGate(Path folder, JournalFolder journal, Appliance gate, HttpClient browser) {
    this.folder = folder;
    this.journal = journal;
    this.gate = gate;
    this.browser = browser;
  }

  /**
   * A provider of the gate.
   *
   * @param certificates in PEM
   */
  public record Provider(String entityId, String signOn, String certificates) {}

  /**
   * @param database the port of a PostgreSQL with a table t and a user app; where nobody logs in,
   *     any port does
   */
  public static SamlGate start(Path folder, int database, Provider provider) throws Exception {
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    Certificates certificates = Certificates.make().write(folder);
    Files.writeString(folder.resolve("idp.crt"), provider.certificates());
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Path file =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            configuration(folder, database, provider) + journal.section(""));
    Appliance gate = Appliance.start(file, new Environment(Map.of()));
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(
        null,
        certificates.authority().toTrustManagerFactory().getTrustManagers(),
        new SecureRandom());
    return new SamlGate(
        folder,
        journal,
        gate,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(trust)
            .build());
  }

  private static String configuration(Path folder, int database, Provider provider) {
    int listener = FreePort.take();
    int desk = FreePort.take();
    return """
    listeners:
      - name: main
        address: 127.0.0.1
        port: %d
        tls: {certificate: server.crt, key: server.key}
        databases: {bank: bank}
    targets:
      - name: bank
        protocol: postgresql
        host: localhost
        port: %d
        without-tls: send-everything-unencrypted
        credential: {user: app, trust: true}
    users: users.yaml
    identity:
      store: {file: %s}
      local-users: refuse
    desk:
      port: %d
      tls: {certificate: server.crt, key: server.key}
      credential-minutes: 120
      saml:
        url: https://localhost:%d
        entity-id: %s
        idp: {entity-id: "%s", sso-url: "%s", certificates: [idp.crt]}
        attributes: {subject: nameid, groups: memberOf}
      offers:
        - {name: bank, host: localhost, port: %d, database: bank}
    policy: policy.yaml
    management: {address: 127.0.0.1, port: 0}
    limits: {analysis-millis: 60000}
    """
        .formatted(
            listener,
            database,
            folder.resolve("store/control.db"),
            desk,
            desk,
            ENTITY,
            provider.entityId(),
            provider.signOn(),
            listener);
  }

  public String url() {
    return "https://localhost:" + gate.deskAddress().orElseThrow().getPort();
  }

  public URI consumer() {
    return URI.create(url() + "/saml/acs");
  }

  public JournalFolder journal() {
    return journal;
  }

  public HttpResponse<String> get(String path) throws Exception {
    return ask(HttpRequest.newBuilder(URI.create(url() + path)));
  }

  /** What a browser posts that comes back. */
  public HttpResponse<String> post(byte[] form) throws Exception {
    return ask(
        HttpRequest.newBuilder(consumer())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", "https://idp.example.com")
            .POST(HttpRequest.BodyPublishers.ofByteArray(form)));
  }

  public HttpResponse<String> redeem(String json) throws Exception {
    return ask(
        HttpRequest.newBuilder(URI.create(url() + "/v1/credentials"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  public HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
    return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Through the gate, as a driver does it. */
  public Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/bank?sslmode=verify-full&sslrootcert=%s"
            .formatted(gate.address("main").getPort(), folder.resolve("ca.crt")),
        user,
        password);
  }

  /** What is in the journal can be read then. */
  public void stop() {
    if (!stopped) {
      stopped = true;
      gate.close();
    }
  }

  @Override
  public void close() {
    browser.shutdownNow();
    stop();
  }
}
