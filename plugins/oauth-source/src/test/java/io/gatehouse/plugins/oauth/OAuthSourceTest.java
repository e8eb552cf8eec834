package io.gatehouse.plugins.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.plugin.secret.FetchedSecret;
import io.gatehouse.plugin.secret.SecretSource;
import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.Term;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin against what token endpoints say, and against what none should say. */
final class OAuthSourceTest {
  private static final String SECRET = "own-77 é:&=+%";
  private static final Map<String, String> ALL =
      Map.of("scope", "crm.read crm.write", "resource", "https://crm.example/mcp?a=b");

  @TempDir private Path folder;
  private TokenServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TokenServer();
    Files.writeString(folder.resolve("client.secret"), SECRET + "\r\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Map<String, String> settings(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "token-url", server.url(),
                "without-tls", "send-everything-unencrypted",
                "client-id", "the gate:1",
                "client-secret-file", "client.secret"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private SecretSource opened(String... more) throws Exception {
    return new OAuthFactory().open(new SourceSettings(settings(more), folder));
  }

  private OAuthSource timed(LongSupplier nanos, String... more) throws Exception {
    return new OAuthSource(OAuthConfig.of(new SourceSettings(settings(more), folder)), nanos);
  }

  /** Some seconds later each time it is looked at. */
  private static LongSupplier slow(long seconds) {
    AtomicInteger looked = new AtomicInteger();
    return () -> Long.MAX_VALUE - 5 + looked.getAndIncrement() * seconds * 1_000_000_000L;
  }

  private static Term ends(Duration in) {
    return new Term.Ends(in, Optional.empty());
  }

  private static String text(FetchedSecret secret) {
    return new String(secret.bytes(), StandardCharsets.UTF_8);
  }

  private static SecretUnavailableException refused(
      SecretSource source, Map<String, String> reference) {
    SecretUnavailableException refused =
        catchThrowableOfType(
            SecretUnavailableException.class, () -> source.fetch(reference).close());
    assertThat((Throwable) refused).isNotNull();
    assertThat(refused).hasMessageNotContaining("recorded").hasMessageNotContaining("own-77");
    return refused;
  }

  private static String answer(String member, String value) {
    return "{\"access_token\":\"recorded\",\"token_type\":\"bearer\",\"expires_in\":60}"
        .replaceAll("\"" + member + "\":[^,}]+", "\"" + member + "\":" + value);
  }

  @Test
  void token_comesWithItsEnd_forAClientThatProvesItselfInTheHeader() throws Exception {
    server.says(200, TokenServer.TOKEN);
    try (SecretSource source = timed(() -> 77L);
        FetchedSecret secret = source.fetch(ALL)) {
      assertThat(text(secret)).isEqualTo("eyJ.recorded-token-77.~+/x==");
      assertThat(secret.user()).isEmpty();
      assertThat(secret.term()).isEqualTo(ends(Duration.ofMinutes(5)));
      assertThat(source.extend("nothing")).isEmpty();
    }
    String proof = "the+gate%3A1:own-77+%C3%A9%3A%26%3D%2B%25";
    assertThat(server.asked())
        .containsExactly(
            new TokenServer.Asked(
                "POST /realms/a/token?tenant=b",
                List.of(
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(proof.getBytes(StandardCharsets.US_ASCII))),
                List.of("application/x-www-form-urlencoded"),
                "grant_type=client_credentials&scope=crm.read+crm.write"
                    + "&resource=https%3A%2F%2Fcrm.example%2Fmcp%3Fa%3Db"));
  }

  @Test
  void client_mayProveItselfInTheBody() throws Exception {
    server.says(200, TokenServer.TOKEN);
    try (SecretSource source = opened("client-auth", "post")) {
      source.fetch(Map.of()).close();
    }
    TokenServer.Asked asked = server.asked().getFirst();
    assertThat(asked.authorization()).isEmpty();
    assertThat(asked.body())
        .isEqualTo(
            "grant_type=client_credentials&client_id=the+gate%3A1"
                + "&client_secret=own-77+%C3%A9%3A%26%3D%2B%25");
  }

  @Test
  void eachQuestion_getsAnother_andReadsTheSecretAgain() throws Exception {
    server.says(200, answer("access_token", "\"first\""));
    server.says(200, answer("access_token", "\"second\""));
    try (SecretSource source = opened("client-auth", "post");
        FetchedSecret first = source.fetch(Map.of())) {
      Files.writeString(folder.resolve("client.secret"), "other");
      try (FetchedSecret second = source.fetch(Map.of())) {
        assertThat(text(first)).isEqualTo("first");
        assertThat(text(second)).isEqualTo("second");
      }
      Files.delete(folder.resolve("client.secret"));
      assertThat(refused(source, Map.of()).reason()).isEqualTo(Reason.DENIED);
    }
    assertThat(server.asked()).hasSize(2);
    assertThat(server.asked().getLast().body()).endsWith("&client_secret=other");
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "'\"3599\"', 3599", "1, 1", "999999999999999999, 31536000"})
  void end_isWhatTheServerSays(String expires, long seconds) throws Exception {
    server.says(200, answer("expires_in", expires));
    try (SecretSource source = timed(() -> 0L);
        FetchedSecret secret = source.fetch(Map.of())) {
      assertThat(secret.term()).isEqualTo(ends(Duration.ofSeconds(seconds)));
    }
  }

