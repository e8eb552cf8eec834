package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.keycloak.Keycloak;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens.Device;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens.Granted;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that others made says who people are, and a driver brings what it says. */
class KeycloakLoginIT {
  private static final String POLICY =
      """
      rules:
        - name: everybody-begins
          operations: [session]
          resources: {kinds: [session, setting]}
          verdict: allow
        - name: analysts-read
          callers: {groups: [analysts, robots], proofs: [token]}
          operations: [read, call]
          resources: {kinds: [session, setting], tables: [public.t], schemas: [pg_catalog]}
          verdict: allow
      """;
  private static final int OUTAGE_SECONDS = 20;

  /** For machines that have everything else to do, and for the pause after a failed fetch. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static Keycloak keycloak;
  private static RealDatabase server;

  @TempDir private Path folder;
  private JournalFolder journal;
  private Appliance gate;
  private boolean stopped;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("bank");
    server.run(
        "CREATE ROLE reader; CREATE ROLE app LOGIN; GRANT reader TO app;"
            + " CREATE TABLE t (a int); GRANT SELECT ON t TO reader");
    keycloak = Keycloak.start();
  }

  @AfterAll
  static void end() throws Exception {
    if (keycloak != null) {
      keycloak.close();
    }
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    journal = JournalFolder.make(folder.resolve("kept"));
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Path file =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            """
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
                role: reader
            users: users.yaml
            identity:
              token-user: token
              issuers:
                - issuer: "%s"
                  audiences: [%s]
                  subject: preferred_username
                  refresh-seconds: 5
                  outage-seconds: %d
            policy: policy.yaml
            management: {address: 127.0.0.1, port: 0}
            limits: {analysis-millis: 60000}
            """
                    .formatted(server.port(), keycloak.issuer(), Keycloak.AUDIENCE, OUTAGE_SECONDS)
                + journal.section(""));
    gate = Appliance.start(file, new Environment(Map.of()));
  }

  private void stop() {
    if (!stopped) {
      stopped = true;
      gate.close();
    }
  }

  @AfterEach
  void close() {
    stop();
  }

  private Connection connect(String token) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/bank?sslmode=verify-full&sslrootcert=%s"
            .formatted(gate.address("main").getPort(), folder.resolve("ca.crt")),
        "token",
        token);
  }

  /** Who the database takes it for. */
  private static String ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT session_user || ' as ' || current_user FROM pg_class")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private void readOnce(String token) throws SQLException {
    try (Connection connection = connect(token)) {
      read(connection);
    }
  }

  private SQLException refused(String token) {
    SQLException thrown = catchThrowableOfType(SQLException.class, () -> connect(token).close());
    assertThat((Throwable) thrown).as("a refusal").isNotNull();
    return thrown;
  }

  private List<JournalFolder.Entry> entries(Kind kind) throws Exception {
    return journal.entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  private static List<String> groups(JournalFolder.Entry entry) {
    return entry.rows("groups").stream().map(JournalFolder::text).toList();
  }

  @Test
  void peopleProgramsAndAgents_areKnownAsTheProviderKnowsThem() throws Exception {
    KeycloakTokens tokens = keycloak.tokens();
    Granted erika = tokens.person(KeycloakTokens.PEOPLE, "erika");
    try (Connection person = connect(erika.access());
        Connection program = connect(tokens.program().access());
        Connection agent = connect(tokens.exchanged(erika.access()).access());
        Connection max = connect(tokens.person(KeycloakTokens.PEOPLE, "max").access())) {
      assertThat(ask(person)).isEqualTo("app as reader");
      read(person);
      read(program);
      read(agent);
      assertThat(catchThrowableOfType(SQLException.class, () -> read(max)).getSQLState())
          .isEqualTo("42501");
    }
    stop();
    assertThat(journal.audit().findings()).isEmpty();
    List<JournalFolder.Entry> opened = entries(Kind.SESSION_OPENED);
    assertThat(opened)
        .hasSize(4)
        .allSatisfy(
            entry -> {
              assertThat(entry.text("issuer")).isEqualTo(keycloak.issuer());
              assertThat(entry.text("method")).isEqualTo("token");
              assertThat(entry.text("token")).isNotEmpty();
              assertThat(entry.text("login")).isEqualTo("token");
            });
    assertThat(opened)
        .extracting(entry -> entry.text("subject") + entry.text("actor") + groups(entry))
        .containsExactlyInAnyOrder(
            "erika[analysts]", "service-account-ci[robots]", "erikareports[analysts]", "max[]");
    assertThat(opened).extracting(entry -> entry.text("token")).doesNotHaveDuplicates();
  }

  @Test
  void deviceThatAPersonAllowed_isThatPerson() throws Exception {
    KeycloakTokens tokens = keycloak.tokens();
    Device device = tokens.device(KeycloakTokens.PEOPLE);
    assertThat(tokens.device(KeycloakTokens.PEOPLE, device)).isEmpty();
    keycloak.browser().allow(device, "erika");
    Granted granted =
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(2)) // sooner is "slow_down"
            .until(() -> tokens.device(KeycloakTokens.PEOPLE, device), found -> found.isPresent())
            .orElseThrow();
    readOnce(granted.access());
  }

  @Test
  void personWhoCameByACode_isThatPerson() throws Exception {
    KeycloakTokens tokens = keycloak.tokens();
    URI client = URI.create("http://127.0.0.1:1/back"); // nobody has to listen there
    String verifier = "v".repeat(43);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
    String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    URI back = keycloak.browser().redirected(tokens.authorize(client, challenge), "erika", client);
    String code =
        Arrays.stream(back.getQuery().split("&", -1))
            .filter(pair -> pair.startsWith("code="))
            .map(pair -> pair.substring("code=".length()))
            .findFirst()
            .orElseThrow();
    readOnce(tokens.code(client, code, verifier).access());
  }

  @Test
  void personWhoIsLoggedOutOrDisabled_getsNoNewToken_andTheOldOneIsGoodUntilItExpires()
      throws Exception {
    KeycloakTokens tokens = keycloak.tokens();
    Granted first = tokens.person(KeycloakTokens.PEOPLE, "erika");
    Granted second = tokens.refreshed(KeycloakTokens.PEOPLE, first.refresh());
    keycloak.realm().logOut("erika");
    assertThatThrownBy(() -> tokens.refreshed(KeycloakTokens.PEOPLE, second.refresh()))
        .hasMessageContaining("invalid_grant");
    keycloak.realm().enable("erika", false);
    try {
      assertThatThrownBy(() -> tokens.person(KeycloakTokens.PEOPLE, "erika"))
          .hasMessageContaining("invalid_grant");
      readOnce(second.access());
    } finally {
      keycloak.realm().enable("erika", true);
    }
  }

  @Test
  void whatIsNoAccessTokenForTheGate_isRefusedInTheSameWords_andIsInNoLog() throws Exception {
    Granted erika = keycloak.tokens().person(KeycloakTokens.PEOPLE, "erika");
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("token audience-wrong", elsewhere());
    bad.put("token id-token", erika.id());
    bad.put("token symmetric", erika.refresh());
    List<String> words = new ArrayList<>();
    try (RecordedLog log = RecordedLog.atTrace()) {
      for (String token : bad.values()) {
        SQLException thrown = refused(token);
        assertThat(thrown.getSQLState()).isEqualTo("28P01");
        words.add(String.valueOf(thrown.getMessage()));
      }
      assertThat(log.lines())
          .isNotEmpty()
          .allSatisfy(
              line ->
                  bad.values()
                      .forEach(
                          token ->
                              assertThat(line)
                                  .doesNotContain(token.substring(token.length() - 40))));
    }
    assertThat(words).containsOnly(words.getFirst());
    stop();
    assertThat(entries(Kind.LOGIN_REFUSED))
        .extracting(entry -> entry.text("reason"))
        .containsExactlyElementsOf(bad.keySet());
  }

  private static String elsewhere() throws IOException {
    return keycloak.tokens().person(KeycloakTokens.ELSEWHERE, "erika").access();
  }

  @Test
  void personWhoLeftTheGroup_isDeniedWithTheNextToken() throws Exception {
    KeycloakTokens tokens = keycloak.tokens();
    String before = tokens.person(KeycloakTokens.PEOPLE, "erika").access();
    keycloak.realm().removeGroup("erika", "analysts");
    try (Connection with = connect(before);
        Connection without = connect(tokens.person(KeycloakTokens.PEOPLE, "erika").access())) {
      read(with); // a token says what was so when it was issued
      assertThat(catchThrowableOfType(SQLException.class, () -> read(without)).getSQLState())
          .isEqualTo("42501");
    } finally {
      keycloak.realm().addGroup("erika", "analysts");
    }
    readOnce(tokens.person(KeycloakTokens.PEOPLE, "erika").access());
  }

  @Test
  void keysThatRotateWhilePeopleComeIn_keepNobodyOut_andWithdrawnOnesDo() throws Exception {
    String old = keycloak.tokens().person(KeycloakTokens.PEOPLE, "erika").access();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger logins = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> people = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        people.add(threads.submit(() -> comeIn(old, over, logins)));
      }
      // Each new key is a fetch of its own, and made-up ids get three of them within the pause.
      for (int i = 0; i < 2; i++) {
        awaitMore(logins, people);
        keycloak.realm().rotateKeys();
        awaitMore(logins, people);
      }
      over.set(true);
      for (Future<?> one : people) {
        one.get();
      }
      System.out.println(logins.get() + " logins while keys rotated twice");
    }
    readOnce(old);
    keycloak.realm().withdrawOldKeys();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(refused(old).getSQLState()).isEqualTo("28P01"));
    readOnce(keycloak.tokens().person(KeycloakTokens.PEOPLE, "erika").access());
    stop();
    assertThat(entries(Kind.LOGIN_REFUSED))
        .extracting(entry -> entry.text("reason"))
        .containsOnly("token key-unknown");
  }

  private @Nullable Void comeIn(String old, AtomicBoolean over, AtomicInteger logins)
      throws Exception {
    while (!over.get()) {
      readOnce(keycloak.tokens().person(KeycloakTokens.PEOPLE, "erika").access());
      readOnce(old);
      logins.addAndGet(2);
    }
    return null;
  }

  private static void awaitMore(AtomicInteger logins, List<Future<?>> people) {
    int before = logins.get();
    await()
        .atMost(PATIENCE)
        .failFast("somebody was kept out", () -> people.stream().anyMatch(Future::isDone))
        .until(() -> logins.get() >= before + 16);
  }

  @Test
  void providerThatIsGone_isNotMissedUntilTheOutageIsLong_andWelcomeAgain() throws Exception {
    String token = keycloak.tokens().person(KeycloakTokens.PEOPLE, "erika").access();
    readOnce(token);
    keycloak.stop();
    try {
      readOnce(token);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                try {
                  readOnce(token);
                  return false;
                } catch (SQLException e) {
                  return e.getSQLState().equals("28P01");
                }
              });
    } finally {
      keycloak.startAgain();
    }
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(() -> readOnce(token));
    stop();
    assertThat(entries(Kind.LOGIN_REFUSED))
        .extracting(entry -> entry.text("reason"))
        .containsOnly("token keys-outdated");
  }
}
