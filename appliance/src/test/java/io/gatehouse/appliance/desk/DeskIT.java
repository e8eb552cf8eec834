package io.gatehouse.appliance.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.control.StoreLimits;
import io.gatehouse.appliance.control.StoreLocation;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.recorded.JournalFolder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials from the desk, used at the gate. */
class DeskIT {
  private static RealDatabase server;

  @TempDir private Path folder;
  private DeskScene scene;

  @BeforeAll
  static void database() throws Exception {
    server = RealDatabase.start("bank");
    server.run("CREATE ROLE app LOGIN; CREATE TABLE t (a int); GRANT ALL ON t TO app");
  }

  @AfterAll
  static void noDatabase() throws Exception {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    scene = DeskScene.start(folder, server.port(), ", desk-credentials: 3");
  }

  @AfterEach
  void close() {
    scene.close();
  }

  /** What was issued. */
  private record Issued(String user, String password, String bearer, Instant expires) {}

  private Issued issued(String person) throws Exception {
    return issued(scene.issue(scene.provider().tokens().about(person), "{}"));
  }

  private static Issued issued(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    Map<String, Object> body = JSONObjectUtils.parse(answer.body());
    return new Issued(
        String.valueOf(body.get("user")),
        String.valueOf(body.get("password")),
        String.valueOf(body.get("bearer")),
        Instant.parse(String.valueOf(body.get("expires"))));
  }

