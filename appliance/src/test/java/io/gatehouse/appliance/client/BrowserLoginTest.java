package io.gatehouse.appliance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.appliance.identity.oidc.Answer;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The browser's part is played by a client that does what the page or somebody else makes it do.
 */
class BrowserLoginTest {
  private final OidcServer provider = OidcServer.start(InstantSource.system());
  private final HttpClient browser =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private Web web;

  @BeforeEach
  void open() throws Exception {
    web = Web.trusting(Optional.empty());
    provider.tokens().person("erika");
    provider.grants().signIn("erika");
  }

  @AfterEach
  void close() {
    browser.shutdownNow();
    web.close();
    provider.close();
  }

  /** What somebody does with the page that is to be opened. */
  private interface Visit {
    void to(String url) throws Exception;
  }

  private String login(Visit visit) throws Exception {
    GateDesk.Discovery gate =
        new GateDesk.Discovery(provider.issuer(), "cli", List.of("openid"), List.of());
    AtomicReference<FutureTask<Boolean>> visited = new AtomicReference<>();
    try {
      return new BrowserLogin(web, gate, url -> visited.set(visiting(visit, url))).run().access();
    } finally {
      if (visited.get() != null) {
        visited.get().get();
      }
    }
  }

  /** Not on the common pool, which the JDK's HTTP client hands its answers over on. */
  private static FutureTask<Boolean> visiting(Visit visit, String url) {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              visit.to(url);
              return true;
            });
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private HttpResponse<String> get(String url) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** To the provider and where it sends the browser. */
  private Visit following(UnaryOperator<String> there, UnaryOperator<String> back) {
    return url ->
        get(back.apply(get(there.apply(url)).headers().firstValue("Location").orElseThrow()));
  }

  private void refused(Visit visit, String words) {
    assertThatThrownBy(() -> login(visit))
        .isInstanceOf(LoginException.class)
        .hasMessageContaining(words);
  }

  private static Map<String, String> query(String url) {
    Map<String, String> query = new HashMap<>();
    for (String pair : URI.create(url).getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private void discovery(String name, Object value) {
    Map<String, Object> document = provider.discovery();
    document.put(name, value);
    provider.answer(OidcServer.DISCOVERY, Answer.json(200, document));
  }

  @Test
  void login_givesATokenOfThePerson() throws Exception {
    AtomicReference<String> asked = new AtomicReference<>("");
    String token =
        login(
            following(
                url -> {
                  asked.set(url);
                  return url;
                },
                UnaryOperator.identity()));
    assertThat(SignedJWT.parse(token).getJWTClaimsSet().getSubject()).isEqualTo("erika");
    Map<String, String> query = query(asked.get());
    assertThat(query)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "cli")
        .containsEntry("scope", "openid")
        .containsEntry("code_challenge_method", "S256")
        .doesNotContainKey("code_verifier");
    assertThat(query.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:[0-9]+/callback");
    assertThat(query.get("state")).hasSize(43);
    assertThat(query.get("nonce")).hasSize(43).isNotEqualTo(query.get("state"));
    assertThat(query.get("code_challenge")).hasSize(43);
  }

  @Test
  void verifierOfAnotherLogin_getsNoToken() {
    refused(
        following(
            url -> url.replaceFirst("code_challenge=[^&]+", "code_challenge=" + "a".repeat(43)),
            UnaryOperator.identity()),
        "invalid_grant");
  }

  @Test
  void stateOfAnotherLogin_endsTheLogin() {
    refused(
        following(UnaryOperator.identity(), back -> back.replaceFirst("state=.*", "state=other")),
        "another login");
    assertThat(provider.requests(OidcServer.TOKEN)).isZero();
  }

  @Test
  void absentState_endsTheLogin() {
    refused(
        following(UnaryOperator.identity(), back -> back.replaceFirst("&state=.*", "")),
        "another login");
  }

  @Test
  void stateGivenTwice_endsTheLogin() {
    refused(following(UnaryOperator.identity(), back -> back + "&state=" + "a"), "another login");
    assertThat(provider.requests(OidcServer.TOKEN)).isZero();
  }

  @Test
  void answerOfAnotherIssuer_endsTheLogin() {
    provider.grants().saysIssuer("https://evil.example");
    refused(following(UnaryOperator.identity(), UnaryOperator.identity()), "another issuer");
    assertThat(provider.requests(OidcServer.TOKEN)).isZero();
  }

  @Test
  void answerWithoutItsIssuer_endsTheLogin_whereTheProviderSaysThatItIsThere() {
    discovery("authorization_response_iss_parameter_supported", true);
    refused(following(UnaryOperator.identity(), UnaryOperator.identity()), "another issuer");
  }

  @Test
  void answerWithItsIssuer_isTaken() throws Exception {
    discovery("authorization_response_iss_parameter_supported", true);
    provider.grants().saysIssuer(provider.issuer());
    assertThat(login(following(UnaryOperator.identity(), UnaryOperator.identity()))).isNotEmpty();
  }

  @Test
  void discoveryOfAnotherIssuer_endsTheLogin_beforeAnythingIsOpened() {
    discovery("issuer", "https://evil.example");
    refused(url -> assertThat(url).as("a page that is opened").isEmpty(), "another issuer");
  }

  @Test
  void endpointWithoutTls_isRefused() {
    discovery("token_endpoint", "http://idp.example.com/token");
    refused(url -> assertThat(url).as("a page that is opened").isEmpty(), "https");
  }

  @Test
  void discoveryThatRedirects_isNotFollowed() {
    provider.answer(OidcServer.DISCOVERY, Answer.redirect(provider.issuer() + "/elsewhere"));
    refused(url -> assertThat(url).as("a page that is opened").isEmpty(), "302");
  }

  @Test
  void discoveryWithoutEnd_isCutOff() {
    provider.answer(OidcServer.DISCOVERY, Answer.text(200, "{" + " ".repeat(300_000) + "}"));
    refused(url -> assertThat(url).as("a page that is opened").isEmpty(), "cannot be reached");
  }

  @Test
  void refusalOfTheProvider_isSaid_withoutWhatATerminalActsUpon() {
    refused(
        following(
            UnaryOperator.identity(),
            back -> back.replaceFirst("code=[^&]+", "error=access%1b%5b2Jdenied")),
        "access?[2Jdenied");
  }

  @Test
  void answerWithoutACode_endsTheLogin() {
    refused(
        following(UnaryOperator.identity(), back -> back.replaceFirst("code=[^&]+&", "")),
        "without a code");
  }

  @Test
  void idTokenOfAnotherLogin_endsTheLogin() {
    refused(
        following(
            url -> url.replaceFirst("&nonce=[^&]+", "&nonce=other"), UnaryOperator.identity()),
        "nonce");
  }

  @Test
  void tokenThatIsNoBearer_isNotTaken() {
    provider.answer(
        OidcServer.TOKEN, Answer.json(200, Map.of("access_token", "a", "token_type", "DPoP")));
    refused(following(UnaryOperator.identity(), UnaryOperator.identity()), "not understood");
  }

  @Test
  void tokenWithALineEnd_isNotTaken() {
    provider.answer(
        OidcServer.TOKEN,
        Answer.json(200, Map.of("access_token", "a\r\nX: y", "token_type", "Bearer")));
    refused(following(UnaryOperator.identity(), UnaryOperator.identity()), "not understood");
  }

  @Test
  void otherRequests_areTurnedAway_andTheLoginGoesOn() throws Exception {
    String token =
        login(
            url -> {
              URI back = URI.create(query(url).get("redirect_uri"));
              assertThat(get(back.resolve("/favicon.ico").toString()).statusCode()).isEqualTo(404);
              assertThat(
                      browser
                          .send(
                              HttpRequest.newBuilder(back)
                                  .POST(HttpRequest.BodyPublishers.ofString("code=a"))
                                  .build(),
                              HttpResponse.BodyHandlers.ofString())
                          .statusCode())
                  .isEqualTo(404);
              assertThat(raw(back.getPort(), "localhost:" + back.getPort())).contains(" 404 ");
              following(UnaryOperator.identity(), UnaryOperator.identity()).to(url);
            });
    assertThat(token).isNotEmpty();
  }

  /** As a page does that made its own name lead to this machine. */
  private static String raw(int port, String host) throws Exception {
    try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("GET /callback?code=a&state=b HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
