package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.keycloak.Keycloak;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens.Granted;
import io.gatehouse.appliance.journal.record.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real provider's operators change, and what becomes of who is at work here. */
class KeycloakGroupsIT {
  private static final String POLICY =
      """
      rules:
        - name: everybody-begins
          operations: [session]
          resources: {kinds: [session, setting]}
          verdict: allow
        - name: agents-alone-read
          callers: {kinds: [agent]}
          operations: [read, call]
          resources: {tables: [public.t], schemas: [pg_catalog]}
          when: "caller.kind == 'agent'"
          verdict: allow
        - name: analysts-read
          callers: {groups: [analysts], proofs: [issued-credential]}
          operations: [read, call]
          resources: {kinds: [session, setting], tables: [public.t], schemas: [pg_catalog]}
          verdict: allow
      """;
  private static final String OFTEN =
      "refresh: {every-seconds: 2, outage-seconds: %d, key: {file: desk-refresh.secret}}";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private static Path shared;
  private static Certificates certificates;
  private static Keycloak keycloak;
  private static RealDatabase server;

  @TempDir private Path folder;
  private @Nullable Running running;
  private boolean stopped;

  private record Running(JournalFolder journal, Appliance gate, HttpClient client) {}

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("bank");
    server.run("CREATE ROLE app LOGIN; CREATE TABLE t (a int); GRANT SELECT ON t TO app");
    keycloak = Keycloak.start();
    certificates = keycloak.certificates().write(shared);
  }

  @AfterAll
  static void end() throws Exception {
    if (keycloak != null) {
      keycloak.close();
    }
    server.close();
  }

  private static String configuration(String desk) {
    return """
    listeners:
      - name: main
        address: 127.0.0.1
        port: 0
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
        - issuer: "%s"
          audiences: [%s]
          subject: preferred_username
          agents: {claim: azp, values: [%s]}
      token-user: token
      store: {file: store/control.db}
    desk:
      address: 127.0.0.1
      port: 0
      tls: {certificate: server.crt, key: server.key}
      provider: {issuer: "%s", client-id: %s, scopes: [openid]}
      offers:
        - {name: bank, host: localhost, port: 5432, database: bank}
      %s
    policy: policy.yaml
    management: {address: 127.0.0.1, port: 0}
    limits: {analysis-millis: 60000}
    """
        .formatted(
            server.port(),
            keycloak.issuer(),
            Keycloak.AUDIENCE,
            KeycloakTokens.PROGRAM,
            keycloak.issuer(),
            KeycloakTokens.PEOPLE,
            desk);
  }

  private void open(String desk) throws Exception {
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    for (String name : List.of("ca.crt", "server.crt", "server.key")) {
      Files.copy(shared.resolve(name), folder.resolve(name));
    }
    Files.writeString(folder.resolve("desk-refresh.secret"), "s".repeat(32));
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Path file =
        Files.writeString(
            folder.resolve("gatehouse.yaml"), configuration(desk) + journal.section(""));
    Appliance gate = Appliance.start(file, new Environment(Map.of()));
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(
        null,
        certificates.authority().toTrustManagerFactory().getTrustManagers(),
        new SecureRandom());
    running = new Running(journal, gate, HttpClient.newBuilder().sslContext(trust).build());
  }

  private Running running() {
    return Objects.requireNonNull(running);
  }

  private void stop() {
    if (!stopped && running != null) {
      stopped = true;
      running.gate().close();
    }
  }

  @AfterEach
  void close() {
    stop();
    if (running != null) {
      running.client().shutdownNow();
    }
  }

  private String desk() {
    return "https://localhost:" + running().gate().deskAddress().orElseThrow().getPort();
  }

  private record Issued(String user, String password) {}

  private Issued issued(String person, boolean refreshed) throws Exception {
    Granted granted = keycloak.tokens().person(KeycloakTokens.PEOPLE, person);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(desk() + "/v1/credentials"))
            .header("Authorization", "Bearer " + granted.access())
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    refreshed ? "{\"refresh_token\": \"" + granted.refresh() + "\"}" : "{}"));
    HttpResponse<String> answer = running().client().send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    Map<String, Object> body = JSONObjectUtils.parse(answer.body());
    return new Issued(String.valueOf(body.get("user")), String.valueOf(body.get("password")));
  }

  private Connection connect(Issued issued) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/bank?sslmode=verify-full&sslrootcert=%s"
            .formatted(running().gate().address("main").getPort(), folder.resolve("ca.crt")),
        issued.user(),
        issued.password());
  }

  private static void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private static SQLException ended(Connection connection) {
    AtomicReference<SQLException> thrown = new AtomicReference<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              try {
                read(connection);
                return false;
              } catch (SQLException e) {
                thrown.set(e);
                return true;
              }
            });
    return thrown.get();
  }

  private String refusal(Issued issued) {
    return Optional.ofNullable(
            catchThrowableOfType(SQLException.class, () -> connect(issued).close()))
        .map(SQLException::getSQLState)
        .orElse("let in");
  }

  private List<JournalFolder.Entry> entries(Kind kind) throws Exception {
    stop();
    assertThat(running().journal().audit().findings()).isEmpty();
    return running().journal().entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  private static List<String> texts(JournalFolder.Entry entry, String field) {
    return entry.rows(field).stream().map(JournalFolder::text).toList();
  }

  /** By the command, with a code that the person types into the provider's page. */
  private Issued loggedIn(String person) throws Exception {
    CommandedLogin login = new CommandedLogin(folder, desk());
    login.byDevice(device -> keycloak.browser().allow(device, person));
    return new Issued(login.exported("PGUSER"), login.exported("PGPASSWORD"));
  }

  @Test
  void personWhoLosesTheGroup_losesTheSession_andTheNextCommandIsDenied() throws Exception {
    open(OFTEN.formatted(600));
    Issued erika = loggedIn("erika");
    try (Connection open = connect(erika)) {
      read(open);
      keycloak.realm().removeGroup("erika", "analysts");
      Instant removed = Instant.now();
      try {
        SQLException thrown = ended(open);
        System.out.println(
            "a group removed in Keycloak was seen after "
                + Duration.between(removed, Instant.now()).toMillis()
                + " ms, asking each 2 s");
        assertThat(thrown.getSQLState()).isEqualTo("57P01");
        assertThat(thrown.getMessage()).contains("your groups have changed");
        try (Connection again = connect(erika)) {
          assertThat(catchThrowableOfType(SQLException.class, () -> read(again)).getSQLState())
              .isEqualTo("42501");
        }
      } finally {
        keycloak.realm().addGroup("erika", "analysts");
      }
    }
    assertThat(entries(Kind.CREDENTIAL_REFRESHED).getFirst())
        .satisfies(
            entry -> {
              assertThat(entry.text("name")).isEqualTo(erika.user());
              assertThat(texts(entry, "before")).containsExactly("analysts");
              assertThat(texts(entry, "groups")).isEmpty();
            });
    assertThat(entries(Kind.SESSION_CLOSED))
        .extracting(entry -> entry.text("reason"))
        .contains("revoked");
  }

  @Test
  void personWhoIsDisabled_orLoggedOutThere_isOutHere() throws Exception {
    open(OFTEN.formatted(600));
    Issued max = issued("max", true);
    Issued erika = issued("erika", true);
    keycloak.realm().enable("max", false);
    try (Connection open = connect(erika)) {
      read(open);
      keycloak.realm().logOut("erika");
      SQLException thrown = ended(open);
      assertThat(thrown.getSQLState()).isEqualTo("57P01");
      assertThat(thrown.getMessage()).contains("was revoked");
      await().atMost(PATIENCE).until(() -> refusal(max).equals("28P01"));
    } finally {
      keycloak.realm().enable("max", true);
    }
    assertThat(refusal(erika)).isEqualTo("28P01");
    assertThat(entries(Kind.CREDENTIAL_WITHDRAWN))
        .extracting(entry -> entry.text("subject") + " " + entry.text("reason"))
        .containsExactlyInAnyOrder("erika invalid_grant", "max invalid_grant");
  }

  @Test
  void providerThatIsGone_isMissedAfterTheOutage_andWelcomeAgain() throws Exception {
    open(OFTEN.formatted(8));
    Issued erika = issued("erika", true);
    try (Connection open = connect(erika)) {
      read(open);
      keycloak.stop();
      try {
        SQLException thrown = ended(open);
        assertThat(thrown.getSQLState()).isEqualTo("57P01");
        assertThat(thrown.getMessage()).contains("not confirmed your groups for too long");
        assertThat(refusal(erika)).isEqualTo("28P01");
      } finally {
        keycloak.startAgain();
      }
    }
    await().atMost(PATIENCE).until(() -> refusal(erika).equals("let in"));
    assertThat(entries(Kind.CREDENTIAL_WITHDRAWN)).isEmpty();
  }

  @Test
  void programOnItsOwn_isACallerOfItsOwnKind_andNobodyElseIs() throws Exception {
    open("logout: {}");
    KeycloakTokens tokens = keycloak.tokens();
    Granted erika = tokens.person(KeycloakTokens.PEOPLE, "erika");
    String program = tokens.program().access();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(desk() + "/v1/credentials"))
            .header("Authorization", "Bearer " + program)
            .POST(BodyPublishers.noBody());
    Map<String, Object> body =
        JSONObjectUtils.parse(
            running().client().send(request.build(), BodyHandlers.ofString()).body());
    Issued credential =
        new Issued(String.valueOf(body.get("user")), String.valueOf(body.get("password")));
    try (Connection alone = connect(new Issued("token", program));
        Connection issued = connect(credential);
        Connection person = connect(new Issued("token", erika.access()));
        Connection agent =
            connect(new Issued("token", tokens.exchanged(erika.access()).access()))) {
      read(alone);
      read(issued);
      for (Connection other : List.of(person, agent)) {
        assertThat(catchThrowableOfType(SQLException.class, () -> read(other)).getSQLState())
            .isEqualTo("42501");
      }
    }
    assertThat(entries(Kind.SESSION_OPENED))
        .extracting(entry -> entry.text("subject") + entry.text("actor") + " " + entry.text("kind"))
        .containsExactlyInAnyOrder(
            "service-account-ci agent",
            "service-account-ci agent",
            "erika person",
            "erikareports person");
  }

  @Test
  void logoutThatKeycloakTells_endsTheSessionOfThatLogin() throws Exception {
    open("logout: {}");
    keycloak
        .realm()
        .tellLogouts(KeycloakTokens.PEOPLE, URI.create(desk() + "/v1/backchannel-logout"));
    Issued erika = issued("erika", false);
    Issued max = issued("max", false);
    try (Connection open = connect(erika);
        Connection other = connect(max)) {
      read(open);
      keycloak.realm().logOut("erika");
      Instant told = Instant.now();
      SQLException thrown = ended(open);
      System.out.println(
          "a logout that Keycloak told of ended a session after "
              + Duration.between(told, Instant.now()).toMillis()
              + " ms");
      assertThat(thrown.getSQLState()).isEqualTo("57P01");
      assertThat(thrown.getMessage()).contains("logged out at the identity provider");
      assertThat(catchThrowableOfType(SQLException.class, () -> read(other)).getSQLState())
          .isEqualTo("42501");
    }
    assertThat(refusal(erika)).isEqualTo("28P01");
    assertThat(refusal(max)).isEqualTo("let in");
    // One of each session that is there, those of other tests too.
    assertThat(entries(Kind.LOGGED_OUT))
        .isNotEmpty()
        .allSatisfy(
            entry -> {
              assertThat(entry.text("issuer")).isEqualTo(keycloak.issuer());
              assertThat(entry.text("session")).isNotEmpty();
              assertThat(entry.text("token")).isNotEmpty();
            });
  }
}
