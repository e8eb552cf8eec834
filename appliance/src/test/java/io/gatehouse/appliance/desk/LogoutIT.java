package io.gatehouse.appliance.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.oidc.OidcTokens;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.recorded.JournalFolder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logouts that a provider tells of, and those that somebody else makes up. */
class LogoutIT {
  private static final String PATH = "/v1/backchannel-logout";
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final String CLIENT = "cli";

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
    scene = DeskScene.start(folder, server.port(), "", "logout: {}");
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private record Issued(String user, String password) {}

  /** Of a login at the provider that has this session. */
  private String access(String person, String session) {
    Map<String, Object> claims = scene.provider().tokens().claims(person);
    claims.put("sid", session);
    return scene.provider().tokens().signed(claims);
  }

  private Issued issued(String access) throws Exception {
    HttpResponse<String> answer = scene.issue(access, "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    Map<String, Object> body = JSONObjectUtils.parse(answer.body());
    return new Issued(String.valueOf(body.get("user")), String.valueOf(body.get("password")));
  }

  private Connection connect(Issued issued) throws SQLException {
    return scene.connect(issued.user(), issued.password());
  }

  private static void read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private boolean refused(Issued issued) {
    return Optional.ofNullable(
            catchThrowableOfType(SQLException.class, () -> connect(issued).close()))
        .filter(thrown -> thrown.getSQLState().equals("28P01"))
        .isPresent();
  }

  private static void isEnded(Connection connection) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              try {
                read(connection);
                return false;
              } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("57P01");
                assertThat(e.getMessage()).contains("logged out at the identity provider");
                return true;
              }
            });
  }

  private Map<String, Object> claims() {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", scene.provider().issuer());
    claims.put("aud", CLIENT);
    claims.put("iat", now);
    claims.put("exp", now + 120);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("events", Map.of(EVENT, Map.of()));
    claims.put("sub", "erika");
    claims.put("sid", "s-1");
    return claims;
  }

  private String token(Consumer<Map<String, Object>> change) {
    Map<String, Object> claims = claims();
    change.accept(claims);
    return signed("logout+jwt", claims);
  }

  private String signed(String type, Map<String, Object> claims) {
    RSAKey key = (RSAKey) scene.provider().keys().current();
    JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
    if (!type.isEmpty()) {
      header.type(new JOSEObjectType(type));
    }
    return OidcTokens.signed(header.build(), claims, key);
  }

  private HttpResponse<String> tell(String body) throws Exception {
    return scene.ask(
        scene
            .to(PATH)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private List<JournalFolder.Entry> entries(Kind kind) throws Exception {
    scene.stop();
    assertThat(scene.journal().audit().findings()).isEmpty();
    return scene.journal().entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  @Test
  void sessionThatIsLoggedOut_endsWhatWasProvedInIt_andNothingElse() throws Exception {
    String before = access("erika", "s-1");
    Issued erika = issued(before);
    Issued elsewhere = issued(access("erika", "s-2"));
    try (Connection open = connect(erika);
        Connection other = connect(elsewhere)) {
      read(open);
      HttpResponse<String> answer = tell("logout_token=" + token(claims -> {}));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      isEnded(open);
      read(other);
    }
    assertThat(refused(erika)).isTrue();
    assertThat(scene.issue(before, "{}").statusCode()).as("the token is of no use").isEqualTo(401);
    assertThat(entries(Kind.LOGGED_OUT))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.text("issuer")).isEqualTo(scene.provider().issuer());
              assertThat(entry.text("subject")).isEqualTo("erika");
              assertThat(entry.text("session")).isEqualTo("s-1");
              assertThat(entry.text("source")).isEqualTo("127.0.0.1");
            });
  }

  @Test
  void subjectThatIsLoggedOut_losesWhatWasProvedUntilThen_andMayComeAgain() throws Exception {
    Issued one = issued(access("erika", "s-1"));
    Issued two = issued(scene.provider().tokens().about("erika"));
    Issued paul = issued(scene.provider().tokens().about("paul"));
    try (Connection open = connect(two)) {
      read(open);
      assertThat(tell("a=b&logout_token=" + token(claims -> claims.remove("sid"))).statusCode())
          .isEqualTo(200);
      isEnded(open);
    }
    assertThat(refused(one)).isTrue();
    assertThat(refused(two)).isTrue();
    assertThat(refused(paul)).isFalse();
    Map<String, Object> later = scene.provider().tokens().claims("erika");
    later.put("iat", Instant.now().getEpochSecond() + 2);
    assertThat(refused(issued(scene.provider().tokens().signed(later)))).isFalse();
  }

  @Test
  void tokensAsProvidersMakeThem_areHeard() throws Exception {
    List<String> sound = new ArrayList<>();
    sound.add(signed("logout+jwt", claims()));
    sound.add(signed("application/logout+jwt", claims()));
    sound.add(signed("JWT", claims()));
    sound.add(signed("", claims()));
    sound.add(token(claims -> claims.put("aud", List.of("other", CLIENT))));
    sound.add(token(claims -> claims.remove("sub")));
    sound.add(token(claims -> claims.put("typ", "Logout")));
    sound.add(
        token(
            claims -> claims.put("events", Map.of(EVENT, Map.of("revoke_offline_access", true)))));
    for (String token : sound) {
      assertThat(tell("logout_token=" + token).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tokenThatComesAgain_isRefused() throws Exception {
    String token = token(claims -> {});
    assertThat(tell("logout_token=" + token).statusCode()).isEqualTo(200);
    assertThat(tell("logout_token=" + token).statusCode()).isEqualTo(400);
    assertThat(tell("logout_token=" + token(claims -> {})).statusCode()).isEqualTo(200);
  }

  private Map<String, String> hostile() throws Exception {
    long now = Instant.now().getEpochSecond();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("no type of a logout", signed("at+jwt", claims()));
    all.put("type of an ID token", signed("id+jwt", claims()));
    all.put("other issuer", token(c -> c.put("iss", "https://evil.example.com")));
    all.put("no issuer", token(c -> c.remove("iss")));
    all.put("no audience", token(c -> c.remove("aud")));
    all.put("other audience", token(c -> c.put("aud", "other")));
    all.put("the gate as audience, which is for access", token(c -> c.put("aud", "gatehouse")));
    all.put("audience that is no text", token(c -> c.put("aud", List.of(CLIENT, 5))));
    all.put("no iat", token(c -> c.remove("iat")));
    all.put("iat in the future", token(c -> c.put("iat", now + 90)));
    all.put("no exp", token(c -> c.remove("exp")));
    all.put(
        "expired",
        token(
            c -> {
              c.put("iat", now - 200);
              c.put("exp", now - 100);
            }));
    all.put("exp before iat", token(c -> c.put("exp", now - 5)));
    all.put("lives for a day", token(c -> c.put("exp", now + 86_400)));
    all.put("time that is text", token(c -> c.put("exp", String.valueOf(now + 60))));
    all.put("not yet valid", token(c -> c.put("nbf", now + 90)));
    all.put("no events", token(c -> c.remove("events")));
    all.put("events that are a list", token(c -> c.put("events", List.of(EVENT))));
    all.put("other event", token(c -> c.put("events", Map.of("urn:other", Map.of()))));
    all.put(
        "event beside another",
        token(c -> c.put("events", Map.of(EVENT, Map.of(), "urn:other", Map.of()))));
    all.put("event that is a text", token(c -> c.put("events", Map.of(EVENT, ""))));
    all.put("nonce", token(c -> c.put("nonce", "n")));
    all.put(
        "neither sub nor sid",
        token(
            c -> {
              c.remove("sub");
              c.remove("sid");
            }));
    all.put("sid that is a number", token(c -> c.put("sid", 5)));
    all.put("sub that is empty", token(c -> c.put("sub", "")));
    all.put("sub with a line end", token(c -> c.put("sub", "erika\n")));
    all.put("no jti", token(c -> c.remove("jti")));
    all.put("jti that is a list", token(c -> c.put("jti", List.of("a"))));
    all.put("access token", scene.provider().tokens().about("erika"));
    String sound = token(c -> {});
    all.put("key of somebody else", strange());
    all.put("unsigned", unsigned());
    all.put(
        "signature of another",
        sound.substring(0, sound.lastIndexOf('.')) + token(c -> {}).replaceAll(".*\\.", "."));
    all.put("two parts", sound.substring(0, sound.lastIndexOf('.')));
    all.put("twice in the form", sound + "&logout_token=" + sound);
    all.put("empty", "");
    all.put("encoded", "%65" + sound.substring(1));
    return all;
  }

  private String strange() throws Exception {
    RSAKey own =
        new RSAKeyGenerator(2048).keyID(scene.provider().keys().current().getKeyID()).generate();
    return OidcTokens.signed(
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(new JOSEObjectType("logout+jwt"))
            .keyID(own.getKeyID())
            .build(),
        claims(),
        own);
  }

  private String unsigned() {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(
            "{\"alg\":\"none\",\"typ\":\"logout+jwt\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(
            JSONObjectUtils.toJSONString(claims()).getBytes(StandardCharsets.UTF_8))
        + ".";
  }

  @Test
  void hostileTokens_endNothing_andAreInNoLog() throws Exception {
    Issued erika = issued(access("erika", "s-1"));
    Map<String, String> hostile = hostile();
    List<String> bodies = new ArrayList<>();
    try (RecordedLog log = RecordedLog.atTrace();
        Connection open = connect(erika)) {
      for (Map.Entry<String, String> one : hostile.entrySet()) {
        HttpResponse<String> answer = tell("logout_token=" + one.getValue());
        assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(400);
        bodies.add(answer.body());
      }
      read(open);
      assertThat(log.lines())
          .isNotEmpty()
          .allSatisfy(
              line ->
                  hostile.values().stream()
                      .filter(token -> token.length() > 40)
                      .forEach(
                          token ->
                              assertThat(line)
                                  .doesNotContain(token.substring(token.length() - 40))));
    }
    assertThat(hostile).hasSizeGreaterThan(30);
    assertThat(bodies).containsOnly(bodies.getFirst());
    assertThat(refused(erika)).isFalse();
    assertThat(entries(Kind.LOGGED_OUT)).isEmpty();
  }

  @Test
  void otherForms_areRefusedBeforeTheyAreRead() throws Exception {
    String body = "logout_token=" + token(claims -> {});
    for (String type : List.of("application/json", "text/plain", "multipart/form-data")) {
      assertThat(
              scene
                  .ask(
                      scene
                          .to(PATH)
                          .header("Content-Type", type)
                          .POST(BodyPublishers.ofString(body)))
                  .statusCode())
          .as(type)
          .isEqualTo(415);
    }
    assertThat(scene.ask(scene.to(PATH)).statusCode()).isEqualTo(405);
    assertThat(
            scene
                .ask(
                    scene
                        .as(scene.provider().tokens().about("erika"), "/v1/credentials")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode())
        .isEqualTo(415);
    assertThat(tell(body).statusCode()).as("nothing of it was used up").isEqualTo(200);
  }

  @Test
  void deskThatHearsNoLogouts_hasNoSuchPlace(@TempDir Path elsewhere) throws Exception {
    scene.close();
    scene = DeskScene.start(elsewhere, server.port(), "");
    assertThat(tell("logout_token=" + token(claims -> {})).statusCode()).isEqualTo(404);
  }

  @Test
  void manyTokens_areRememberedUntilTheyExpire_andTheFirstToExpireMakesRoom() {
    SeenTokens seen = new SeenTokens();
    Instant now = Instant.now();
    for (int i = 0; i < SeenTokens.MOST; i++) {
      assertThat(seen.first("t" + i, now.plusSeconds(60 + i), now)).isTrue();
    }
    assertThat(seen.first("t1", now.plusSeconds(61), now)).isFalse();
    assertThat(seen.first("more", now.plusSeconds(90), now)).isTrue();
    assertThat(seen.first("t5000", now.plusSeconds(90), now)).isFalse();
    assertThat(seen.first("t0", now.plusSeconds(60), now)).as("was forgotten").isTrue();
    assertThat(seen.first("t5000", now.plusSeconds(90), now.plus(Duration.ofDays(1))))
        .as("had expired")
        .isTrue();
    Stream.of("a", "b").forEach(id -> assertThat(seen.first(id, now.plusSeconds(1), now)).isTrue());
    seen.forget("a");
    assertThat(seen.first("a", now.plusSeconds(1), now)).isTrue();
  }
}
