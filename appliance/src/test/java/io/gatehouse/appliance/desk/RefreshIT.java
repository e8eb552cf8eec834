package io.gatehouse.appliance.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.oidc.Answer;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.recorded.JournalFolder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider says later of whom it vouched for, at the whole gate. */
class RefreshIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final List<Answer> SAYING_NOTHING =
      List.of(
          Answer.text(500, "oops"),
          Answer.text(200, "<html>"),
          Answer.json(200, Map.of("access_token", "a b", "token_type", "Bearer")),
          Answer.json(200, Map.of("access_token", "abc", "token_type", "MAC")),
          Answer.json(200, Map.of("token_type", "Bearer")),
          Answer.error("invalid_client"),
          Answer.error("temporarily_unavailable"),
          Answer.json(302, Map.of("error", "invalid_grant")),
          Answer.json(500, Map.of("error", "invalid_grant")));

  private static RealDatabase server;

  @TempDir private Path folder;
  private @Nullable DeskScene opened;

  @BeforeAll
  static void database() throws Exception {
    server = RealDatabase.start("bank");
    server.run("CREATE ROLE app LOGIN; CREATE TABLE t (a int); GRANT ALL ON t TO app");
  }

  @AfterAll
  static void noDatabase() throws Exception {
    server.close();
  }

  private void open(int outageSeconds) throws Exception {
    opened =
        DeskScene.start(
            folder,
            server.port(),
            "",
            "refresh: {every-seconds: 1, outage-seconds: %d, key: {file: desk-refresh.secret}}"
                .formatted(outageSeconds));
  }

  private DeskScene scene() {
    return Objects.requireNonNull(opened);
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private static ConditionFactory patiently() {
    return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
  }

  /** What was issued, and by what it is asked about. */
  private record Issued(String user, String password, Instant expires, String refresh) {}

  private Issued issued(String person) throws Exception {
    return issued(person, scene().provider().grants().refreshToken(person));
  }

  private Issued issued(String person, String refresh) throws Exception {
    HttpResponse<String> answer =
        scene()
            .issue(
                scene().provider().tokens().about(person),
                "{\"refresh_token\": \"" + refresh + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    Map<String, Object> body = JSONObjectUtils.parse(answer.body());
    return new Issued(
        String.valueOf(body.get("user")),
        String.valueOf(body.get("password")),
        Instant.parse(String.valueOf(body.get("expires"))),
        refresh);
  }

  private Connection connect(Issued issued) throws SQLException {
    return scene().connect(issued.user(), issued.password());
  }

  private static void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private static SQLException ended(Connection connection) {
    AtomicReference<SQLException> thrown = new AtomicReference<>();
    patiently()
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
    SQLException thrown = catchThrowableOfType(SQLException.class, () -> connect(issued).close());
    return thrown == null ? "let in" : thrown.getSQLState();
  }

  private List<JournalFolder.Entry> entries(Kind kind) throws Exception {
    scene().stop();
    assertThat(scene().journal().audit().findings()).isEmpty();
    return scene().journal().entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  private static List<String> texts(JournalFolder.Entry entry, String field) {
    return entry.rows(field).stream().map(JournalFolder::text).toList();
  }

  @Test
  void groupThatIsTakenAway_endsTheSession_andTheNextCommandIsDenied() throws Exception {
    open(600);
    Issued erika = issued("erika");
    Issued paul = issued("paul");
    try (Connection open = connect(erika);
        Connection other = connect(paul)) {
      read(open);
      scene().provider().tokens().removeGroup("erika", "analysts");
      SQLException thrown = ended(open);
      assertThat(thrown.getSQLState()).isEqualTo("57P01");
      assertThat(thrown.getMessage()).contains("your groups have changed");
      read(other);
      try (Connection again = connect(erika)) {
        assertThat(catchThrowableOfType(SQLException.class, () -> read(again)).getSQLState())
            .isEqualTo("42501");
      }
    }
    List<JournalFolder.Entry> changed = entries(Kind.CREDENTIAL_REFRESHED);
    assertThat(changed).hasSize(1);
    assertThat(changed.getFirst().text("name")).isEqualTo(erika.user());
    assertThat(changed.getFirst().text("subject")).isEqualTo("erika");
    assertThat(texts(changed.getFirst(), "before")).containsExactly("analysts");
    assertThat(texts(changed.getFirst(), "groups")).isEmpty();
    assertThat(entries(Kind.SESSION_CLOSED))
        .extracting(entry -> entry.text("reason"))
        .contains("revoked");
    assertThat(entries(Kind.ADMINISTRATION))
        .extracting(entry -> entry.text("action") + ": " + entry.text("result"))
        .contains("new groups of credential " + erika.user() + ": 1 sessions ended");
  }

  @Test
  void groupThatIsGiven_countsFromTheNextLogin() throws Exception {
    open(600);
    scene().provider().tokens().person("nora");
    Issued nora = issued("nora");
    try (Connection open = connect(nora)) {
      assertThat(catchThrowableOfType(SQLException.class, () -> read(open)).getSQLState())
          .isEqualTo("42501");
      scene().provider().tokens().person("nora", "analysts");
      patiently().until(() -> ended(open).getSQLState().startsWith("57") || open.isClosed());
    }
    try (Connection again = connect(nora)) {
      read(again);
    }
  }

  @Test
  void personWhoIsLoggedOutThere_isLoggedOutHere() throws Exception {
    open(600);
    Issued erika = issued("erika");
    try (Connection open = connect(erika)) {
      read(open);
      scene().provider().grants().revoke("erika");
      assertThat(ended(open).getMessage()).contains("was revoked");
    }
    assertThat(refusal(erika)).isEqualTo("28P01");
    assertThat(entries(Kind.CREDENTIAL_WITHDRAWN))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.text("name")).isEqualTo(erika.user());
              assertThat(entry.text("reason")).isEqualTo("invalid_grant");
            });
  }

  @Test
  void tokenOfSomebodyElse_keepsNobodyIn() throws Exception {
    open(600);
    Issued erika = issued("erika", scene().provider().grants().refreshToken("paul"));
    try (Connection open = connect(erika)) {
      assertThat(ended(open).getMessage()).contains("was revoked");
    }
    assertThat(entries(Kind.CREDENTIAL_WITHDRAWN))
        .extracting(entry -> entry.text("reason"))
        .containsExactly("another caller");
  }

  @Test
  void tokenThatIsNotForTheGateAnyMore_keepsNobodyIn() throws Exception {
    open(600);
    Issued erika = issued("erika");
    Map<String, Object> claims = scene().provider().tokens().claims("erika");
    claims.put("aud", "elsewhere");
    scene()
        .provider()
        .answer(
            OidcServer.TOKEN,
            Answer.json(
                200,
                Map.of(
                    "access_token",
                    scene().provider().tokens().signed(claims),
                    "token_type",
                    "Bearer")));
    patiently().until(() -> refusal(erika).equals("28P01"));
    assertThat(entries(Kind.CREDENTIAL_WITHDRAWN))
        .extracting(entry -> entry.text("reason"))
        .containsExactly("token audience-wrong");
  }

  @Test
  void providerThatIsGone_isNotMissedUntilTheOutageIsLong_andWelcomeAgain() throws Exception {
    open(5);
    Issued erika = issued("erika");
    try (Connection open = connect(erika)) {
      read(open);
      int before = scene().provider().requests(OidcServer.TOKEN);
      patiently().until(() -> scene().provider().requests(OidcServer.TOKEN) > before + 8);
      read(open); // longer than the outage may last, but it was confirmed
      scene().provider().stop();
      SQLException thrown = ended(open);
      assertThat(thrown.getSQLState()).isEqualTo("57P01");
      assertThat(thrown.getMessage()).contains("not confirmed your groups for too long");
    }
    assertThat(refusal(erika)).isEqualTo("28P01");
    scene().provider().startAgain();
    patiently().until(() -> refusal(erika).equals("let in"));
    assertThat(entries(Kind.CREDENTIAL_WITHDRAWN)).isEmpty();
  }

  @Test
  void answersThatSayNothingOfTheLogin_areAnOutage() throws Exception {
    open(600);
    Issued erika = issued("erika");
    for (Answer answer : SAYING_NOTHING) {
      scene().provider().answer(OidcServer.TOKEN, answer);
      int before = scene().provider().requests(OidcServer.TOKEN);
      patiently().until(() -> scene().provider().requests(OidcServer.TOKEN) >= before + 2);
      assertThat(refusal(erika)).as(answer.toString()).isEqualTo("let in");
    }
    scene().provider().answerAsUsual(OidcServer.TOKEN);
    scene().provider().tokens().removeGroup("erika", "analysts");
    patiently()
        .until(
            () -> {
              try (Connection connection = connect(erika)) {
                return catchThrowableOfType(SQLException.class, () -> read(connection)) != null;
              }
            });
    assertThat(entries(Kind.CREDENTIAL_WITHDRAWN)).isEmpty();
  }

  @Test
  void refreshToken_isReplacedEachTime_andNowhereInClear() throws Exception {
    try (RecordedLog log = RecordedLog.atTrace()) {
      open(600);
      Issued erika = issued("erika");
      int before = scene().provider().requests(OidcServer.TOKEN);
      patiently().until(() -> scene().provider().requests(OidcServer.TOKEN) >= before + 3);
      assertThat(scene().provider().grants().refreshes(erika.refresh())).isFalse();
      assertThat(refusal(erika)).isEqualTo("let in");
      scene().stop();
      assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(erika.refresh()));
      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(files.filter(Files::isRegularFile))
            .isNotEmpty()
            .allSatisfy(file -> assertThat(bytes(file)).doesNotContain(erika.refresh()));
      }
    }
  }

  private static String bytes(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  @Test
  void credentialThatCannotBeAskedAbout_endsWithItsToken() throws Exception {
    open(600);
    HttpResponse<String> answer =
        scene().issue(scene().provider().tokens().about("erika"), "{\"minutes\": 120}");
    assertThat(answer.statusCode()).isEqualTo(201);
    Map<String, Object> body = JSONObjectUtils.parse(answer.body());
    assertThat(Instant.parse(String.valueOf(body.get("expires"))))
        .isBefore(Instant.now().plus(Duration.ofMinutes(6)));
    assertThat(issued("erika").expires()).isAfter(Instant.now().plus(Duration.ofMinutes(100)));
  }

  @Test
  void deskThatAsksAgain_saysSo_andAnotherTakesNoRefreshToken() throws Exception {
    open(600);
    assertThat(scene().ask(scene().to("/.well-known/gatehouse")).body())
        .contains("\"refresh\":true");
    Map<String, Integer> bodies = new LinkedHashMap<>();
    bodies.put("{\"refresh_token\": 5}", 400);
    bodies.put("{\"refresh_token\": \"\"}", 400);
    bodies.put("{\"refresh_token\": \"a\\u0000b\"}", 400);
    bodies.put("{\"refresh_token\": \"a\", \"minutes\": 0}", 400);
    bodies.put("{\"refresh_token\": \"a\", \"more\": 1}", 400);
    for (Map.Entry<String, Integer> one : bodies.entrySet()) {
      HttpResponse<String> answer =
          scene().issue(scene().provider().tokens().about("erika"), one.getKey());
      assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(one.getValue());
    }
    scene().close();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    opened = DeskScene.start(elsewhere, server.port(), "");
    assertThat(scene().ask(scene().to("/.well-known/gatehouse")).body()).doesNotContain("refresh");
    assertThat(
            scene()
                .issue(scene().provider().tokens().about("erika"), "{\"refresh_token\": \"abc\"}")
                .statusCode())
        .isEqualTo(400);
  }
}
