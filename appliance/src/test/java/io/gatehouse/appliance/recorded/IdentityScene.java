package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Holder;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.identity.issued.IssuedCredentials;
import io.gatehouse.appliance.identity.issued.NewCredential;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A gate with everything about identity: a users file with ann in it, a provider, a control store,
 * a journal, and a real server behind it where app is the held credential.
 */
public final class IdentityScene implements AutoCloseable {
  public static final String PASSWORD = "ann's own";
  public static final String ANN = "ann";

  private static final String POLICY =
      """
      rules:
        - name: analysts-read
          callers: {groups: [analysts]}
          operations: [read, session, call]
          resources: {kinds: [session, setting], tables: [public.t], schemas: [pg_catalog]}
          verdict: allow
      """;

  private final Path folder;
  private final RealDatabase server;
  private final OidcServer provider;
  private final JournalFolder journal;
  private final Appliance gate;
  private boolean stopped;

  private IdentityScene(
      Path folder,
      RealDatabase server,
      OidcServer provider,
      JournalFolder journal,
      Appliance gate) {
    this.folder = folder;
    this.server = server;
    this.provider = provider;
    this.journal = journal;
    this.gate = gate;
  }

  /**
   * @param identity keys of the section beside issuers, token-user and store, each a line
   * @param limits other keys of that section, each with a comma before it
   */
  public static IdentityScene start(Path folder, String identity, String limits) throws Exception {
    RealDatabase server = RealDatabase.start("bank");
    server.run("CREATE ROLE app LOGIN; CREATE TABLE t (a int); GRANT ALL ON t TO app");
    OidcServer provider = OidcServer.start(InstantSource.system());
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User(ANN, verifier, Set.of("analysts")));
    Path file =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            configuration(server, provider, identity, limits) + journal.section(""));
    Appliance gate = Appliance.start(file, new Environment(Map.of()));
    return new IdentityScene(folder, server, provider, journal, gate);
  }

  private static String configuration(
      RealDatabase server, OidcServer provider, String identity, String limits) {
    return """
    listeners:
      - name: main
        address: 127.0.0.1
        port: 0
        tls: {certificate: server.crt, key: server.key}
        clients-without-tls: accept
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
    limits: {analysis-millis: 60000%s}
    identity:
      token-user: token
      issuers:
        - {issuer: "%s", audiences: [%s]}
      store: {file: control/store.db}
    """
            .formatted(server.port(), limits, provider.issuer(), OidcServer.AUDIENCE)
        + identity.indent(2);
  }

  public Appliance gate() {
    return gate;
  }

  public OidcServer provider() {
    return provider;
  }

  public RealDatabase server() {
    return server;
  }

  public Path configuration() {
    return folder.resolve("gatehouse.yaml");
  }

  public Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/bank?sslmode=verify-full&sslrootcert=%s"
            .formatted(gate.address("main").getPort(), folder.resolve("ca.crt")),
        user,
        password);
  }

  /** As the subject of a token. */
  public Connection erika() throws SQLException {
    return connect("token", provider.tokens().about("erika"));
  }

  public static void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  /** That nobody is let in, and why. */
  public SQLException refused(String user, String password) {
    SQLException thrown =
        catchThrowableOfType(SQLException.class, () -> connect(user, password).close());
    assertThat((Throwable) thrown).as("a refusal of " + user).isNotNull();
    return thrown;
  }

  /** The store that the gate has open, opened once more; the user closes it. */
  public ControlStore store() throws Exception {
    return ControlStore.open(
        new StoreLocation.InFile(folder.resolve("control/store.db")), StoreLimits.DEFAULT);
  }

  /** With a clock of its own, for one that was issued in the past. */
  public static NewCredential issue(
      ControlStore store, String subject, InstantSource clock, Duration lifetime) {
    Holder holder =
        new Holder(
            subject,
            Optional.empty(),
            Set.of("analysts"),
            clock.instant(),
            "https://idp.example",
            ProofMethod.TOKEN);
    return IssuedCredentials.of(
            store,
            new IssuedCredentials.Setting(
                Duration.ofHours(12), clock, new SecureRandom(), Runnable::run))
        .thenCompose(credentials -> credentials.issue(holder, lifetime))
        .toCompletableFuture()
        .join();
  }

  public static NewCredential issue(ControlStore store, String subject) {
    return issue(store, subject, InstantSource.system(), Duration.ofHours(1));
  }

  public static String password(NewCredential credential) {
    return new String(credential.password().bytes(), StandardCharsets.US_ASCII);
  }

  /** A page of the management listener. */
  public HttpResponse<String> page(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + gate.managementAddress().getPort() + "/" + path))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** The value of a metric, with its tags as they stand there. */
  public double metric(String name) throws Exception {
    return page("metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  /** Of the journal, which ends with the gate. */
  public List<JournalFolder.Entry> entries(Kind kind) throws Exception {
    stop();
    return journal.entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  public JournalFolder journal() {
    return journal;
  }

  static Instant ago(Duration time) {
    return Instant.now().minus(time);
  }

  public void stop() {
    if (!stopped) {
      stopped = true;
      gate.close();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    provider.close();
    server.close();
  }
}
