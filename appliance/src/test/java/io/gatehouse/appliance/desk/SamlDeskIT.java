package io.gatehouse.appliance.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.saml.ForgedProvider;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.recorded.JournalFolder;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser, a command and a provider at the desk of a gate that knows SAML only. */
class SamlDeskIT {
  private static final String VERIFIER = "v".repeat(43);
  private static final String STATE = "s".repeat(43);
  private static final Pattern CODE = Pattern.compile("code=([A-Za-z0-9_-]{43})&");
  private static RealDatabase server;

  @TempDir private Path folder;
  private ForgedProvider provider;
  private SamlGate gate;

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
    provider = new ForgedProvider();
    gate =
        SamlGate.start(
            folder,
            server.port(),
            new SamlGate.Provider(
                ForgedProvider.ENTITY, ForgedProvider.SIGN_ON, provider.certificate()));
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private static String challenge() throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private static String begin() throws Exception {
    return "/saml/login?challenge=" + challenge() + "&port=40000&state=" + STATE;
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** What the gate asks the provider. */
  private String asked() throws Exception {
    HttpResponse<String> answer = gate.get(begin());
    assertThat(answer.statusCode()).isEqualTo(302);
    return ForgedProvider.request(URI.create(location(answer)));
  }

  private byte[] answered(String request) {
    return provider.answer(request, gate.consumer(), SamlGate.ENTITY, "erika");
  }

  private String code() throws Exception {
    return code(answered(asked()));
  }

  private String code(byte[] form) throws Exception {
    HttpResponse<String> answer = gate.post(form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    Matcher code = CODE.matcher(location(answer));
    assertThat(code.find()).isTrue();
    return code.group(1);
  }

  private HttpResponse<String> redeem(String code, String verifier) throws Exception {
    return gate.redeem(
        JSONObjectUtils.toJSONString(Map.of("code", code, "verifier", verifier, "minutes", 30)));
  }

  private List<JournalFolder.Entry> entries(Kind kind) throws Exception {
    gate.stop();
    assertThat(gate.journal().audit().findings()).isEmpty();
    return gate.journal().entries().stream().filter(entry -> entry.kind() == kind).toList();
  }

  @Test
  void login_isASessionOfThatPerson_andOnRecord() throws Exception {
    HttpResponse<String> issued = redeem(code(), VERIFIER);
    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
    Map<String, Object> credential = JSONObjectUtils.parse(issued.body());
    assertThat(credential).containsEntry("subject", "erika");
    Instant expires = Instant.parse(String.valueOf(credential.get("expires")));
    assertThat(expires).isBefore(Instant.now().plus(Duration.ofMinutes(31)));
    try (Connection connection =
            gate.connect(
                String.valueOf(credential.get("user")),
                String.valueOf(credential.get("password")));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
    List<JournalFolder.Entry> opened = entries(Kind.SESSION_OPENED);
    assertThat(opened).hasSize(1);
    assertThat(opened.getFirst().text("subject")).isEqualTo("erika");
    assertThat(opened.getFirst().text("issuer")).isEqualTo(ForgedProvider.ENTITY);
    JournalFolder.Entry record = entries(Kind.CREDENTIAL_ISSUED).getFirst();
    assertThat(record.text("method")).isEqualTo("saml");
    assertThat(record.text("issuer")).isEqualTo(ForgedProvider.ENTITY);
    assertThat(record.text("token")).isEqualTo("_a1");
    assertThat(record.rows("groups").toString()).contains("analysts");
  }

  @Test
  void request_saysWhatThePageSays_andKeepsTheProvidersQuery() throws Exception {
    HttpResponse<String> answer = gate.get(begin());
    assertThat(location(answer)).startsWith(ForgedProvider.SIGN_ON + "&SAMLRequest=");
    String request = ForgedProvider.request(URI.create(location(answer)));
    assertThat(request)
        .contains("AssertionConsumerServiceURL=\"" + gate.consumer() + "\"")
        .contains("Destination=\"https://idp.example.com/saml/sso?tenant=bank\"")
        .contains("<saml:Issuer>" + SamlGate.ENTITY + "</saml:Issuer>")
        .doesNotContain(STATE, VERIFIER, challenge());
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void browser_isSentToLoopbackOnly() throws Exception {
    HttpResponse<String> answer = gate.post(answered(asked()));
    assertThat(location(answer))
        .matches("http://127\\.0\\.0\\.1:40000/callback\\?code=[A-Za-z0-9_-]{43}&state=" + STATE);
  }

  @Test
  void otherQueries_areRefused() throws Exception {
    String fine = begin();
    List<String> others =
        List.of(
            "/saml/login",
            fine.replace("port=40000", "port=80"),
            fine.replace("port=40000", "port=1023"),
            fine.replace("port=40000", "port=65536"),
            fine.replace("port=40000", "port=040000"),
            fine.replace("port=40000", "port=40000@evil.example"),
            fine + "&port=1024",
            fine.replace("&port=40000", "").replace("?", "?port=40000&"),
            fine + "%0d%0aX:y",
            fine + "&RelayState=https://evil.example",
            fine.replace(challenge(), "short"),
            fine.replace(STATE, "short"),
            "/saml/metadata?x=y",
            "/saml/acs?x=y");
    for (String other : others) {
      assertThat(gate.get(other).statusCode()).as(other).isEqualTo(400);
    }
    assertThat(gate.get(fine).statusCode()).isEqualTo(302);
  }

  @Test
  void code_isGoodOnce_withItsVerifierOnly() throws Exception {
    String stolen = code();
    assertThat(redeem(stolen, "w".repeat(43)).statusCode()).isEqualTo(401);
    assertThat(redeem(stolen, VERIFIER).statusCode()).as("used up").isEqualTo(401);
    String own = code();
    assertThat(redeem(own, VERIFIER).statusCode()).isEqualTo(201);
    assertThat(redeem(own, VERIFIER).statusCode()).isEqualTo(401);
    assertThat(redeem("c".repeat(43), VERIFIER).statusCode()).isEqualTo(401);
    assertThat(entries(Kind.CREDENTIAL_ISSUED)).hasSize(1);
  }

  @Test
  void bodyThatIsNoRedemption_getsNothing() throws Exception {
    String both = "{\"code\":\"" + code() + "\",\"verifier\":\"" + VERIFIER + "\"";
    for (String body :
        List.of(
            "{}",
            "[]",
            "{\"code\":1,\"verifier\":2}",
            "{\"code\":\"x\",\"verifier\":\"y\"}",
            both,
            both + ",\"subject\":\"dba\"}",
            both + ",\"code\":\"" + "c".repeat(43) + "\"}")) {
      assertThat(gate.redeem(body).statusCode()).as(body).isEqualTo(401);
    }
    assertThat(gate.redeem(both + "}").statusCode()).as("none used the code up").isEqualTo(201);
  }

  @Test
  void minutesThatAreTooMany_useNoCodeUp() throws Exception {
    String code = code();
    assertThat(
            gate.redeem(
                    "{\"code\":\"" + code + "\",\"verifier\":\"" + VERIFIER + "\",\"minutes\":999}")
                .statusCode())
        .isEqualTo(400);
    assertThat(redeem(code, VERIFIER).statusCode()).isEqualTo(201);
  }

  @Test
  void credential_endsBeforeTheSessionAtTheProvider() throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(10));
    String code = code(provider.answer(asked(), gate.consumer(), SamlGate.ENTITY, "erika", end));
    HttpResponse<String> issued = redeem(code, VERIFIER);
    assertThat(issued.statusCode()).isEqualTo(201);
    Map<String, Object> credential = JSONObjectUtils.parse(issued.body());
    assertThat(Instant.parse(String.valueOf(credential.get("expires"))))
        .isBefore(end)
        .isAfter(end.minus(Duration.ofMinutes(1)));
  }

  @Test
  void refusal_hasOnePage_andItsReasonInTheLogOnly() throws Exception {
    String request = asked();
    byte[] other = provider.answer(request, gate.consumer(), "https://other.example", "erika");
    byte[] stranger =
        new ForgedProvider().answer(request, gate.consumer(), SamlGate.ENTITY, "mallory");
    try (RecordedLog log = RecordedLog.atTrace()) {
      HttpResponse<String> one = gate.post(other);
      HttpResponse<String> two = gate.post(stranger);
      HttpResponse<String> three = gate.post("SAMLResponse=x".getBytes(StandardCharsets.US_ASCII));
      assertThat(List.of(one.statusCode(), two.statusCode(), three.statusCode())).containsOnly(403);
      assertThat(two.body()).isEqualTo(one.body());
      assertThat(three.body()).isEqualTo(one.body());
      assertThat(one.headers().firstValue("Content-Type")).contains("text/plain; charset=us-ascii");
      assertThat(log.lines())
          .filteredOn(line -> line.contains("saml response refused"))
          .hasSize(3)
          .anyMatch(line -> line.contains("audience"))
          .anyMatch(line -> line.contains("signature-wrong"))
          .anyMatch(line -> line.contains("base64"));
      assertThat(log.lines()).noneMatch(line -> line.contains("erika") || line.contains("mallory"));
    }
    assertThat(gate.post(answered(request)).statusCode()).isEqualTo(303);
  }

  @Test
  void response_isGoodOnce() throws Exception {
    byte[] form = answered(asked());
    assertThat(gate.post(form).statusCode()).isEqualTo(303);
    assertThat(gate.post(form).statusCode()).isEqualTo(403);
  }

  @Test
  void formsAndQueries_areTakenThereOnly_andNotMoreThanTheLimit() throws Exception {
    byte[] form = new byte[200_000];
    assertThat(gate.post(form).statusCode()).isEqualTo(413);
    assertThat(gate.get("/saml/acs").statusCode()).isEqualTo(405);
    assertThat(gate.get("/saml/other").statusCode()).isEqualTo(404);
    assertThat(gate.get("/.well-known/gatehouse?x=y").statusCode()).isEqualTo(400);
    for (String path : List.of("/v1/credentials", "/saml/login", "/saml/metadata")) {
      assertThat(
              gate.ask(
                      HttpRequest.newBuilder(URI.create(gate.url() + path))
                          .header("Content-Type", "application/x-www-form-urlencoded")
                          .POST(HttpRequest.BodyPublishers.ofString("SAMLResponse=x")))
                  .statusCode())
          .as(path)
          .isEqualTo(415);
    }
    assertThat(
            gate.ask(
                    HttpRequest.newBuilder(gate.consumer())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")))
                .statusCode())
        .isEqualTo(415);
  }

  @Test
  void metadata_andDiscovery_sayWhatIsNeeded() throws Exception {
    HttpResponse<String> metadata = gate.get("/saml/metadata");
    assertThat(metadata.statusCode()).isEqualTo(200);
    assertThat(metadata.headers().firstValue("Content-Type"))
        .contains("application/samlmetadata+xml");
    assertThat(metadata.body())
        .contains("entityID=\"" + SamlGate.ENTITY + "\"", "Location=\"" + gate.consumer() + "\"");
    Map<String, Object> discovery =
        JSONObjectUtils.parse(gate.get("/.well-known/gatehouse").body());
    assertThat(discovery).containsOnlyKeys("saml", "offers");
  }
}
