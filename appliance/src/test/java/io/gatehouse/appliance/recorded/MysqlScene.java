package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.cli.Main;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.verifier.Finding;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The whole gate in front of a real MySQL or MariaDB, with a users file, a provider, a control
 * store and a journal. Writers may do anything, unread; others nothing.
 */
final class MysqlScene implements AutoCloseable {
  static final String PASSWORD = "their own";

  /** Is a writer. */
  static final String ANN = "ann";

  /** Is nothing. */
  static final String BOB = "bob";

  static final String POLICY =
      """
      rules:
        - name: writers-unread
          callers: {groups: [writers]}
          bodies: unread
          verdict: allow
          record: {results: leave-out}
      """;

  private final Flavour flavour;
  private final Path folder;
  private final OidcServer provider;
  private final JournalFolder journal;
  private final KeyStore trusted;
  private final Appliance gate;
  private boolean stopped;

  private MysqlScene(
      Flavour flavour, Path folder, OidcServer provider, JournalFolder journal, Appliance gate)
      throws Exception {
    this.flavour = flavour;
    this.folder = folder;
    this.provider = provider;
    this.journal = journal;
    this.gate = gate;
    trusted = MysqlDriver.trust(folder);
  }

  /**
   * @param limits each after a comma
   */
  static MysqlScene start(Flavour flavour, Path folder, String limits) throws Exception {
    return start(flavour, folder, limits, "tail-file-mib: 8");
  }

  /**
   * @param tail how long a file of the tail is, of which a command takes up to half
   */
  static MysqlScene start(Flavour flavour, Path folder, String limits, String tail)
      throws Exception {
    OidcServer provider = OidcServer.start(InstantSource.system());
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    files(folder);
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User(ANN, verifier, Set.of("writers")));
    UsersFile.put(folder.resolve("users.yaml"), new User(BOB, verifier, Set.of()));
    String text =
        configuration(flavour, provider, limits)
            + journal.section("").replace("tail-file-mib: 8", tail);
    Path file = Files.writeString(folder.resolve("gatehouse.yaml"), text);
    Appliance gate = Appliance.start(file, new Environment(Map.of()));
    return new MysqlScene(flavour, folder, provider, journal, gate);
  }

  private static String configuration(Flavour flavour, OidcServer provider, String limits) {
    return ways(flavour, 0)
        + """
        users: users.yaml
        policy: policy.yaml
        management: {address: 127.0.0.1, port: 0}
        limits: {analysis-millis: 60000, upstream-connect-seconds: 120, login-seconds: 300%s}
        identity:
          token-user: token
          issuers:
            - {issuer: "%s", audiences: [%s]}
          store: {file: control/store.db}
        """
            .formatted(limits, provider.issuer(), OidcServer.AUDIENCE);
  }

  /**
   * A listener and the target behind it, with files beside the configuration.
   *
   * @param port 0 for any
   */
  static String ways(Flavour flavour, int port) {
    return """
    listeners:
      - name: main
        protocol: %s
        address: 127.0.0.1
        port: %d
        tls: {certificate: server.crt, key: server.key}
        server-version: %s
        databases: {bank: bank}
    targets:
      - name: bank
        protocol: %s
        host: localhost
        port: %d
        without-tls: send-everything-unencrypted
        credential: {user: %s, password: {file: held.password}}
    """
        .formatted(
            word(flavour),
            port,
            flavour == Flavour.MYSQL ? "8.0.15" : "11.4.5-MariaDB",
            word(flavour),
            RealServer.of(flavour).port(),
            Held.NATIVE.user());
  }

  /** What {@link #ways} names. */
  static void files(Path folder) throws Exception {
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("held.password"), Held.NATIVE.password());
  }

  static String word(Flavour flavour) {
    return flavour.name().toLowerCase(Locale.ROOT);
  }

  OidcServer provider() {
    return provider;
  }

  /** What the verifier finds. */
  List<Finding> findings() {
    return journal.audit().findings();
  }

  private int port() {
    return gate.address("main").getPort();
  }

  /** By the driver of the server's makers, which checks the gate's certificate. */
  Connection connect(String user, String password) throws SQLException {
    return connect(user, password, RealServer.DATABASE);
  }

  Connection connect(String user, String password, String database) throws SQLException {
    return connect(user, password, database, "");
  }

  /**
   * @param options of the driver, each after an ampersand
   */
  Connection connect(String user, String password, String database, String options)
      throws SQLException {
    return new MysqlDriver(flavour, port(), folder).connect(user, password, database, options);
  }

  /** By a client of our own, which asks nothing before it is told to. */
  Conversation raw(String user) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), new SecureRandom());
    RawClient.Entered entered =
        RawClient.enter(
            port(), user, PASSWORD, AuthPlugin.CACHING_SHA2_PASSWORD, RawClient.USUAL, tls);
    return new Conversation(entered.connection());
  }

  /** The error that is the whole answer. */
  static ErrPacket refused(Conversation client, String sql) {
    List<Message> answer =
        client.ask(new ComQuery(List.of(), sql.getBytes(StandardCharsets.UTF_8)));
    return (ErrPacket) answer.getFirst();
  }

  /** The store that the gate has open, opened once more; the user closes it. */
  ControlStore store() throws Exception {
    return ControlStore.open(
        new StoreLocation.InFile(folder.resolve("control/store.db")), StoreLimits.DEFAULT);
  }

  /** What is counted. */
  String metrics() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:" + gate.managementAddress().getPort() + "/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** Puts another policy in force; whether it was taken. */
  boolean policy(String text) throws Exception {
    Files.writeString(folder.resolve("policy.yaml"), text);
    return gate.reload();
  }

  /** Ends the gate and reads what it has put on record. */
  List<JournalFolder.Entry> recorded(Kind kind) throws Exception {
    stop();
    return journal.entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  /** Ends the gate and goes through all that it has put on record. */
  void eachRecorded(Consumer<JournalFolder.Entry> reader) throws Exception {
    stop();
    journal.each(reader);
  }

  /** What a reader of the journal sees of a session. */
  String shown(UUID session) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "journal",
                "show",
                "--config",
                folder.resolve("gatehouse.yaml").toString(),
                session.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out;
  }

  private void stop() {
    if (!stopped) {
      stopped = true;
      gate.close();
    }
  }

  @Override
  public void close() {
    stop();
    provider.close();
  }
}