  @Test
  void tokenWithoutAnEnd_hasTheAssumedOne() throws Exception {
    server.says(200, "{\"access_token\":\"a\",\"token_type\":\"BEARER\"}");
    try (SecretSource source = timed(() -> 0L, "assumed-seconds", "20");
        FetchedSecret secret = source.fetch(Map.of())) {
      assertThat(secret.term()).isEqualTo(ends(Duration.ofSeconds(20)));
    }
  }

  @Test
  void timeOfTheQuestion_isTakenOffTheTerm() throws Exception {
    server.says(200, answer("expires_in", "60"));
    try (SecretSource source = timed(slow(9));
        FetchedSecret secret = source.fetch(Map.of())) {
      assertThat(secret.term()).isEqualTo(ends(Duration.ofSeconds(51)));
    }
    try (SecretSource source = timed(slow(60))) {
      assertThat(refused(source, Map.of()).reason()).isEqualTo(Reason.UNREACHABLE);
    }
  }

  static Stream<String> answersThatAreNone() {
    return Stream.of(
        "",
        "<html>recorded-77</html>",
        "[]",
        "{}",
        "\"recorded\"",
        "{\"access_token\":\"recorded\"}",
        "{\"token_type\":\"bearer\",\"expires_in\":60}",
        answer("access_token", "\"recorded\"") + "{}",
        "{\"access_token\":\"recorded\",\"access_token\":\"recorded-77\",\"token_type\":\"bearer\"}",
        answer("access_token", "7"),
        answer("access_token", "null"),
        answer("access_token", "[\"recorded\"]"),
        answer("access_token", "\"\""),
        answer("access_token", "\"==\""),
        answer("access_token", "\"recorded=77\""),
        answer("access_token", "\"recorded-77 x\""),
        answer("access_token", "\"recorded-77\\\\r\\\\nX-Admin: 1\""),
        answer("access_token", "\"recorded-77\\\\u0000\""),
        answer("access_token", "\"recorded-77é\""),
        answer("access_token", "\"" + "a".repeat(TokenAnswer.MOST + 1) + "\""),
        answer("token_type", "\"DPoP\""),
        answer("token_type", "\"mac\""),
        answer("token_type", "7"),
        answer("expires_in", "0"),
        answer("expires_in", "-1"),
        answer("expires_in", "1.5"),
        answer("expires_in", "1e3"),
        answer("expires_in", "null"),
        answer("expires_in", "\"soon\""),
        answer("expires_in", "9999999999999999999"),
        "[".repeat(100_000),
        "{\"x\":\"" + "recorded-77".repeat(100_000) + "\"}");
  }

