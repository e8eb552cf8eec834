package io.gatehouse.appliance.mcp;

import static io.gatehouse.mcp.fixture.Json.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.mcp.fixture.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in over HTTP, and for how long. */
class McpLoginIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;
  @AutoClose private McpScene scene;

  @BeforeEach
  void serve() throws Exception {
    scene = new McpScene(folder);
  }

  private static String challenge(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    return answer.headers().firstValue("WWW-Authenticate").orElseThrow();
  }

  private List<String> reasons(Kind kind) throws Exception {
    return scene.entries(kind).stream().map(entry -> entry.text("reason")).toList();
  }

  @Test
  void clientWithoutAToken_isToldWhereToGetOne() throws Exception {
    try (McpClient client = scene.client("");
        McpClient plain = scene.plainClient("")) {
      String told = challenge(client.initialize());
      assertThat(told)
          .startsWith("Bearer ")
          .contains(
              "resource_metadata=\"https://localhost/.well-known/oauth-protected-resource/mcp\"",
              "scope=\"openid\"")
          .doesNotContain("error=");
      assertThat(challenge(plain.askToday("tools/list", Map.of())))
          .contains("http://localhost/.well-known/oauth-protected-resource/tools");
      Object metadata = Json.read(client.get("/.well-known/oauth-protected-resource/mcp").body());
      assertThat(member(metadata, "resource")).isEqualTo("https://localhost/mcp");
      assertThat(member(metadata, "authorization_servers"))
          .isEqualTo(List.of(scene.provider.issuer()));
      assertThat(member(metadata, "scopes_supported")).isEqualTo(List.of("openid"));
    }
    assertThat(scene.server.received()).isEmpty();
  }

  @Test
  void tokenThatIsNotSound_isRefused_andIsInNoLog() throws Exception {
    Map<String, Object> other = scene.provider.tokens().claims("ann");
    other.put("aud", "another");
    Map<String, Object> old = scene.provider.tokens().claims("ann");
    long past = Instant.now().minusSeconds(3600).getEpochSecond();
    old.putAll(Map.of("iat", past, "nbf", past, "exp", past));
    String sound = scene.token("ann");
    List<String> bad =
        List.of(
            scene.provider.tokens().signed(other),
            scene.provider.tokens().signed(old),
            sound.substring(0, sound.length() - 8) + "AAAAAAAA",
            "made-up");
    try (RecordedLog log = RecordedLog.atTrace()) {
      for (String token : bad) {
        try (McpClient client = scene.client(token)) {
          assertThat(challenge(client.initialize())).contains("error=\"invalid_token\"");
          assertThat(challenge(client.askToday("tools/list", Map.of())))
              .contains("error=\"invalid_token\"");
        }
      }
      scene.stop();
      assertThat(log.lines())
          .isNotEmpty()
          .allSatisfy(line -> bad.forEach(token -> assertThat(line).doesNotContain(token)));
    }
    assertThat(scene.server.received()).isEmpty();
    assertThat(reasons(Kind.LOGIN_REFUSED))
        .contains("token audience-wrong", "token expired", "token signature-wrong")
        .hasSize(2 * bad.size());
  }

  @Test
  void requestForAnotherName_isRefused() throws Exception {
    try (McpClient ann = scene.plainClient("127.0.0.1", scene.token("ann"))) {
      assertThat(ann.askToday("tools/list", Map.of()).statusCode()).isEqualTo(403);
    }
    try (McpClient ann = scene.plainClient(scene.token("ann"))) {
      assertThat(ann.askToday("tools/list", Map.of()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tokenInTheQuery_isNotRead() throws Exception {
    try (McpClient client = scene.client("")) {
      assertThat(client.get("/mcp?access_token=" + scene.token("ann")).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void session_isNotAnotherCallers() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann"));
        McpClient bob = scene.client(scene.token("bob"))) {
      ann.open();
      bob.in(ann.session());
      assertThat(bob.ask("tools/list", Map.of()).statusCode()).isIn(403, 404);
      assertThat(ann.ask("tools/list", Map.of()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void session_isOfTheTokenThatBeganIt() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann"))) {
      ann.open();
      ann.show(scene.token("ann"));
      assertThat(ann.ask("tools/list", Map.of()).statusCode()).isEqualTo(404);
      ann.in("");
      ann.open();
      assertThat(ann.ask("tools/list", Map.of()).statusCode()).isEqualTo(200);
      ann.show("");
      challenge(ann.ask("tools/list", Map.of()));
    }
    assertThat(scene.entries(Kind.SESSION_OPENED)).hasSize(2);
  }

  @Test
  void revokedCaller_isCutOffInTheMiddleOfACall() throws Exception {
    try (McpClient ann = scene.client(scene.token("ann"));
        ControlStore store = scene.store()) {
      ann.open();
      CompletableFuture<HttpResponse<String>> call = ann.calling("slow", Map.of("key", "k"));
      scene.server.slow("k").started().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      store
          .revoke(new Revocation.OfCaller("ann", Instant.now(), Instant.now().plusSeconds(99_999)))
          .toCompletableFuture()
          .join();
      await().atMost(PATIENCE).until(call::isDone);
      assertThat(call)
          .satisfiesAnyOf(
              cut -> assertThat(cut).isCompletedExceptionally(),
              cut -> assertThat(cut.join().body()).doesNotContain("released"));
      assertThat(ann.ask("tools/list", Map.of()).statusCode()).isEqualTo(404);
      ann.in("");
      challenge(ann.initialize());
      challenge(ann.askToday("tools/list", Map.of()));
    }
    assertThat(reasons(Kind.SESSION_CLOSED)).containsOnly("revoked");
    assertThat(reasons(Kind.LOGIN_REFUSED)).containsExactly("revoked", "revoked");
    assertThat(scene.journal.audit().findings()).isEmpty();
  }

  @Test
  void expiredToken_endsWhatItOpened() throws Exception {
    Map<String, Object> claims = scene.provider.tokens().claims("ann");
    claims.put("exp", Instant.now().plusSeconds(10).getEpochSecond());
    try (McpClient ann = scene.client(scene.provider.tokens().signed(claims))) {
      ann.open();
      CompletableFuture<HttpResponse<String>> call = ann.calling("slow", Map.of("key", "k"));
      scene.server.slow("k").started().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      await().atMost(PATIENCE).until(call::isDone);
      assertThat(ann.ask("tools/list", Map.of()).statusCode()).isIn(401, 404);
    }
    assertThat(reasons(Kind.SESSION_CLOSED)).contains("expired");
  }
}
