package io.gatehouse.appliance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A command that waits for a browser, and who else may come. */
class SamlLoginTest {
  private static final Pattern PAGE =
      Pattern.compile(
          "https://gate\\.example\\.com:8443/saml/login\\?challenge=([A-Za-z0-9_-]{43})"
              + "&port=([0-9]+)&state=([A-Za-z0-9_-]{43})");

  /** What becomes of a login to which a browser brings this; %s is its state. */
  private static SamlLogin.Proof login(String query, StringBuilder challenge) throws Exception {
    try (Web web = Web.trusting(Optional.empty());
        ExecutorService browser = Executors.newSingleThreadExecutor();
        HttpClient client = HttpClient.newHttpClient()) {
      GateDesk desk = GateDesk.at(web, "https://gate.example.com:8443");
      return new SamlLogin(
              desk,
              page -> {
                Matcher matcher = PAGE.matcher(page);
                assertThat(matcher.matches()).as(page).isTrue();
                challenge.append(matcher.group(1));
                String back =
                    "http://127.0.0.1:"
                        + matcher.group(2)
                        + "/callback?"
                        + query.formatted(matcher.group(3));
                browser.submit(
                    () ->
                        client.send(
                            HttpRequest.newBuilder(URI.create(back)).build(),
                            HttpResponse.BodyHandlers.discarding()));
              })
          .run();
    }
  }

  @Test
  void code_comesWithTheVerifierOfItsChallenge() throws Exception {
    StringBuilder challenge = new StringBuilder();
    SamlLogin.Proof proof = login("code=abc&state=%s", challenge);
    assertThat(proof.code()).isEqualTo("abc");
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(proof.verifier().getBytes(StandardCharsets.US_ASCII));
    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
        .isEqualTo(challenge.toString());
    assertThat(proof.toString()).doesNotContain("abc", proof.verifier());
  }

  @Test
  void otherState_orNone_orNoCode_endsTheLogin() {
    assertThatThrownBy(() -> login("code=abc&state=" + "x".repeat(43), new StringBuilder()))
        .isInstanceOf(LoginException.class)
        .hasMessageContaining("another login");
    assertThatThrownBy(() -> login("code=abc", new StringBuilder()))
        .isInstanceOf(LoginException.class);
    assertThatThrownBy(() -> login("code=abc&state=%1$s&state=%1$s", new StringBuilder()))
        .isInstanceOf(LoginException.class);
    assertThatThrownBy(() -> login("state=%s", new StringBuilder()))
        .isInstanceOf(LoginException.class)
        .hasMessageContaining("without a code");
  }
}
