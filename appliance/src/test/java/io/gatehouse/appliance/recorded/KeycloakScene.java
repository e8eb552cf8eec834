package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.certificate.ClientAuthority;
import io.gatehouse.appliance.identity.certificate.HostileCertificates;
import io.gatehouse.appliance.identity.keycloak.Keycloak;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.spi.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A gate with a real provider, a real database, and a role there for some of the callers. */
final class KeycloakScene implements AutoCloseable {
  static final String WHO = "SELECT session_user || ' as ' || current_user";

  private static final String POLICY =
      """
      rules:
        - name: reading
          operations: [read, session, call]
          resources: {kinds: [session, setting], schemas: [pg_catalog]}
          verdict: allow
      """;

  final Keycloak keycloak;
  final RealDatabase server;
  private final Path folder;
  private final ClientAuthority clients = new ClientAuthority();
  private final JournalFolder journal;
  private final Appliance gate;
  private boolean stopped;

  KeycloakScene(Path folder) throws Exception {
    this.folder = folder;
    server = RealDatabase.start("bank");
    server.run(
        "CREATE ROLE reader; CREATE ROLE analyst; CREATE ROLE deployer; CREATE ROLE app LOGIN;"
            + " GRANT reader, analyst, deployer TO app");
    keycloak = Keycloak.start();
    journal = JournalFolder.make(folder.resolve("kept"));
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("clients.crt"), clients.bundle().getCertificatePEM());
    ClientAuthority.write(
        clients.signed(b -> b.addSanUriName(URI.create(HostileCertificates.NAME))),
        folder,
        "deploy");
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Path file = Files.writeString(folder.resolve("gatehouse.yaml"), configuration());
    gate = Appliance.start(file, new Environment(Map.of()));
  }

  private String configuration() {
    int port = FreePort.take();
    return """
    listeners:
      - name: main
        address: 127.0.0.1
        port: %d
        tls: {certificate: server.crt, key: server.key, client-ca: clients.crt}
        databases: {bank: bank}
    targets:
      - name: bank
        protocol: postgresql
        host: localhost
        port: %d
        without-tls: send-everything-unencrypted
        credential: {user: app, trust: true}
        role: reader
        accounts:
          - {groups: [analysts], role: analyst}
          - {groups: [ci], role: deployer}
    users: users.yaml
    identity:
      token-user: token
      oauth-user: oauth
      certificates:
        user: certificate
        name-from: uri
        callers:
          "%s": {subject: ci-deploy, groups: [ci]}
      issuers:
        - {issuer: "%s", audiences: [%s], subject: preferred_username}
      store: {file: store/control.db}
    desk:
      address: 127.0.0.1
      port: 0
      tls: {certificate: server.crt, key: server.key}
      provider: {issuer: "%s", client-id: %s, scopes: [openid]}
      offers:
        - {name: bank, host: localhost, port: %d, database: bank}
    policy: policy.yaml
    management: {address: 127.0.0.1, port: 0}
    limits: {analysis-millis: 60000}
    """
            .formatted(
                port,
                server.port(),
                HostileCertificates.NAME,
                keycloak.issuer(),
                Keycloak.AUDIENCE,
                keycloak.issuer(),
                KeycloakTokens.PEOPLE,
                port)
        + journal.section("");
  }

  void stop() {
    if (!stopped) {
      stopped = true;
      gate.close();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    keycloak.close();
    server.close();
  }

  /** Where the desk is. */
  String desk() {
    return "https://localhost:" + gate.deskAddress().orElseThrow().getPort();
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** What libpq is told. */
  String connection(String user) {
    return "host=localhost port=%d dbname=bank user=%s sslmode=verify-full sslrootcert=%s"
        .formatted(gate.address("main").getPort(), user, file("ca.crt"));
  }

  /** Ends the gate, and says of each session who had it and how that was proved. */
  List<String> sessions() throws Exception {
    stop();
    assertThat(journal.audit().findings()).isEmpty();
    return journal.entries().stream()
        .filter(entry -> entry.kind() == Kind.SESSION_OPENED)
        .map(KeycloakScene::shown)
        .toList();
  }

  private static String shown(JournalFolder.Entry entry) {
    return "%s %s %s %s %s"
        .formatted(
            entry.text("subject"),
            entry.rows("groups").stream().map(JournalFolder::text).toList(),
            entry.text("method"),
            entry.text("issuer"),
            entry.text("role"));
  }
}