  @ParameterizedTest
  @MethodSource("answersThatAreNone")
  void answerThatIsNone_isRefused_andNothingOfItIsTold(String body) throws Exception {
    server.says(200, body);
    try (SecretSource source = opened()) {
      assertThat(refused(source, Map.of()).reason()).isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  void longestToken_isTaken() throws Exception {
    server.says(200, answer("access_token", "\"" + "a".repeat(TokenAnswer.MOST) + "\""));
    try (SecretSource source = opened();
        FetchedSecret secret = source.fetch(Map.of())) {
      assertThat(secret.bytes()).hasSize(TokenAnswer.MOST).containsOnly('a');
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(401, TokenServer.WRONG_CLIENT, Reason.DENIED, "401, invalid_client"),
        Arguments.of(400, "{\"error\":\"invalid_scope\"}", Reason.REFERENCE, "400, invalid_scope"),
        Arguments.of(
            400, "{\"error\":\"invalid_target\"}", Reason.REFERENCE, "400, invalid_target"),
        Arguments.of(
            400,
            "{\"error\":\"unsupported_grant_type\"}",
            Reason.DENIED,
            "400, unsupported_grant_type"),
        Arguments.of(400, "{\"error\":\"recorded own-77\"}", Reason.DENIED, "400"),
        Arguments.of(400, "{\"error\":{\"code\":\"invalid_scope\"}}", Reason.DENIED, "400"),
        Arguments.of(401, "<html>own-77</html>", Reason.DENIED, "401"),
        Arguments.of(403, "{\"error\":\"invalid_scope\"}", Reason.DENIED, "403"),
        Arguments.of(404, "recorded", Reason.NOT_FOUND, "404"),
        Arguments.of(201, TokenServer.TOKEN, Reason.UNREADABLE, "201"),
        Arguments.of(307, TokenServer.TOKEN, Reason.UNREADABLE, "307"),
        Arguments.of(429, "recorded", Reason.UNREACHABLE, "429"),
        Arguments.of(503, TokenServer.TOKEN, Reason.UNREACHABLE, "503"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_hasItsReason_andAKnownWordOnly(int status, String body, Reason reason, String told)
      throws Exception {
    server.says(status, body);
    try (SecretSource source = opened()) {
      SecretUnavailableException refused = refused(source, Map.of());
      assertThat(refused.reason()).isEqualTo(reason);
      assertThat(refused).hasMessage("the question for a token was answered with status " + told);
    }
    assertThat(server.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scope=",
        "scope= a",
        "scope=a  b",
        "scope=a\"b",
        "scope=a\\b",
        "scope=a\tb",
        "scope=é",
        "resource=",
        "resource=/mcp",
        "resource=https://a/#b",
        "resource=not a uri",
        "resource=https://é/",
        "resource=https://u:p@a/",
        "audience=a",
        "engine=kv"
      })
  void referenceThatMakesNoSense_isRefusedBeforeAnybodyIsAsked(String one) throws Exception {
    String[] both = one.split("=", 2);
    try (SecretSource source = opened()) {
      assertThat(refused(source, Map.of(both[0], both[1])).reason()).isEqualTo(Reason.REFERENCE);
    }
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void nobodyThere_isUnreachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (SecretSource source = opened("token-url", "http://127.0.0.1:" + port + "/token")) {
      assertThat(refused(source, Map.of()).reason()).isEqualTo(Reason.UNREACHABLE);
    }
  }

  @Test
  void serverThatDoesNotEnd_isLeftWhenTheGateInterrupts() throws Exception {
    try (ServerSocket endless = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        SecretSource source =
            opened("token-url", "http://127.0.0.1:" + endless.getLocalPort() + "/token")) {
      Thread asking = Thread.ofPlatform().start(() -> refused(source, Map.of()));
      try (Socket socket = endless.accept()) {
        socket
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
        asking.interrupt();
        asking.join(Duration.ofSeconds(60));
        assertThat(asking.isAlive()).isFalse();
      }
    }
  }
}