  private void works(Issued issued) throws SQLException {
    try (Connection connection = scene.connect(issued.user(), issued.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private void isRefused(Issued issued) {
    SQLException thrown =
        catchThrowableOfType(
            SQLException.class, () -> scene.connect(issued.user(), issued.password()).close());
    assertThat((Throwable) thrown).isNotNull();
    assertThat(thrown.getSQLState()).isEqualTo("28P01");
  }

  private int delete(String presented, String name) throws Exception {
    return scene.ask(scene.as(presented, "/v1/credentials/" + name).DELETE()).statusCode();
  }

  private List<JournalFolder.Entry> entries(Kind kind) throws Exception {
    scene.stop();
    assertThat(scene.journal().audit().findings()).isEmpty();
    return scene.journal().entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  @Test
  void discovery_saysWhereToLogIn_andNothingSecret() throws Exception {
    Map<String, Object> found =
        JSONObjectUtils.parse(scene.ask(scene.to("/.well-known/gatehouse")).body());
    assertThat(found)
        .containsOnlyKeys("provider", "offers")
        .containsEntry(
            "provider",
            Map.of(
                "issuer",
                scene.provider().issuer(),
                "client_id",
                "cli",
                "scopes",
                List.of("openid", "groups")));
    assertThat(String.valueOf(found.get("offers")))
        .contains("bank", "localhost", Integer.toString(scene.gate().address("main").getPort()));
  }

  @Test
  void token_becomesACredential_thatADriverLogsInWith_andItIsOnRecord() throws Exception {
    Instant before = Instant.now();
    Map<String, Object> claims = scene.provider().tokens().claims("erika");
    Issued issued = issued(scene.issue(scene.provider().tokens().signed(claims), ""));
    assertThat(issued.expires()).isAfter(before.plus(Duration.ofMinutes(119)));
    assertThat(issued.bearer()).isEqualTo(issued.user() + "." + issued.password());
    works(issued);
    JournalFolder.Entry entry = entries(Kind.CREDENTIAL_ISSUED).getFirst();
    assertThat(entry.text("name")).isEqualTo(issued.user());
    assertThat(entry.text("subject")).isEqualTo("erika");
    assertThat(entry.rows("groups").toString()).contains("analysts");
    assertThat(entry.text("issuer")).isEqualTo(scene.provider().issuer());
    assertThat(entry.text("token")).isEqualTo(claims.get("jti"));
    assertThat(entry.text("source")).isEqualTo("127.0.0.1");
    assertThat(scene.journal().entries().toString()).doesNotContain(issued.password());
    List<JournalFolder.Entry> opened = entries(Kind.SESSION_OPENED);
    assertThat(opened.getFirst().text("subject")).isEqualTo("erika");
    assertThat(opened.getFirst().text("login")).isEqualTo(issued.user());
    assertThat(entry.sequence()).isLessThan(opened.getFirst().sequence());
  }

  @Test
  void shorterLifetime_isTaken() throws Exception {
    Instant before = Instant.now();
    Issued issued =
        issued(scene.issue(scene.provider().tokens().about("erika"), "{\"minutes\": 5}"));
    assertThat(issued.expires()).isBetween(before.plusSeconds(299), Instant.now().plusSeconds(301));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"minutes\": 0}",
        "{\"minutes\": -1}",
        "{\"minutes\": 121}",
        "{\"minutes\": 1e9}",
        "{\"minutes\": 1.5}",
        "{\"minutes\": \"5\"}",
        "{\"minutes\": null}",
        "{\"minutes\": 5, \"minutes\": 6}",
        "{\"minutes\": 5, \"subject\": \"paul\"}",
        "{\"hours\": 1}",
        "[5]",
        "{",
        "{} {}"
      })
  void otherBody_isRefused(String body) throws Exception {
    HttpResponse<String> answer = scene.issue(scene.provider().tokens().about("erika"), body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSONObjectUtils.parse(answer.body()))
        .containsEntry("error", "lifetime-not-allowed")
        .containsKeys("message", "hint");
  }

  @Test
  void unsoundToken_isRefusedInTheSameWords_andIsInNoLog() throws Exception {
    Map<String, String> bad = new LinkedHashMap<>();
    Map<String, Object> claims = scene.provider().tokens().claims("erika");
    long past = Instant.now().minusSeconds(3_600).getEpochSecond();
    claims.putAll(Map.of("iat", past, "nbf", past, "exp", past));
    bad.put("expired", scene.provider().tokens().signed(claims));
    claims = scene.provider().tokens().claims("erika");
    claims.put("aud", "another");
    bad.put("audience-wrong", scene.provider().tokens().signed(claims));
    claims = scene.provider().tokens().claims("erika");
    claims.put("nonce", "n");
    bad.put("id-token", scene.provider().tokens().signed(claims));
    String sound = scene.provider().tokens().about("erika");
    bad.put("signature-wrong", sound.substring(0, sound.length() - 8) + "AAAAAAAA");
    try (OidcServer other = OidcServer.start(Instant::now)) {
      bad.put("issuer-unknown", other.tokens().about("erika"));
    }
    bad.put("not-compact", "abc");
    List<String> words = new ArrayList<>();
    try (RecordedLog log = RecordedLog.atTrace()) {
      for (String token : bad.values()) {
        HttpResponse<String> answer = scene.issue(token, "{}");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
            .contains("Bearer realm=\"gatehouse\", error=\"invalid_token\"");
        words.add(answer.body());
      }
      assertThat(log.lines())
          .filteredOn(line -> line.contains("token refused"))
          .extracting(line -> line.replaceAll("(?s).*reason=(\\S+).*", "$1"))
          .containsExactlyElementsOf(bad.keySet());
      assertThat(log.lines())
          .allSatisfy(
              line ->
                  bad.values().stream()
                      .filter(token -> token.length() > 40)
                      .forEach(
                          token ->
                              assertThat(line)
                                  .doesNotContain(token.substring(token.length() - 40))));
    }
    assertThat(Set.copyOf(words)).hasSize(1);
    assertThat(entries(Kind.CREDENTIAL_ISSUED)).isEmpty();
  }

  @Test
  void credential_getsNoOtherCredential() throws Exception {
    Issued issued = issued("erika");
    assertThat(scene.issue(issued.bearer(), "{}").statusCode()).isEqualTo(401);
    assertThat(entries(Kind.CREDENTIAL_ISSUED)).hasSize(1);
  }

  @Test
  void list_hasOnesOwn_andNothingSecret() throws Exception {
    Issued first = issued("erika");
    Issued second = issued("erika");
    Issued paul = issued("paul");
    for (String presented : List.of(scene.provider().tokens().about("erika"), first.bearer())) {
      String list = scene.ask(scene.as(presented, "/v1/credentials")).body();
      assertThat(list)
          .contains(first.user(), second.user(), "\"state\":\"good\"")
          .doesNotContain(paul.user(), first.password(), second.password());
    }
  }

  @Test
  void revokedCredential_opensNothingMore_andIsOnRecord() throws Exception {
    Issued issued = issued("erika");
    works(issued);
    assertThat(delete(issued.bearer(), issued.user())).isEqualTo(204);
    isRefused(issued);
    assertThat(delete(issued.bearer(), issued.user())).isEqualTo(401);
    assertThat(
            scene.ask(scene.as(scene.provider().tokens().about("erika"), "/v1/credentials")).body())
        .contains("\"state\":\"revoked\"");
    JournalFolder.Entry entry = entries(Kind.CREDENTIAL_REVOKED).getFirst();
    assertThat(entry.text("name")).isEqualTo(issued.user());
    assertThat(entry.text("subject")).isEqualTo("erika");
  }

  @Test
  void credentialOfSomebodyElse_isAsUnknownAsOneThatIsNotThere() throws Exception {
    Issued erika = issued("erika");
    Issued paul = issued("paul");
    Map<String, Object> delegated = scene.provider().tokens().claims("erika");
    delegated.put("act", Map.of("sub", "agent"));
    List<String> strangers =
        List.of(
            paul.bearer(),
            scene.provider().tokens().about("paul"),
            scene.provider().tokens().signed(delegated));
    for (String presented : strangers) {
      HttpResponse<String> theirs =
          scene.ask(scene.as(presented, "/v1/credentials/" + erika.user()).DELETE());
      HttpResponse<String> nobodys =
          scene.ask(scene.as(presented, "/v1/credentials/gh-0123456789").DELETE());
      assertThat(theirs.statusCode()).isEqualTo(404);
      assertThat(theirs.body()).isEqualTo(nobodys.body());
      assertThat(delete(presented, "root")).isEqualTo(404);
    }
    works(erika);
  }

  private void revoke(Revocation revocation) throws Exception {
    try (ControlStore store =
        ControlStore.open(
            new StoreLocation.InFile(folder.resolve("store/control.db")), StoreLimits.DEFAULT)) {
      store.revoke(revocation).toCompletableFuture().join();
    }
  }

  @Test
  void revokedCaller_getsNothingForATokenFromBefore() throws Exception {
    Map<String, Object> delegated = scene.provider().tokens().claims("erika");
    delegated.put("act", Map.of("sub", "agent"));
    String before = scene.provider().tokens().about("erika");
    Issued issued = issued("erika");
    Instant now = Instant.now();
    revoke(new Revocation.OfCaller("erika", now, now.plusSeconds(3_600)));
    revoke(new Revocation.OfCaller("agent", now, now.plusSeconds(3_600)));
    assertThat(scene.issue(before, "{}").statusCode()).isEqualTo(401);
    assertThat(scene.ask(scene.as(before, "/v1/credentials")).statusCode()).isEqualTo(401);
    delegated.put("sub", "paul");
    assertThat(scene.issue(scene.provider().tokens().signed(delegated), "{}").statusCode())
        .isEqualTo(401);
    isRefused(issued);
    Map<String, Object> later = scene.provider().tokens().claims("erika");
    later.put("iat", now.getEpochSecond() + 1);
    works(issued(scene.issue(scene.provider().tokens().signed(later), "{}")));
  }

  @Test
  void revokedToken_getsNothing() throws Exception {
    Map<String, Object> claims = scene.provider().tokens().claims("erika");
    Instant now = Instant.now();
    revoke(
        new Revocation.OfToken(
            scene.provider().issuer(),
            String.valueOf(claims.get("jti")),
            now,
            now.plusSeconds(600)));
    assertThat(scene.issue(scene.provider().tokens().signed(claims), "{}").statusCode())
        .isEqualTo(401);
    issued("erika");
  }

  @Test
  void oneCaller_hasAsManyAsAreAllowed_andMoreAfterRevoking() throws Exception {
    Issued first = issued("erika");
    issued("erika");
    issued("erika");
    String token = scene.provider().tokens().about("erika");
    assertThat(scene.issue(token, "{}").statusCode()).isEqualTo(429);
    issued("paul");
    assertThat(delete(token, first.user())).isEqualTo(204);
    issued("erika");
  }

  @Test
  void answers_areCounted() throws Exception {
    issued("erika");
    scene.issue("abc", "{}");
    assertThat(scene.metrics())
        .contains(
            "gatehouse_desk_answers_total{status=\"201\"} 1",
            "gatehouse_desk_answers_total{status=\"401\"} 1");
  }

  @Test
  void certificate_isReadAgain_andAGateThatStopsTakesNobody() throws Exception {
    assertThat(scene.gate().reload()).isTrue();
    issued("erika");
    int port = scene.port();
    scene.stop();
    assertThat(
            catchThrowableOfType(
                java.io.IOException.class,
                () -> new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port).close()))
        .isInstanceOf(java.net.ConnectException.class);
  }
}
