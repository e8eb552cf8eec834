package io.gatehouse.appliance.mcp;

import static io.gatehouse.appliance.mcp.McpClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.plugin.InstalledPlugins;
import io.gatehouse.mcp.fixture.Received;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed plugin for OAuth in a whole gate, in front of a server that takes nothing but
 * tokens of one issuer, and these only until their end.
 */
class IssuedTokenIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SECRET = "client-secret-of-this-test";
  private static final Map<String, Object> HELLO = Map.of("message", "hello");
  private static final Map<String, Object> CALL = Map.of("name", "echo", "arguments", HELLO);

  @TempDir private Path folder;
  @AutoClose private TokenIssuer issuer;

  @BeforeEach
  void issue() throws Exception {
    issuer = new TokenIssuer(SECRET);
    Files.writeString(folder.resolve("client.secret"), SECRET + "\n");
  }

  private McpScene gate() throws Exception {
    McpScene scene =
        new McpScene(
            folder,
            0,
            new McpScene.Settings(
                "{bearer: {source: tokens, scope: crm.read, resource:"
                    + " \"https://crm.example/mcp\"}}",
                "",
                "",
                InstalledPlugins.section()
                    + """
                    secret-sources:
                      tokens:
                        kind: oauth
                        token-url: %s
                        without-tls: send-everything-unencrypted
                        client-id: %s
                        client-secret-file: client.secret
                    """
                        .formatted(issuer.url(), TokenIssuer.CLIENT)));
    scene.server.admit(request -> issuer.takes(request.header("Authorization")));
    return scene;
  }

  private static void assertAnswered(McpClient client) throws Exception {
    assertThat(text(client.call("echo", HELLO))).isEqualTo("hello");
  }

  @Test
  void server_getsTheTokenOfTheIssuer_andNeverTheCallers() throws Exception {
    try (McpScene scene = gate()) {
      String own = scene.token("ann");
      try (McpClient ann = scene.client(own)) {
        ann.open();
        assertAnswered(ann);
      }
      assertThat(scene.server.received())
          .isNotEmpty()
          .allSatisfy(
              received -> {
                assertThat(shown(received)).isEqualTo("Bearer " + issuer.tokens().getFirst());
                assertThat(received.headers().toString()).doesNotContain(own);
              });
    }
    assertThat(issuer.asked())
        .containsExactly(
            "grant_type=client_credentials&scope=crm.read"
                + "&resource=https%3A%2F%2Fcrm.example%2Fmcp");
  }

  private static String shown(Received received) {
    return received.header("Authorization");
  }

  @Test
  void tokensThatEnd_areReplaced_whileASessionGoesOn() throws Exception {
    issuer.lasting(6);
    try (McpScene scene = gate();
        McpClient ann = scene.client(scene.token("ann"))) {
      ann.open();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                assertAnswered(ann);
                return issuer.tokens().size() >= 3;
              });
      assertAnswered(ann);
      assertThat(scene.server.received().stream().map(IssuedTokenIT::shown).distinct())
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void revokedToken_isReplaced_andTheCallerNoticesNothing() throws Exception {
    try (McpScene scene = gate();
        McpClient ann = scene.client(scene.token("ann"))) {
      ann.open();
      assertAnswered(ann);
      issuer.revoke();
      assertAnswered(ann);
      assertThat(ann.askToday("tools/call", CALL).statusCode()).isEqualTo(200);
    }
    assertThat(issuer.tokens()).hasSize(2);
  }

  @Test
  void issuerThatIsAway_leavesTheTokenUntilItsEnd_andNothingIsTold() throws Exception {
    issuer.lasting(20);
    try (RecordedLog log = RecordedLog.atTrace()) {
      try (McpScene scene = gate();
          McpClient ann = scene.client(scene.token("ann"))) {
        issuer.away(true);
        assertThat(ann.askToday("tools/call", CALL).statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> ann.askToday("tools/call", CALL).statusCode() == 502);
        int before = scene.server.received().size();
        HttpResponse<String> refused = ann.askToday("tools/call", CALL);
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body())
            .contains("no credential that the server takes")
            .doesNotContain("issued-", SECRET);
        assertThat(scene.server.received()).as("an ended one is not shown").hasSize(before);
        issuer.away(false);
        await().atMost(PATIENCE).until(() -> ann.askToday("tools/call", CALL).statusCode() == 200);
      }
      assertThat(log.lines())
          .anyMatch(
              line ->
                  line.contains(
                      "source tokens: unreachable: the question for a token was answered with"
                          + " status 503"))
          .anyMatch(line -> line.contains("held credential replaced"))
          .allSatisfy(
              line -> {
                assertThat(line).doesNotContain(SECRET);
                issuer.tokens().forEach(token -> assertThat(line).doesNotContain(token));
              });
    }
  }
}
