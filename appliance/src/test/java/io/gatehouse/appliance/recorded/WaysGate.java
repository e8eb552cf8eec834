package io.gatehouse.appliance.recorded;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.identity.certificate.ClientAuthority;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A whole gate that lets in by every way there is, with a real database behind it and a journal.
 * Its folder has {@code ca.crt} of the gate's authority and {@code clients.crt} of the clients'.
 */
final class WaysGate implements AutoCloseable {
  static final String ANN = "ann";
  static final String PASSWORD = "ann's own";
  static final String TOKEN_USER = "token";
  static final String OAUTH_USER = "oauth";
  static final String CERTIFICATE_USER = "certificate";

  private static final String POLICY =
      """
      rules:
        - name: reading
          operations: [read, session, call]
          resources: {kinds: [session, setting], tables: [public.t], schemas: [pg_catalog]}
          verdict: allow
      """;

  final ClientAuthority clients = new ClientAuthority();
  final RealDatabase server;
  final JournalFolder journal;
  private final Path folder;
  private final Appliance gate;
  private boolean stopped;

  /**
   * @param identity what stands in the section of the same name, indented by two
   */
  WaysGate(Path folder, String identity) throws Exception {
    this(folder, identity, "by-name");
  }

  WaysGate(Path folder, String identity, String login) throws Exception {
    this.folder = folder;
    server = RealDatabase.start("bank");
    server.run("CREATE ROLE app LOGIN; CREATE TABLE t (a int); GRANT ALL ON t TO app");
    journal = JournalFolder.make(folder.resolve("kept"));
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("clients.crt"), clients.bundle().getCertificatePEM());
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    UsersFile.put(folder.resolve("users.yaml"), new User(ANN, verifier(), Set.of()));
    gate = Appliance.start(configured(identity, login), new Environment(Map.of()));
  }

  private static ScramVerifier verifier() {
    return ScramVerifier.derive(
        Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
  }

  private Path configured(String identity, String login) throws IOException {
    return Files.writeString(
        folder.resolve("gatehouse.yaml"),
        """
        listeners:
          - name: main
            address: 127.0.0.1
            port: 0
            tls: {certificate: server.crt, key: server.key, client-ca: clients.crt}
            clients-without-tls: accept
            login: %s
            databases: {bank: bank}
        targets:
          - name: bank
            protocol: postgresql
            host: localhost
            port: %d
            without-tls: send-everything-unencrypted
            credential: {user: app, trust: true}
        users: users.yaml
        policy: policy.yaml
        management: {address: 127.0.0.1, port: 0}
        limits:
          {analysis-millis: 60000, failed-logins-per-source: 100000, failed-logins-per-name: 100000}
        identity:
        """
                .formatted(login, server.port())
            + identity.indent(2)
            + journal.section(""));
  }

  int port() {
    return gate.address("main").getPort();
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Ends the gate and reads what it has put on record. */
  List<JournalFolder.Entry> recorded(Kind kind) throws Exception {
    stop();
    return journal.entries().stream().filter(entry -> entry.kind() == kind).toList();
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
    server.close();
  }
}
