package io.gatehouse.appliance.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tests' provider does what providers do. */
final class OidcServerTest {
  private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-20T08:00:00Z"));
  private final OidcServer server = OidcServer.start(now::get);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
  }

  private Map<String, Object> post(String path, Map<String, String> form) throws Exception {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.issuer() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JSONObjectUtils.parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static SignedJWT token(Map<String, Object> answer) throws Exception {
    return SignedJWT.parse(text(answer, "access_token"));
  }

  private static String text(Map<String, Object> answer, String name) {
    return String.valueOf(answer.get(name));
  }

  @Test
  void clientCredentials_giveATokenThatItsKeysVerify() throws Exception {
    server.grants().client("ci", "secret");

    SignedJWT token =
        token(
            post(
                OidcServer.TOKEN,
                Map.of(
                    "grant_type", "client_credentials",
                    "client_id", "ci",
                    "client_secret", "secret")));

    JWKSet keys = JWKSet.parse(get(server.issuer() + OidcServer.KEYS).body());
    assertThat(
            token.verify(
                new RSASSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
        .isTrue();
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("ci");
    assertThat(
            post(
                OidcServer.TOKEN,
                Map.of(
                    "grant_type", "client_credentials",
                    "client_id", "ci",
                    "client_secret", "wrong")))
        .containsEntry("error", "invalid_client");
  }

  @Test
  void deviceFlow_waitsForThePerson() throws Exception {
    server.tokens().person("alice", "dba", "staff");
    Map<String, Object> begun = post(OidcServer.DEVICE, Map.of("client_id", "cli"));
    Map<String, String> poll =
        Map.of("grant_type", DEVICE_GRANT, "device_code", text(begun, "device_code"));

    assertThat(post(OidcServer.TOKEN, poll)).containsEntry("error", "authorization_pending");
    server.grants().approve(text(begun, "user_code"), "alice");
    Map<String, Object> granted = post(OidcServer.TOKEN, poll);
    assertThat(token(granted).getJWTClaimsSet().getStringListClaim("groups"))
        .containsExactlyInAnyOrder("dba", "staff");
    assertThat(post(OidcServer.TOKEN, poll)).containsEntry("error", "invalid_grant");

    server.tokens().removeGroup("alice", "dba");
    Map<String, Object> refreshed = post(OidcServer.TOKEN, refresh(granted));
    assertThat(token(refreshed).getJWTClaimsSet().getStringListClaim("groups"))
        .isEqualTo(List.of("staff"));
    server.grants().revoke("alice");
    assertThat(post(OidcServer.TOKEN, refresh(refreshed))).containsEntry("error", "invalid_grant");
  }

  private static Map<String, String> refresh(Map<String, Object> granted) {
    return Map.of("grant_type", "refresh_token", "refresh_token", text(granted, "refresh_token"));
  }

  @Test
  void deviceThatIsDeniedOrForgotten_getsNothing() throws Exception {
    Map<String, Object> denied = post(OidcServer.DEVICE, Map.of("client_id", "cli"));
    Map<String, Object> forgotten = post(OidcServer.DEVICE, Map.of("client_id", "cli"));
    server.grants().deny(text(denied, "user_code"));
    now.updateAndGet(before -> before.plusSeconds(1));

    assertThat(
            post(
                OidcServer.TOKEN,
                Map.of("grant_type", DEVICE_GRANT, "device_code", text(denied, "device_code"))))
        .containsEntry("error", "access_denied");
    now.updateAndGet(before -> before.plus(OidcGrants.CODES));
    assertThat(
            post(
                OidcServer.TOKEN,
                Map.of("grant_type", DEVICE_GRANT, "device_code", text(forgotten, "device_code"))))
        .containsEntry("error", "expired_token");
  }

  @Test
  void authorizationCode_wantsTheVerifierOnce() throws Exception {
    server.tokens().person("alice");
    server.grants().signIn("alice");
    String back = "http://127.0.0.1:1/back";

    assertThat(post(OidcServer.TOKEN, exchange(code(back), back, "wrong")))
        .containsEntry("error", "invalid_grant");
    String code = code(back);
    assertThat(
            token(post(OidcServer.TOKEN, exchange(code, back, "verifier")))
                .getJWTClaimsSet()
                .getSubject())
        .isEqualTo("alice");
    assertThat(post(OidcServer.TOKEN, exchange(code, back, "verifier")))
        .containsEntry("error", "invalid_grant");
  }

  private String code(String back) throws Exception {
    String location =
        get(server.issuer()
                + OidcServer.AUTHORIZE
                + "?response_type=code&client_id=cli&state=s&code_challenge_method=S256&redirect_uri="
                + URLEncoder.encode(back, StandardCharsets.UTF_8)
                + "&code_challenge="
                + OidcGrants.challenge("verifier"))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    assertThat(location).startsWith(back + "?code=").endsWith("&state=s");
    return location.substring(location.indexOf('=') + 1, location.indexOf('&'));
  }

  private static Map<String, String> exchange(String code, String back, String verifier) {
    return Map.of(
        "grant_type", "authorization_code",
        "code", code,
        "client_id", "cli",
        "redirect_uri", back,
        "code_verifier", verifier);
  }

  @Test
  void stoppedServer_comesBackOnItsPort() throws Exception {
    server.stop();
    server.startAgain();

    assertThat(JSONObjectUtils.parse(get(server.issuer() + OidcServer.DISCOVERY).body()))
        .containsEntry("issuer", server.issuer());
  }
}
