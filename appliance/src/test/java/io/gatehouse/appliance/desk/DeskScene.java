package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.recorded.JournalFolder;
import io.gatehouse.spi.testing.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A gate with a desk, the provider that it trusts, and a journal. */
public final class DeskScene implements AutoCloseable {
  private static final String POLICY =
      """
      rules:
        - name: everybody-begins
          operations: [session]
          resources: {kinds: [session, setting]}
          verdict: allow
        - name: analysts-read
          callers: {groups: [analysts], proofs: [issued-credential]}
          operations: [read, session, call]
          resources: {kinds: [session, setting], tables: [public.t], schemas: [pg_catalog]}
          verdict: allow
      """;

  private final Path folder;
  private final OidcServer provider;
  private final JournalFolder journal;
  private final Appliance gate;
  private final HttpClient client;
  private final SSLContext trust;
  private boolean stopped;

  private DeskScene(
      Path folder, OidcServer provider, JournalFolder journal, Appliance gate, SSLContext trust) {
    this.folder = folder;
    this.provider = provider;
    this.journal = journal;
    this.gate = gate;
    this.trust = trust;
    client = HttpClient.newBuilder().sslContext(trust).build();
  }

  /**
   * Its users are people of the provider; {@code erika} is an analyst.
   *
   * @param database the port of a PostgreSQL with a table t and a user app; where nobody logs in,
   *     any port does
   * @param limits lines of that section
   */
  public static DeskScene start(Path folder, int database, String limits) throws Exception {
    return start(folder, database, limits, "");
  }

  /**
   * @param desk more lines of that section, which may name {@code desk-refresh.secret}
   */
  public static DeskScene start(Path folder, int database, String limits, String desk)
      throws Exception {
    Files.writeString(folder.resolve("desk-refresh.secret"), "s".repeat(32));
    OidcServer provider = OidcServer.start(InstantSource.system());
    provider.tokens().person("erika", "analysts");
    provider.tokens().person("paul", "analysts");
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    Certificates certificates = Certificates.make().write(folder);
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Path file =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            configuration(folder, provider, database, limits, desk) + journal.section(""));
    Appliance gate = Appliance.start(file, new Environment(Map.of()));
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(
        null,
        certificates.authority().toTrustManagerFactory().getTrustManagers(),
        new SecureRandom());
    return new DeskScene(folder, provider, journal, gate, trust);
  }

  private static String configuration(
      Path folder, OidcServer provider, int database, String limits, String desk) {
    int port = FreePort.take();
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
      issuers:
        - {issuer: "%s", audiences: [%s]}
      store: {file: %s}
    desk:
      port: 0
      tls: {certificate: server.crt, key: server.key}
      credential-minutes: 120
      provider: {issuer: "%s", client-id: cli, scopes: [openid, groups]}
      offers:
        - {name: bank, host: localhost, port: %d, database: bank}
    %s
    policy: policy.yaml
    management: {address: 127.0.0.1, port: 0}
    limits: {analysis-millis: 60000%s}
    """
        .formatted(
            port,
            database,
            provider.issuer(),
            OidcServer.AUDIENCE,
            folder.resolve("store/control.db"),
            provider.issuer(),
            port,
            desk.isEmpty() ? "" : "  " + desk,
            limits);
  }

  public OidcServer provider() {
    return provider;
  }

  public Appliance gate() {
    return gate;
  }

  public Path folder() {
    return folder;
  }

  public JournalFolder journal() {
    return journal;
  }

  SSLContext trust() {
    return trust;
  }

  public int port() {
    return gate.deskAddress().orElseThrow().getPort();
  }

  public String url() {
    return "https://localhost:" + port();
  }

  /** An answer, and its body as text. */
  public HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  public HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path));
  }

  public HttpRequest.Builder as(String token, String path) {
    return to(path).header("Authorization", "Bearer " + token);
  }

  public HttpResponse<String> issue(String token, String body) throws Exception {
    return ask(
        as(token, "/v1/credentials")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Through the gate, as a driver does it. */
  public Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/bank?sslmode=verify-full&sslrootcert=%s"
            .formatted(gate.address("main").getPort(), folder.resolve("ca.crt")),
        user,
        password);
  }

  public String metrics() throws Exception {
    return ask(HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + gate.managementAddress().getPort() + "/metrics")))
        .body();
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
    client.shutdownNow();
    stop();
    provider.close();
  }
}
