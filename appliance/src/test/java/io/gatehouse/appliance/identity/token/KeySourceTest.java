package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.identity.oidc.Answer;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are fetched from the issuer or not at all. */
final class KeySourceTest {
  private static final Duration LIMIT = Duration.ofMillis(300);

  private final OidcServer server = OidcServer.start(new SetClock());
  private final OidcServer other = OidcServer.start(new SetClock());
  private final HttpClient client = HttpClient.newHttpClient();
  private final KeySource source =
      new KeySource(Checking.usual(server), new Documents(client, Duration.ofMinutes(1)));

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
    other.close();
  }

  private void discovery(String name, Object value) {
    Map<String, Object> document = new HashMap<>(server.discovery());
    document.put(name, value);
    server.answer(OidcServer.DISCOVERY, Answer.json(200, document));
  }

  private void assertUnavailable(String why) {
    assertThatThrownBy(source::fetch)
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining(why);
  }

  @Test
  void soundProvider_givesItsKeys() throws Exception {
    assertThat(source.fetch().find(server.keys().current().getKeyID()))
        .hasValueSatisfying(key -> assertThat(key).isInstanceOf(PublishedKey.Usable.class));
  }

  @Test
  void discoveryOfAnother_isRefused() {
    discovery("issuer", other.issuer());
    assertUnavailable("names another issuer");
    discovery("issuer", server.issuer() + "/");
    assertUnavailable("names another issuer");
    discovery("issuer", List.of(server.issuer()));
    assertUnavailable("names another issuer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://idp.example/keys",
        "http://127.0.0.1.evil.example/keys",
        "http://127.0.0.1@evil.example/keys",
        "http://localhost.evil.example/keys",
        "file:///etc/passwd",
        "jar:http://127.0.0.1/x!/y",
        "ftp://127.0.0.1/keys",
        "//127.0.0.1/keys",
        "/keys",
        "https:///keys",
        "https://user:secret@idp.example/keys",
        "https://idp.example/keys#fragment",
        "not a url",
        "",
      })
  void placeThatIsNoHttps_isRefused(String place) {
    discovery("jwks_uri", place);

    assertUnavailable("jwks_uri");
  }

  @Test
  void noPlace_isRefused() {
    discovery("jwks_uri", 7);

    assertUnavailable("jwks_uri");
  }

  @Test
  void redirects_areNotFollowed() {
    server.answer(OidcServer.KEYS, Answer.redirect(other.issuer() + OidcServer.KEYS));

    assertUnavailable("answered 302");
    assertThat(other.requests(OidcServer.KEYS)).isZero();

    server.answer(OidcServer.DISCOVERY, Answer.redirect(other.issuer() + OidcServer.DISCOVERY));
    assertUnavailable("answered 302");
    assertThat(other.requests(OidcServer.DISCOVERY)).isZero();
  }

  @Test
  void clientThatFollowsRedirects_isNotTaken() {
    try (HttpClient follower =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      assertThatThrownBy(() -> new Documents(follower, LIMIT))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | {}             | answered 404",
        "500 | {\"keys\":[]}  | answered 500",
        "201 | {\"keys\":[]}  | answered 201",
        "200 | <html>         | NOT_JSON",
        "200 | []             | NOT_JSON",
        "200 | {}             | no array of keys",
        "200 | {\"keys\":{}}  | no array of keys",
        "200 | {\"keys\":[1]} | not an object",
        "200 | {\"keys\":[],\"keys\":[]} | REPEATED_NAME",
      })
  void answerThatMakesNoSense_isRefused(int status, String body, String why) {
    server.answer(OidcServer.KEYS, Answer.text(status, body));

    assertUnavailable(why);
  }

  @Test
  void tooManyKeys_areRefused() {
    List<Map<String, Object>> keys =
        IntStream.range(0, 101).mapToObj(i -> Map.<String, Object>of("kid", "k" + i)).toList();
    server.answer(OidcServer.KEYS, Answer.json(200, Map.of("keys", keys)));

    assertUnavailable("more than 100");
  }

  @Test
  void answerWithoutEnd_isCutOff() {
    String flood = "{\"x\":\"" + "y".repeat(Documents.MAX_BYTES) + "\"}";
    server.answer(OidcServer.KEYS, Answer.text(200, flood));

    assertUnavailable("cannot be reached");
  }

  @Test
  void answerOfJustTheLimit_isRead() throws Exception {
    String start = "{\"keys\":[],\"x\":\"";
    String rest = "y".repeat(Documents.MAX_BYTES - start.length() - 2) + "\"}";
    assertThat((start + rest).getBytes(StandardCharsets.UTF_8)).hasSize(Documents.MAX_BYTES);
    server.answer(OidcServer.KEYS, Answer.text(200, start + rest));

    assertThat(source.fetch().byId()).isEmpty();
  }

  @Test
  void answerThatStopsHalfWay_endsInTime() {
    CountDownLatch latch = new CountDownLatch(1);
    server.answer(OidcServer.DISCOVERY, new Answer.Halting(latch));
    long began = System.nanoTime();
    KeySource impatient = new KeySource(Checking.usual(server), new Documents(client, LIMIT));

    assertThatThrownBy(impatient::fetch)
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("took longer than");
    // Far above the limit, for a busy machine, and far below what the client itself would take.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    latch.countDown();
  }

  @Test
  void nobodyThere_isUnavailable() {
    server.stop();

    assertUnavailable("cannot be reached");
  }
}
