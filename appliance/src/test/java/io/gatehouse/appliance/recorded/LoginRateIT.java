package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.identity.certificate.ClientAuthority;
import io.gatehouse.appliance.identity.certificate.HostileCertificates;
import io.gatehouse.appliance.identity.issued.NewCredential;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.appliance.testing.Libpq;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many logins a gate takes, and who pays for them. Each is a new connection inside TLS, to a
 * server that wants SCRAM, by a driver. Counted in full under {@code -Plong}, on a machine that has
 * nothing else to do.
 */
class LoginRateIT {
  private static final boolean FULL = Boolean.getBoolean("gatehouse.long");
  private static final Duration TIME = Duration.ofSeconds(FULL ? 60 : 2);
  private static final int LEAST_A_MINUTE = 1_000;
  private static final String PASSWORD = "their own";

  @TempDir private Path folder;
  private RealDatabase server;
  private OidcServer provider;
  private JournalFolder journal;
  private Appliance gate;

  @BeforeEach
  void serve() throws Exception {
    server = RealDatabase.start("bank");
    server.run("CREATE ROLE app LOGIN PASSWORD 'held'");
    Files.writeString(
        Path.of(server.ask("SHOW hba_file")),
        "host all app all scram-sha-256\nhost all all all trust\nlocal all all trust\n");
    server.run("SELECT pg_reload_conf()");
    provider = OidcServer.start(InstantSource.system());
    provider.tokens().person("erika");
    journal = JournalFolder.make(folder.resolve("kept"));
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("held"), "held");
    Files.writeString(
        folder.resolve("policy.yaml"), "rules: [{name: all, verdict: allow, bodies: unread}]\n");
    ClientAuthority clients = new ClientAuthority();
    Files.writeString(folder.resolve("clients.crt"), clients.bundle().getCertificatePEM());
    ClientAuthority.write(
        clients.signed(b -> b.addSanUriName(URI.create(HostileCertificates.NAME))),
        folder,
        "deploy");
    put("least", ScramVerifier.LEAST_ITERATIONS);
    put("usual", ScramVerifier.DEFAULT_ITERATIONS);
    gate = Appliance.start(configured(), new Environment(Map.of()));
  }

  private void put(String name, int iterations) throws Exception {
    try (Secret password = Secret.of(PASSWORD.toCharArray())) {
      ScramVerifier verifier = ScramVerifier.derive(password, iterations, new SecureRandom());
      UsersFile.put(folder.resolve("users.yaml"), new User(name, verifier, Set.of()));
    }
  }

  private Path configured() throws Exception {
    return Files.writeString(
        folder.resolve("gatehouse.yaml"),
        """
        listeners:
          - name: main
            address: 127.0.0.1
            port: 0
            tls: {certificate: server.crt, key: server.key, client-ca: clients.crt}
            databases: {bank: bank}
        targets:
          - name: bank
            protocol: postgresql
            host: localhost
            port: %d
            without-tls: send-everything-unencrypted
            credential: {user: app, password: {file: held}}
        users: users.yaml
        identity:
          token-user: token
          oauth-user: oauth
          certificates:
            user: certificate
            name-from: uri
            callers:
              "%s": {subject: ci-deploy}
          issuers:
            - {issuer: "%s", audiences: [%s]}
          store: {file: store/control.db}
        policy: policy.yaml
        management: {address: 127.0.0.1, port: 0}
        limits: {analysis-millis: 60000}
        log: {level: warn, commands: false}
        """
                .formatted(
                    server.port(), HostileCertificates.NAME, provider.issuer(), OidcServer.AUDIENCE)
            + journal.section(""));
  }

  @AfterEach
  void end() throws Exception {
    gate.close();
    provider.close();
    server.close();
  }

  private Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/bank?sslmode=verify-full&sslrootcert=%s&user=%s"
            .formatted(gate.address("main").getPort(), folder.resolve("ca.crt"), user),
        null,
        password);
  }

  private boolean logIn(String user, Supplier<String> password) throws SQLException {
    try (Connection connection = connect(user, password.get())) {
      return connection.isReadOnly();
    }
  }

  private boolean showCertificate() throws SQLException {
    try (Connection connection =
        connect(
            "certificate&sslcert=%s&sslkey=%s"
                .formatted(folder.resolve("deploy.crt"), folder.resolve("deploy.pk8")),
            "")) {
      return connection.isReadOnly();
    }
  }

  private void count(String user, Supplier<String> password) throws Exception {
    count(user, 8, () -> logIn(user, password));
  }

  private void count(String way, int clients, Callable<?> login) throws Exception {
    try (Connection other = connect("least", PASSWORD);
        Statement statement = other.createStatement()) {
      Crowd.Count count = new Crowd(clients, login, () -> statement.execute("SELECT 1")).come(TIME);
      Measured.keep(
          LoginRateIT.class,
          "logins of " + way + ", " + clients + " clients",
          "",
          count.toString());
      assertThat(count.logins()).isPositive();
      if (FULL) {
        assertThat(count.aMinute()).isGreaterThanOrEqualTo(LEAST_A_MINUTE);
      }
    }
  }

  /** From the store that the gate has open. */
  private NewCredential issued() throws Exception {
    try (ControlStore store =
        ControlStore.open(
            new StoreLocation.InFile(folder.resolve("store/control.db")), StoreLimits.DEFAULT)) {
      return IdentityScene.issue(store, "erika");
    }
  }

  /** Libpq is for one thread, so one client. */
  private void countOAuth() throws Exception {
    Path libraries = Path.of(server.ask("SELECT setting FROM pg_config WHERE name = 'LIBDIR'"));
    String connection =
        ("host=localhost port=%d dbname=bank user=oauth sslmode=verify-full sslrootcert=%s"
                + " oauth_issuer=%s oauth_client_id=tests require_auth=oauth")
            .formatted(
                gate.address("main").getPort(),
                folder.resolve("ca.crt"),
                provider.issuer() + OidcServer.DISCOVERY);
    count(
        "oauth by libpq",
        1,
        () -> {
          try (Libpq libpq = new Libpq(libraries, () -> provider.tokens().about("erika"))) {
            assertThat(libpq.ask(connection, "SELECT 1")).isEqualTo("1");
            return libpq;
          }
        });
  }

  @Test
  void logins_comeByTheThousand_andEventLoopsComputeNothingForThem() throws Exception {
    try (NewCredential credential = issued();
        Recording recording = new Recording()) {
      recording
          .enable("jdk.MethodTrace")
          .with(
              "filter",
              "io.gatehouse.appliance.identity.token.SignatureCheck::require;"
                  + "io.gatehouse.spi.login.Sha256::pbkdf2");
      recording.start();
      for (String user : List.of("least", "usual")) {
        count(user, () -> PASSWORD);
      }
      count("token", () -> provider.tokens().about("erika"));
      count("certificate", 8, this::showCertificate);
      countOAuth();
      count(
          "an issued credential",
          8,
          () -> logIn(credential.credential().name(), () -> IdentityScene.password(credential)));
      recording.stop();
      Path file = folder.resolve("recording.jfr");
      recording.dump(file);
      Map<String, Set<String>> threads = threads(file);
      assertThat(threads).containsOnlyKeys("require", "pbkdf2");
      assertThat(threads.get("require")).allMatch(name -> name.startsWith("tokens-"));
      assertThat(threads.get("pbkdf2")).allMatch(name -> name.startsWith("gatehouse-compute"));
    }
  }

  /** Where each method that was traced ran. */
  private static Map<String, Set<String>> threads(Path file) throws Exception {
    Map<String, Set<String>> threads = new TreeMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      RecordedMethod method = event.getValue("method");
      threads
          .computeIfAbsent(method.getName(), _ -> new TreeSet<>())
          .add(event.getThread().getJavaName());
    }
    return threads;
  }

  @Test
  void iterations_areWhatAGuessCosts_andALoginOfTheClient() throws Exception {
    byte[] salt = new byte[16];
    StringBuilder text = new StringBuilder();
    long[] medians = new long[2];
    int[] counts = {ScramVerifier.LEAST_ITERATIONS, ScramVerifier.DEFAULT_ITERATIONS};
    try (Secret password = Secret.of(PASSWORD.toCharArray())) {
      for (int i = 0; i < counts.length; i++) {
        long[] nanos = new long[50];
        for (int run = 0; run < nanos.length; run++) {
          long begin = System.nanoTime();
          assertThat(ScramKeys.derive(password, salt, counts[i]).clientKey()).hasSize(32);
          nanos[run] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        medians[i] = nanos[nanos.length / 2];
        text.append(
            "%s%,d iterations: %.2f ms".formatted(i == 0 ? "" : "; ", counts[i], medians[i] / 1e6));
      }
    }
    Measured.keep(LoginRateIT.class, "one derivation of SCRAM keys", "", text.toString());
    assertThat(medians[1]).isGreaterThan(medians[0]);
  }
}
