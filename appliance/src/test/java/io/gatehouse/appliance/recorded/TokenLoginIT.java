package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that knows nothing but user name and password, and a token as the password. */
class TokenLoginIT {
  private static final String POLICY =
      """
      rules:
        - name: analysts-read
          callers: {groups: [analysts], proofs: [token]}
          operations: [read, session, call]
          resources: {kinds: [session, setting], tables: [public.t], schemas: [pg_catalog]}
          verdict: allow
        - name: ann-reads
          callers: {subjects: [ann]}
          operations: [read, session, call]
          resources: {kinds: [session, setting], tables: [public.t], schemas: [pg_catalog]}
          verdict: allow
      """;
  private static final String PASSWORD = "ann's own";

  @TempDir private Path folder;
  private RealDatabase server;
  private OidcServer provider;
  private JournalFolder journal;
  private Appliance gate;
  private boolean stopped;

  @BeforeEach
  void serve() throws Exception {
    server = RealDatabase.start("bank");
    server.run("CREATE ROLE app LOGIN; CREATE TABLE t (a int); GRANT ALL ON t TO app");
    provider = OidcServer.start(InstantSource.system());
    journal = JournalFolder.make(folder.resolve("kept"));
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    put("ann");
    gate = Appliance.start(configured(), new Environment(Map.of()));
  }

  private void put(String name) throws Exception {
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User(name, verifier, Set.of()));
  }

  private Path configured() throws Exception {
    return Files.writeString(
        folder.resolve("gatehouse.yaml"),
        """
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
        identity:
          token-user: token
          issuers:
            - {issuer: "%s", audiences: [%s]}
        policy: policy.yaml
        management: {address: 127.0.0.1, port: 0}
        limits: {analysis-millis: 60000}
        """
                .formatted(server.port(), provider.issuer(), OidcServer.AUDIENCE)
            + journal.section(""));
  }

  private void stop() {
    if (!stopped) {
      stopped = true;
      gate.close();
    }
  }

  @AfterEach
  void end() throws Exception {
    stop();
    provider.close();
    server.close();
  }

  private Connection connect(String user, String password, String mode) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/bank?sslmode=%s&sslrootcert=%s"
            .formatted(gate.address("main").getPort(), mode, folder.resolve("ca.crt")),
        user,
        password);
  }

  private static void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private SQLException refused(String user, String password, String mode) {
    SQLException thrown =
        catchThrowableOfType(SQLException.class, () -> connect(user, password, mode).close());
    assertThat((Throwable) thrown).as("a refusal of " + user).isNotNull();
    return thrown;
  }

  private List<JournalFolder.Entry> entries(Kind kind) throws Exception {
    return journal.entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  @Test
  void token_isThePasswordOfItsSubject() throws Exception {
    provider.tokens().person("erika", "analysts");
    Map<String, Object> delegated = provider.tokens().claims("erika");
    delegated.put("act", Map.of("sub", "report-agent"));
    try (Connection erika = connect("token", provider.tokens().about("erika"), "verify-full");
        Connection agent = connect("token", provider.tokens().signed(delegated), "verify-full");
        Connection ann = connect("ann", PASSWORD, "verify-full")) {
      read(erika);
      read(agent);
      read(ann);
    }
    SQLException denied = refused("token", provider.tokens().about("stranger"), "verify-full");
    assertThat(denied.getSQLState()).isEqualTo("42501"); // pgjdbc's own SET is nobody's to allow
    stop();
    assertThat(journal.audit().findings()).isEmpty();
    List<JournalFolder.Entry> opened = entries(Kind.SESSION_OPENED);
    assertThat(opened.stream().map(entry -> entry.text("subject")))
        .containsExactlyInAnyOrder("erika", "erika", "ann", "stranger");
    assertThat(opened)
        .filteredOn(entry -> entry.text("subject").equals("erika"))
        .allSatisfy(
            entry -> {
              assertThat(entry.text("method")).isEqualTo("token");
              assertThat(entry.text("issuer")).isEqualTo(provider.issuer());
              assertThat(entry.text("token")).isNotEmpty();
              assertThat(entry.text("login")).isEqualTo("token");
              assertThat(entry.rows("groups")).hasSize(1);
            })
        .anySatisfy(entry -> assertThat(entry.text("actor")).isEqualTo("report-agent"))
        .anySatisfy(entry -> assertThat(entry.text("actor")).isEmpty());
    assertThat(opened)
        .filteredOn(entry -> entry.text("subject").equals("ann"))
        .allSatisfy(entry -> assertThat(entry.text("issuer")).isEmpty());
  }

  @Test
  void whatIsNoSoundToken_isRefusedInTheSameWords_andIsInNoLog() throws Exception {
    Map<String, String> bad = new LinkedHashMap<>();
    Map<String, Object> claims = provider.tokens().claims("erika");
    long past = Instant.now().minusSeconds(3600).getEpochSecond();
    claims.putAll(Map.of("iat", past, "nbf", past, "exp", past));
    bad.put("token expired", provider.tokens().signed(claims));
    claims = provider.tokens().claims("erika");
    claims.put("aud", "another");
    bad.put("token audience-wrong", provider.tokens().signed(claims));
    String sound = provider.tokens().about("erika");
    bad.put("token signature-wrong", sound.substring(0, sound.length() - 8) + "AAAAAAAA");
    bad.put("token not-compact", PASSWORD);
    bad.put("token too-long", "a".repeat(40_000));
    List<String> words = new ArrayList<>();
    try (RecordedLog log = RecordedLog.atTrace()) {
      for (String token : bad.values()) {
        SQLException thrown = refused("token", token, "verify-full");
        assertThat(thrown.getSQLState()).isEqualTo("28P01");
        words.add(thrown.getMessage());
      }
      words.add(
          String.valueOf(refused("nobody", PASSWORD, "verify-full").getMessage())
              .replace("nobody", "token"));
      assertThat(log.lines())
          .isNotEmpty()
          .allSatisfy(
              line -> bad.values().forEach(token -> assertThat(line).doesNotContain(tail(token))));
    }
    assertThat(Set.copyOf(words)).hasSize(1);
    stop();
    assertThat(entries(Kind.LOGIN_REFUSED).stream().map(entry -> entry.text("reason")))
        .containsAll(bad.keySet())
        .contains("password");
  }

  private static String tail(String token) {
    return token.substring(Math.max(0, token.length() - 40));
  }

  @Test
  void tokenWithoutTls_isNotAskedFor() {
    SQLException thrown = refused("token", provider.tokens().about("erika"), "disable");
    assertThat(thrown.getSQLState()).isEqualTo("28000");
    assertThat(thrown.getMessage()).contains("inside TLS only");
  }

  @Test
  void providerThatIsNotThere_letsNobodyIn_andThoseWithPasswords() throws Exception {
    String token = provider.tokens().about("erika");
    provider.stop();
    assertThat(refused("token", token, "verify-full").getSQLState()).isEqualTo("28P01");
    try (Connection ann = connect("ann", PASSWORD, "verify-full")) {
      read(ann);
    }
  }

  @Test
  void userOfTheSameName_isAProblem() throws Exception {
    put("token");
    assertThat(gate.reload()).isFalse();
  }
}
